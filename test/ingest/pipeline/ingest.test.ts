import assert from 'node:assert/strict';
import { type IngestOptions, type IngestSummary, ingest, type SourceRef } from '../../../ingest/index.js';
import { LimitError, SourceError, StoreLockedError, UsageError } from '../../../src/errors.js';
import { IndexCache } from '../../../src/index/index-cache.js';
import { openIndex } from '../../../src/index/index-file.js';
import type { Embedder } from '../../../src/ports/index.js';
import { snapshot } from './snapshot.js';
import { brokenSource, COLLECTION, memorySource, openWorkbench, type Workbench } from './workbench.js';

const ADA = '# Ada Lark\n\nAda Lark was born in Port Brin in 1912. She founded the Marrow Institute.\n';
const PORT = '# Port Brin\n\nPort Brin is a harbour town on the Glass River. The Marrow Institute stands there.\n';
const RECORDS = [
  '{"id":"a","title":"Marrow Institute","text":"The institute studies tides."}',
  '{"id":"b","title":"Glass River","text":"The river ends at Port Brin."}',
];

const locked = new SourceError('UNREADABLE_FILE', 'w/ada.md cannot be read: it is locked', { remedy: 'Close it.' });

type Outcome = Pick<IngestSummary, 'documents' | 'added' | 'updated' | 'unchanged' | 'deleted'>;

describe('ingest', () => {
  let bench: Workbench;

  beforeEach(async () => {
    bench = await openWorkbench();
  });
  afterEach(() => bench[Symbol.asyncDispose]());

  const run = (sources: readonly SourceRef[], options: Partial<IngestOptions> = {}): Promise<IngestSummary> =>
    ingest(bench.context, sources, { collection: COLLECTION, ...options });

  const uris = async (): Promise<string[]> =>
    (await bench.context.store.documents(COLLECTION, { limit: 100 })).items.map(({ document }) => document.uri);

  const generation = (): Promise<number> => bench.context.store.generation(COLLECTION);

  const assertOutcome = (summary: IngestSummary, expected: Outcome): void => {
    const { documents, added, updated, unchanged, deleted } = summary;
    assert.deepEqual({ documents, added, updated, unchanged, deleted }, expected);
  };

  it('stores documents with passages, entities and relations, and counts what the collection holds', async () => {
    const summary = await run([memorySource('w/ada.md', ADA), memorySource('w/port.md', PORT)]);
    assertOutcome(summary, { documents: 2, added: 2, updated: 0, unchanged: 0, deleted: 0 });
    assert.deepEqual(summary.quarantined, []);
    const { counts } = (await bench.context.store.collection(COLLECTION))!;
    assert.equal(summary.passages, counts.passages);
    assert.ok(counts.entities >= 4, 'Ada Lark, Port Brin, Marrow Institute, Glass River');
    assert.ok(counts.relations >= 1);
    const portBrin = await bench.context.store.entity(COLLECTION, 'port brin');
    assert.equal(portBrin?.documents, 2, 'the title of one document is found in the other');
  });

  it('leaves unchanged sources alone and does not raise the generation', async () => {
    const sources = [memorySource('w/ada.md', ADA), memorySource('w/rows.jsonl', RECORDS.join('\n'))];
    await run(sources);
    const before = await generation();
    assertOutcome(await run(sources), { documents: 3, added: 0, updated: 0, unchanged: 3, deleted: 0 });
    assert.equal(await generation(), before);
  });

  it('replaces an edited document and refolds the others that name it', async () => {
    await run([memorySource('w/ada.md', ADA), memorySource('w/port.md', PORT)]);
    const renamed = PORT.replace('# Port Brin', '# Port Brin Harbour');
    assertOutcome(await run([memorySource('w/port.md', renamed)]), {
      documents: 2,
      added: 0,
      updated: 1,
      unchanged: 0,
      deleted: 0,
    });
    const record = await bench.context.store.documentByUri(COLLECTION, 'w/port.md');
    assert.equal(record?.title, 'Port Brin Harbour');
  });

  it('replaces only the records of a JSONL file that changed, and removes those that are gone', async () => {
    await run([memorySource('w/rows.jsonl', RECORDS.join('\n'))]);
    const edited = [RECORDS[0]!, '{"id":"c","title":"Tide Tables","text":"They list the tides."}'].join('\n');
    assertOutcome(await run([memorySource('w/rows.jsonl', edited)]), {
      documents: 2,
      added: 1,
      updated: 0,
      unchanged: 1,
      deleted: 1,
    });
    assert.deepEqual(await uris(), ['w/rows.jsonl#a', 'w/rows.jsonl#c']);
  });

  it('follows the date of a file without describing its documents anew, and counts them as unchanged', async () => {
    const rows = RECORDS.join('\n');
    await run([memorySource('w/ada.md', ADA), memorySource('w/rows.jsonl', rows)]);
    const later = new Date('2022-01-01T00:00:00Z');
    const edited = `${rows}\n{"id":"c","title":"Tide Tables","text":"They list the tides."}`;
    const summary = await run([memorySource('w/ada.md', ADA, later), memorySource('w/rows.jsonl', edited, later)]);
    assertOutcome(summary, { documents: 4, added: 1, updated: 0, unchanged: 3, deleted: 0 });
    for (const uri of ['w/ada.md', 'w/rows.jsonl#a', 'w/rows.jsonl#c']) {
      assert.equal((await bench.context.store.documentByUri(COLLECTION, uri))?.date, later.toISOString());
    }
    await using other = await openWorkbench();
    await ingest(other.context, [memorySource('w/ada.md', ADA, later), memorySource('w/rows.jsonl', edited, later)], {
      collection: COLLECTION,
    });
    assert.deepEqual(await snapshot(bench.context), await snapshot(other.context));
  });

  it('updates documents when the metadata given or the passage size changed', async () => {
    await run([memorySource('w/ada.md', ADA)]);
    assert.equal((await run([memorySource('w/ada.md', ADA)], { metadata: { shelf: 4 } })).updated, 1);
    assert.equal((await bench.context.store.documentByUri(COLLECTION, 'w/ada.md'))?.metadata['shelf'], 4);
    assert.equal((await run([memorySource('w/ada.md', ADA)], { metadata: { shelf: 4 } })).unchanged, 1);
    assert.equal((await run([memorySource('w/ada.md', ADA)], { split: { targetWords: 8, maxWords: 40 } })).updated, 1);
  });

  it('puts the metadata and tags of the run on every document, over those of the source', async () => {
    const text = `---\nshelf: 1\ntags: [coast]\n---\n${ADA}`;
    await run([memorySource('w/ada.md', text)], { metadata: { shelf: 2, year: 1912 }, tags: ['people', 'coast'] });
    const record = await bench.context.store.documentByUri(COLLECTION, 'w/ada.md');
    assert.equal(record?.metadata['shelf'], 2);
    assert.equal(record?.metadata['year'], 1912);
    assert.deepEqual(record?.tags, ['coast', 'people']);
  });

  it('keeps a disabled document disabled when it is replaced', async () => {
    await run([memorySource('w/ada.md', ADA)]);
    const { id } = (await bench.context.store.documentByUri(COLLECTION, 'w/ada.md'))!;
    await using lease = await bench.context.store.acquireWriter({ waitMs: 0 });
    await lease.setEnabled(COLLECTION, [id], false);
    await lease.release();
    assert.equal((await run([memorySource('w/ada.md', `${ADA}More.`)])).updated, 1);
    assert.equal((await bench.context.store.documentByUri(COLLECTION, 'w/ada.md'))?.enabled, false);
  });

  describe('sources that fail', () => {
    it('quarantines a source, goes on with the others, and does not try it again until it changes', async () => {
      const bad = new Uint8Array([0x25, 0x50, 0x44, 0x46, 0x2d, 0x31, 0x2e, 0x37, 0x0a, 0, 1, 2]);
      const sources = [memorySource('w/bad.pdf', bad), memorySource('w/ada.md', ADA)];
      const first = await run(sources);
      assert.equal(first.documents, 1);
      assert.deepEqual(
        first.quarantined.map(({ uri }) => uri),
        ['w/bad.pdf'],
      );
      assert.ok(first.quarantined[0]!.remedy.length > 10);
      const before = await generation();
      const second = await run(sources);
      assert.deepEqual(second.quarantined, first.quarantined);
      assert.equal(await generation(), before, 'nothing was written for it again');
      const third = await run([memorySource('w/bad.pdf', ADA), memorySource('w/ada.md', ADA)]);
      assert.deepEqual(third.quarantined, []);
      assert.deepEqual(await bench.context.store.failures(COLLECTION), []);
      assert.equal(third.documents, 2);
    });

    it('leaves out only the broken line of a JSONL file, and reports it until it is mended', async () => {
      const broken = [RECORDS[0]!, '{"id": "b", "title":', RECORDS[1]!].join('\n');
      for (let i = 0; i < 2; i++) {
        const summary = await run([memorySource('w/rows.jsonl', broken)]);
        assert.equal(summary.documents, 2);
        assert.equal(summary.quarantined.length, 1);
        assert.match(summary.quarantined[0]!.uri, /^w\/rows\.jsonl#.*2/, 'it names the line');
      }
      const mended = await run([memorySource('w/rows.jsonl', RECORDS.join('\n'))]);
      assert.deepEqual(mended.quarantined, []);
      assert.deepEqual(await bench.context.store.failures(COLLECTION), []);
    });

    it('keeps the first of two records with one id and reports the second', async () => {
      const twice = [RECORDS[0]!, '{"id":"a","title":"Another","text":"Another text."}'].join('\n');
      const summary = await run([memorySource('w/rows.jsonl', twice)]);
      assert.equal(summary.documents, 1);
      assert.deepEqual(
        summary.quarantined.map(({ code }) => code),
        ['DUPLICATE_ID'],
      );
      assert.equal((await bench.context.store.documentByUri(COLLECTION, 'w/rows.jsonl#a'))?.title, 'Marrow Institute');
    });

    it('keeps what is stored when a file cannot be opened, and is done with it when it can again', async () => {
      await run([memorySource('w/ada.md', ADA)]);
      const failed = await run([brokenSource('w/ada.md', locked)], { prune: { prefixes: ['w'] } });
      assertOutcome(failed, { documents: 1, added: 0, updated: 0, unchanged: 0, deleted: 0 });
      assert.deepEqual(
        failed.quarantined.map(({ code }) => code),
        ['UNREADABLE_FILE'],
      );
      const before = await generation();
      await run([brokenSource('w/ada.md', locked)]);
      assert.equal(await generation(), before, 'the same failure is not written again');
      assertOutcome(await run([memorySource('w/ada.md', ADA)]), {
        documents: 1,
        added: 0,
        updated: 0,
        unchanged: 1,
        deleted: 0,
      });
      assert.deepEqual(await bench.context.store.failures(COLLECTION), []);
    });

    it('removes what is stored when the bytes are no longer a document, or grew over a limit', async () => {
      await run([memorySource('w/ada.md', ADA), memorySource('w/port.md', PORT)]);
      const tooLarge = new LimitError('FILE_TOO_LARGE', 'w/port.md is too large', { remedy: 'Split it.' });
      const summary = await run([memorySource('w/ada.md', ''), brokenSource('w/port.md', tooLarge)]);
      assertOutcome(summary, { documents: 0, added: 0, updated: 0, unchanged: 0, deleted: 2 });
      assert.equal(summary.quarantined.length, 2);
      const back = await run([memorySource('w/ada.md', ADA), memorySource('w/port.md', PORT)]);
      assertOutcome(back, { documents: 2, added: 2, updated: 0, unchanged: 0, deleted: 0 });
    });

    it('tells of a file that does not exist without keeping it in quarantine', async () => {
      const missing = new SourceError('FILE_NOT_FOUND', 'typo.md does not exist', { remedy: 'Check the path.' });
      const summary = await run([brokenSource('typo.md', missing)]);
      assert.deepEqual(
        summary.quarantined.map(({ uri, code }) => [uri, code]),
        [['typo.md', 'FILE_NOT_FOUND']],
      );
      assert.deepEqual(await bench.context.store.failures(COLLECTION), []);
    });

    it('quarantines what no reader foresaw instead of stopping', async () => {
      const odd = memorySource('w/odd.md', ADA);
      const summary = await run([
        { ...odd, open: () => Promise.reject(new TypeError('odd')) },
        memorySource('w/port.md', PORT),
      ]);
      assert.equal(summary.documents, 1);
      assert.deepEqual(
        summary.quarantined.map(({ uri, code }) => [uri, code]),
        [['w/odd.md', 'READER_FAILED']],
      );
    });
  });

  describe('pruning', () => {
    it('removes what is gone from the roots given and nothing else', async () => {
      await run([
        memorySource('w/ada.md', ADA),
        memorySource('w/rows.jsonl', RECORDS.join('\n')),
        memorySource('wide/port.md', PORT),
      ]);
      const summary = await run([memorySource('w/ada.md', ADA)], { prune: { prefixes: ['w/'] } });
      assertOutcome(summary, { documents: 2, added: 0, updated: 0, unchanged: 1, deleted: 2 });
      assert.deepEqual(await uris(), ['w/ada.md', 'wide/port.md']);
      assert.deepEqual(
        (await bench.context.store.sources(COLLECTION, { limit: 10 })).items.map(({ uri }) => uri),
        ['w/ada.md', 'wide/port.md'],
      );
    });

    it('spares all below a folder that could not be listed', async () => {
      await run([memorySource('w/a/ada.md', ADA), memorySource('w/b/port.md', PORT)]);
      await run([brokenSource('w/a/', locked)], { prune: { prefixes: ['w/'] } });
      assert.deepEqual(await uris(), ['w/a/ada.md']);
    });

    it('forgets the failures of files that are gone', async () => {
      await run([memorySource('w/empty.md', ''), memorySource('w/ada.md', ADA)]);
      assert.equal((await bench.context.store.failures(COLLECTION)).length, 1);
      await run([memorySource('w/ada.md', ADA)], { prune: { prefixes: ['w'] } });
      assert.deepEqual(await bench.context.store.failures(COLLECTION), []);
    });
  });

  describe('refusals', () => {
    it('refuses another embedder with the remedy', async () => {
      await run([memorySource('w/ada.md', ADA)]);
      const embedder: Embedder = {
        id: 'other/1',
        dimensions: 8,
        embed: async (texts) => new Float32Array(8 * texts.length),
      };
      await assert.rejects(ingest({ ...bench.context, embedder }, [], { collection: COLLECTION }), (error) => {
        assert.ok(error instanceof UsageError);
        assert.equal(error.code, 'EMBEDDER_MISMATCH');
        assert.match(error.remedy, /hopwise reembed/);
        return true;
      });
    });

    it('refuses two sources with one uri', async () => {
      await assert.rejects(run([memorySource('w/ada.md', ADA), memorySource('w/ada.md', PORT)]), {
        code: 'DUPLICATE_URI',
      });
    });

    it('tells who holds the store when another writer has it', async () => {
      await using _ = await bench.context.store.acquireWriter({ waitMs: 0 });
      await assert.rejects(run([memorySource('w/ada.md', ADA)]), (error) => {
        assert.ok(error instanceof StoreLockedError);
        assert.match(error.message, new RegExp(String(process.pid)));
        return true;
      });
    });
  });

  it('stops at the next commit when interrupted, keeps what was finished, and goes on in the next run', async () => {
    const sources = [memorySource('w/ada.md', ADA), memorySource('w/port.md', PORT), memorySource('w/more.md', ADA)];
    const controller = new AbortController();
    const options: Partial<IngestOptions> = {
      signal: controller.signal,
      onProgress: ({ uri }) => {
        if (uri === 'w/port.md') controller.abort();
      },
    };
    await assert.rejects(run(sources, options), (error) => error === controller.signal.reason);
    assert.deepEqual(await uris(), ['w/ada.md', 'w/port.md']);
    const file = openIndex(new IndexCache(bench.context.store, bench.folder).path(COLLECTION));
    assert.equal(file?.index.documentCount, 2, 'the index of what was committed is kept');
    file?.[Symbol.dispose]();
    assertOutcome(await run(sources), { documents: 3, added: 1, updated: 0, unchanged: 2, deleted: 0 });
  });

  it('tells how far it is, from nothing to all', async () => {
    const seen: string[] = [];
    const sources = [memorySource('w/ada.md', ADA), memorySource('w/port.md', PORT)];
    await run(sources, {
      onProgress: ({ phase, sources: done, totalSources, bytes, totalBytes, documents }) =>
        seen.push(`${phase} ${done}/${totalSources} ${bytes}/${totalBytes} ${documents}`),
    });
    const total = ADA.length + PORT.length;
    assert.deepEqual(seen, [
      `plan 0/2 0/${total} 0`,
      `read 1/2 ${ADA.length}/${total} 1`,
      `read 2/2 ${total}/${total} 2`,
      `index 2/2 ${total}/${total} 2`,
      `done 2/2 ${total}/${total} 2`,
    ]);
  });
});
