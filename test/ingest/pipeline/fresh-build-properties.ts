/** Deleted = never inserted, incremental = rebuilt, interrupted = undisturbed: of any store, beside a fresh embedded one. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { deleteDocuments, type IngestOptions, ingest, type SourceRef } from '../../../ingest/index.js';
import { answersOf } from './answers.js';
import { applyEdits, type Edit, type HeldFile, steps } from './linked-documents.js';
import { rebuiltIndexDigest, snapshot } from './snapshot.js';
import { COLLECTION, memorySource, openWorkbench, type Workbench } from './workbench.js';

/** Opens a blank store. */
type OpenBlank = () => Promise<Workbench>;

const sourcesOf = (folder: ReadonlyMap<string, HeldFile>): SourceRef[] =>
  [...folder].map(([uri, { content, modified }]) => memorySource(uri, content, modified));

const fresh = async (folder: ReadonlyMap<string, HeldFile>) => {
  await using bench = await openWorkbench();
  await ingest(bench.context, sourcesOf(folder), { collection: COLLECTION });
  return { ...(await snapshot(bench.context)), answers: await answersOf(bench.context) };
};

/** Order of sources by a seed, without chance of its own. */
const shuffled = <T>(items: readonly T[], seed: number): T[] =>
  items
    .map((item, i) => ({ item, key: Math.imul(i + 1, 2654435761 ^ seed) >>> 0 }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);

/** A file of which one line failed goes, and something else after it. */
const BROKEN_PART_THEN_GONE: Edit[][] = [
  [
    {
      uri: 'w/sub/more.jsonl',
      content:
        '{"id":"r4","title":"Oslo, N\n{"id":"r0","title":"Tamsin Vale (poet)","text":"Ada Lark founded Port Brin."}\n',
    },
  ],
  [{ uri: 'w/sub/more.jsonl', content: 'gone' }],
  [{ uri: 'w/a.md', content: 'gone' }],
];

async function equalsFreshWhenDeletedByName(open: OpenBlank, sequence: Edit[][]): Promise<void> {
  await using bench = await open();
  const folder = new Map<string, HeldFile>();
  const options: IngestOptions = { collection: COLLECTION, batchPassages: 3 };
  for (const [step, edits] of sequence.entries()) {
    const before = [...folder.keys()];
    applyEdits(folder, edits, step);
    await ingest(bench.context, sourcesOf(folder), options);
    for (const uri of before) {
      if (folder.has(uri)) continue;
      const held = await bench.context.store.documentsOfSource(COLLECTION, uri);
      const ids = held.map(({ id }) => id);
      if (held.length > 0) await deleteDocuments(bench.context, COLLECTION, ids);
      else await ingest(bench.context, [], { ...options, prune: { prefixes: [uri] } });
    }
  }
  const { answers: _, ...expected } = await fresh(folder);
  assert.deepEqual(await snapshot(bench.context), expected);
}

/** Sequences that each property is tried with. */
export interface Runs {
  readonly ordered: number;
  readonly deleted: number;
  readonly interrupted: number;
}

export function equalsFreshBuild(open: OpenBlank, runs: Runs): void {
  it('equals a fresh build of the final state, in any order and batch size', async () => {
    await fc.assert(
      fc.asyncProperty(steps, fc.nat(), fc.integer({ min: 1, max: 7 }), async (sequence, seed, batchPassages) => {
        await using bench = await open();
        const folder = new Map<string, HeldFile>();
        for (const [step, edits] of sequence.entries()) {
          applyEdits(folder, edits, step);
          await ingest(bench.context, shuffled(sourcesOf(folder), seed + step), {
            collection: COLLECTION,
            batchPassages,
            prune: { prefixes: ['w'] },
          });
        }
        const state = { ...(await snapshot(bench.context)), answers: await answersOf(bench.context) };
        assert.deepEqual(state, await fresh(folder));
        assert.deepEqual(state.index, await rebuiltIndexDigest(bench.context.store));
        assert.deepEqual(await bench.context.store.check(), []);
      }),
      { numRuns: runs.ordered },
    );
  });

  it('equals a fresh build when documents are deleted by name instead of pruned', async () => {
    await fc.assert(
      fc.asyncProperty(steps, (sequence) => equalsFreshWhenDeletedByName(open, sequence)),
      {
        numRuns: runs.deleted,
        examples: [[BROKEN_PART_THEN_GONE]],
      },
    );
  });

  it('equals a fresh build when runs are interrupted at any commit', async () => {
    await fc.assert(
      fc.asyncProperty(
        steps,
        fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 6 }),
        async (sequence, stops) => {
          await using bench = await open();
          const folder = new Map<string, HeldFile>();
          const options: IngestOptions = { collection: COLLECTION, batchPassages: 2, prune: { prefixes: ['w'] } };
          for (const [step, edits] of sequence.entries()) {
            applyEdits(folder, edits, step);
            for (const stop of stops) {
              const controller = new AbortController();
              let events = 0;
              const onProgress = (): void => {
                if (++events === stop) controller.abort();
              };
              await ingest(bench.context, sourcesOf(folder), {
                ...options,
                signal: controller.signal,
                onProgress,
              }).catch((error: unknown) => assert.equal(error, controller.signal.reason));
            }
          }
          await ingest(bench.context, sourcesOf(folder), options);
          const { answers: _, ...expected } = await fresh(folder);
          assert.deepEqual(await snapshot(bench.context), expected);
        },
      ),
      { numRuns: runs.interrupted },
    );
  });
}
