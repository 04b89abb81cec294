/** `ingest --watch` and `reembed` beside another process that writes, on a store that several write by turns. */
import assert from 'node:assert/strict';
import { EventEmitter, on } from 'node:events';
import {
  deleteDocuments,
  type IngestContext,
  type IngestSummary,
  ingest,
  ingestChanges,
  reembed,
  type SourceRef,
} from '../../../ingest/index.js';
import type { Embedder } from '../../../src/ports/index.js';
import { exported } from '../../contract/opened-store.js';
import { letterEmbedder } from './letter-embedder.js';
import { COLLECTION, memorySource, openWorkbench } from './workbench.js';

/** Two processes on a blank store. */
export interface TwoWriters {
  readonly contexts: readonly [IngestContext, IngestContext];
  readonly dispose: () => Promise<void>;
}

const NAMES = ['Ada Lark', 'Port Brin', 'Tamsin Vale', 'Glass River', 'Marrow Institute', 'Odo Fenn'];

const sourceOf = (i: number, edition = 0): SourceRef => {
  const [name, other] = [NAMES[i % NAMES.length]!, NAMES[(i * 5 + edition + 1) % NAMES.length]!];
  const text = `# ${name} ${i}\n\n${name} was born in Port Brin in ${1900 + i + edition}. ${other} met ${name}.\n`;
  return memorySource(`w/${String(i).padStart(2, '0')}.md`, text);
};

const sourcesOf = (count: number, edition = 0): SourceRef[] =>
  Array.from({ length: count }, (_, i) => sourceOf(i, edition));

/** Lets other work happen when the source is opened. */
function openingAfter(source: SourceRef, work: () => Promise<unknown>): SourceRef {
  return {
    ...source,
    open: async (signal) => {
      await work();
      return source.open(signal);
    },
  };
}

/** Export of an embedded store that takes the sources undisturbed. */
async function fresh(sources: readonly SourceRef[], embedder?: Embedder): Promise<string[]> {
  await using bench = await openWorkbench(embedder === undefined ? {} : { embedder });
  await ingest(bench.context, sources, { collection: COLLECTION });
  return await exported(bench.context.store, COLLECTION);
}

async function assertEquals(context: IngestContext, sources: readonly SourceRef[], embedder?: Embedder): Promise<void> {
  assert.deepEqual(await exported(context.store, COLLECTION), await fresh(sources, embedder));
  assert.deepEqual(await context.store.check(), []);
}

export function besideWriters(open: () => Promise<TwoWriters>): void {
  const test = (work: (one: IngestContext, two: IngestContext) => Promise<void>) => async () => {
    const { contexts, dispose } = await open();
    try {
      await work(...contexts);
    } finally {
      await dispose();
    }
  };

  it(
    'a watch and an ingest of the same sources end in what one ingest stores, whatever changes between',
    test(async (one, two) => {
      const events = new EventEmitter();
      const controller = new AbortController();
      let folder = sourcesOf(12);
      const ingests: Promise<IngestSummary>[] = [];
      let runs = 0;
      const options = {
        collection: COLLECTION,
        batchPassages: 3,
        prune: { prefixes: ['w'] },
        quietMs: 5,
        signal: controller.signal,
        onSummary: () => {
          runs++;
          if (runs === 1) {
            folder = [...sourcesOf(6, 1), ...sourcesOf(16).slice(8)];
            events.emit('change');
            // The other process looks at the folder at the same time, from its other end.
            ingests.push(ingest(two, [...folder].reverse(), { ...options, signal: undefined }));
          }
          if (runs === 2) controller.abort();
        },
      };
      const watching = ingestChanges(one, on(events, 'change'), () => walk(folder), options);
      events.emit('change');
      ingests.push(ingest(two, [...folder].reverse(), { ...options, signal: undefined }));
      assert.equal(await watching, 2);
      await Promise.all(ingests);
      await assertEquals(two, folder);
    }),
  );

  it(
    'a watch brings back at its next run what another process deleted',
    test(async (one, two) => {
      const events = new EventEmitter();
      const controller = new AbortController();
      let runs = 0;
      const onSummary = (): void => {
        if (++runs === 2) controller.abort();
        else
          deleteDocuments(two, COLLECTION, ['w/01.md']).then(
            () => events.emit('change'),
            (error) => controller.abort(error),
          );
      };
      const options = { collection: COLLECTION, quietMs: 5, signal: controller.signal, onSummary };
      const watching = ingestChanges(one, on(events, 'change'), () => walk(sourcesOf(4)), options);
      events.emit('change');
      assert.equal(await watching, 2);
      await assertEquals(two, sourcesOf(4));
    }),
  );

  it(
    'an ingest whose collection gets another embedder between two commits says so, and goes on with that one',
    test(async (one, two) => {
      const embedder = letterEmbedder();
      const before = sourcesOf(8);
      await ingest(one, before.slice(0, 2), { collection: COLLECTION });
      const late = openingAfter(before[7]!, () => reembed({ ...two, embedder }, COLLECTION, { batchPassages: 2 }));
      const stopped = ingest(one, [...before.slice(2, 7), late], { collection: COLLECTION, batchPassages: 2 });
      await assert.rejects(stopped, (error: Error & { code?: string; remedy?: string }) => {
        assert.equal(error.code, 'EMBEDDER_MISMATCH');
        assert.match(error.remedy ?? '', /^Configure letters\/1, or change .* hopwise reembed --collection main$/);
        return true;
      });
      await ingest({ ...one, embedder }, before, { collection: COLLECTION });
      await assertEquals(two, before, embedder);
    }),
  );

  it(
    'a reembed that another process ingested into between its two halves embeds what came and what changed',
    test(async (one, two) => {
      await ingest(one, sourcesOf(6), { collection: COLLECTION });
      const failing = { ...two, embedder: letterEmbedder(9) };
      await assert.rejects(reembed(failing, COLLECTION, { batchPassages: 1 }), { code: 'MODEL_UNAVAILABLE' });
      const folder = [...sourcesOf(3, 1), ...sourcesOf(9).slice(4)];
      await ingest(one, folder, { collection: COLLECTION, prune: { prefixes: ['w'] } });
      const embedder = letterEmbedder();
      await reembed({ ...two, embedder }, COLLECTION, { batchPassages: 2 });
      await assertEquals(one, folder, embedder);
    }),
  );

  it(
    'a reembed and an ingest started at once: one of them is told why, and doing it again ends in the same',
    test(async (one, two) => {
      const embedder = letterEmbedder();
      await ingest(one, sourcesOf(3), { collection: COLLECTION });
      const [ingested, embedded] = await Promise.allSettled([
        ingest(one, sourcesOf(12), { collection: COLLECTION, batchPassages: 2 }),
        reembed({ ...two, embedder }, COLLECTION, { batchPassages: 2 }),
      ]);
      if (ingested.status === 'rejected') assert.equal(ingested.reason.code, 'EMBEDDER_MISMATCH');
      if (embedded.status === 'rejected') assert.equal(embedded.reason.code, 'STORE_LOCKED');
      await reembed({ ...two, embedder }, COLLECTION);
      await ingest({ ...one, embedder }, sourcesOf(12), { collection: COLLECTION });
      await assertEquals(two, sourcesOf(12), embedder);
    }),
  );
}

async function* walk(sources: readonly SourceRef[]): AsyncGenerator<SourceRef> {
  yield* sources;
}
