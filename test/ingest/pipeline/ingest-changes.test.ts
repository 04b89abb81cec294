import assert from 'node:assert/strict';
import { EventEmitter, on } from 'node:events';
import { type IngestSummary, ingestChanges, type SourceRef } from '../../../ingest/index.js';
import { COLLECTION, memorySource, openWorkbench, type Workbench } from './workbench.js';

describe('ingestChanges', () => {
  let bench: Workbench;
  let folder: Map<string, string>;

  beforeEach(async () => {
    bench = await openWorkbench();
    folder = new Map([['w/a.md', '# A\n\nThe first text.\n']]);
  });
  afterEach(() => bench[Symbol.asyncDispose]());

  async function* walkFolder(): AsyncGenerator<SourceRef> {
    for (const [uri, text] of folder) yield memorySource(uri, text);
  }

  it('runs once for a burst, again for what comes while it runs, and ends with the signal', async () => {
    const events = new EventEmitter();
    const controller = new AbortController();
    const summaries: IngestSummary[] = [];
    const onSummary = (summary: IngestSummary): void => {
      summaries.push(summary);
      if (summaries.length === 2) controller.abort();
    };
    let walks = 0;
    const walk = (): AsyncIterable<SourceRef> => {
      if (++walks === 1) {
        folder.set('w/b.md', '# B\n\nCame while the first run was on.\n');
        setImmediate(() => events.emit('change'));
      } else folder.delete('w/a.md');
      return walkFolder();
    };
    const options = {
      collection: COLLECTION,
      prune: { prefixes: ['w'] },
      quietMs: 20,
      signal: controller.signal,
      onSummary,
    };
    const loop = ingestChanges(bench.context, on(events, 'change'), walk, options);
    for (let i = 0; i < 5; i++) events.emit('change');
    assert.equal(await loop, 2);
    assert.deepEqual(
      summaries.map(({ added, deleted }) => [added, deleted]),
      [
        [2, 0],
        [0, 1],
      ],
    );
  });

  it('runs for the last burst when the changes end', async () => {
    async function* changes(): AsyncGenerator<string> {
      yield 'a';
      yield 'b';
    }
    assert.equal(await ingestChanges(bench.context, changes(), walkFolder, { collection: COLLECTION, quietMs: 20 }), 1);
    assert.equal((await bench.context.store.collection(COLLECTION))?.counts.documents, 1);
  });

  it('throws what a run throws', async () => {
    async function* changes(): AsyncGenerator<string> {
      yield 'a';
    }
    await using _ = await bench.context.store.acquireWriter({ waitMs: 0 });
    await assert.rejects(ingestChanges(bench.context, changes(), walkFolder, { collection: COLLECTION, quietMs: 1 }), {
      name: 'StoreLockedError',
    });
  });
});
