import assert from 'node:assert/strict';
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { type IngestSummary, ingest, type SourceRef, walk } from '../../../ingest/index.js';
import { IndexCache } from '../../../src/index/index-cache.js';
import { DEFAULT_LIMITS } from '../../../src/limits.js';
import type { GraphStore } from '../../../src/ports/index.js';
import { exported } from '../../contract/opened-store.js';
import { useNeo4j } from '../../neo4j/shared-server.js';
import { openBlank } from '../../stores/neo4j/blank-store.js';
import type { IngestOrder } from './ingest-process.js';
import { applyEdits, type HeldFile, steps } from './linked-documents.js';
import { COLLECTION, MODIFIED, memorySource, openWorkbench } from './workbench.js';

const SCRIPT = fileURLToPath(new URL('ingest-process.ts', import.meta.url));
const FILES = 60;
const NAMES = ['Ada Lark', 'Port Brin', 'Tamsin Vale', 'The Glass River', 'Marrow Institute'];

const sourcesOf = (folder: ReadonlyMap<string, HeldFile>): SourceRef[] =>
  [...folder].map(([uri, { content, modified }]) => memorySource(uri, content, modified));

/** Export of a fresh embedded store of the same sources. */
async function fresh(sources: AsyncIterable<SourceRef> | Iterable<SourceRef>): Promise<string[]> {
  await using bench = await openWorkbench();
  await ingest(bench.context, sources, { collection: COLLECTION });
  return await exported(bench.context.store, COLLECTION);
}

describe('several runs on one Neo4j', function () {
  this.timeout(600_000);
  const neo4j = useNeo4j();
  const folders: string[] = [];
  const children: ChildProcess[] = [];

  afterEach(async () => {
    for (const child of children.splice(0)) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
  });

  async function temporary(): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), 'hopwise-many-'));
    folders.push(folder);
    return folder;
  }

  it('store what one run stores on the embedded store, step by step', async () => {
    await fc.assert(
      fc.asyncProperty(
        steps,
        fc.integer({ min: 2, max: 3 }),
        fc.integer({ min: 1, max: 4 }),
        async (sequence, runs, batchPassages) => {
          const opened = await openBlank(neo4j());
          await using bench = await openWorkbench();
          try {
            const stores: GraphStore[] = [opened.store];
            while (stores.length < runs) stores.push(await opened.reopen());
            const contexts = await Promise.all(
              stores.map(async (store) => ({
                ...bench.context,
                store,
                index: new IndexCache(store, await temporary()),
              })),
            );
            const folder = new Map<string, HeldFile>();
            for (const [step, edits] of sequence.entries()) {
              applyEdits(folder, edits, step);
              const options = { collection: COLLECTION, batchPassages, prune: { prefixes: ['w'] } };
              await Promise.all(contexts.map((context) => ingest(context, sourcesOf(folder), options)));
            }
            assert.deepEqual(await exported(opened.store, COLLECTION), await fresh(sourcesOf(folder)));
            assert.deepEqual(await opened.store.check(), []);
          } finally {
            await opened.dispose();
          }
        },
      ),
      { numRuns: 5 },
    );
  });

  describe('in processes of their own', () => {
    async function writeCorpus(): Promise<string> {
      const corpus = await temporary();
      for (let i = 0; i < FILES; i++) {
        const [name, other] = [NAMES[i % NAMES.length]!, NAMES[(i * 7 + 3) % NAMES.length]!];
        const path = join(corpus, `${i}.md`);
        const text = `${name} ${i} was born in Lark ${i + 1}. She met ${other}, who founded Vale ${i % 9} in 19${10 + i}.`;
        await writeFile(path, `# ${name} ${i}\n\n${text}\n\n## Later\n\n${other} left ${name} ${i - 1}.\n`);
        await utimes(path, MODIFIED, MODIFIED);
      }
      return corpus;
    }

    function start(order: Omit<IngestOrder, 'server' | 'collection'>): {
      child: ChildProcess;
      done: Promise<IngestSummary>;
    } {
      const { uri, username, password } = neo4j();
      const child = fork(SCRIPT, { execArgv: ['--import', 'tsx'] });
      children.push(child);
      child.send({ ...order, server: { uri, username, password }, collection: COLLECTION } satisfies IngestOrder);
      const done = new Promise<IngestSummary>((resolve, reject) => {
        child.on('message', (message: { readonly summary?: IngestSummary }) => {
          if (message.summary !== undefined) resolve(message.summary);
        });
        child.on('exit', (code, signal) => reject(new Error(`ended with ${signal ?? code}`)));
      });
      done.catch(() => {});
      return { child, done };
    }

    async function assertEqualsFresh(store: GraphStore, corpus: string): Promise<void> {
      const expected = await fresh(walk([corpus], { limits: DEFAULT_LIMITS, exclude: [] }));
      assert.deepEqual(await exported(store, COLLECTION), expected);
      assert.deepEqual(await store.check(), []);
    }

    it('share the sources, each read by one, and store what one process stores', async () => {
      const { store, dispose } = await openBlank(neo4j());
      try {
        const corpus = await writeCorpus();
        const order = { corpus, cache: await temporary(), batchPassages: 6, claimMs: 30_000 };
        const summaries = await Promise.all([start(order), start(order), start(order)].map(({ done }) => done));
        assert.equal(
          summaries.reduce((sum, { added }) => sum + added, 0),
          FILES,
        );
        assert.ok(summaries.every(({ added, unchanged }) => added + unchanged === FILES));
        await assertEqualsFresh(store, corpus);
      } finally {
        await dispose();
      }
    });

    it('take over the share of one that is killed', async () => {
      const { store, dispose } = await openBlank(neo4j());
      try {
        const corpus = await writeCorpus();
        const order = { corpus, cache: await temporary(), batchPassages: 8, claimMs: 3_000 };
        const killed = start(order);
        const other = start(order);
        // It holds sources that it has read and not stored, and perhaps the writer.
        await new Promise<void>((resolve) =>
          killed.child.on('message', ({ sources }: { readonly sources?: number }) => {
            if ((sources ?? 0) >= 5) resolve();
          }),
        );
        killed.child.kill('SIGKILL');
        await assert.rejects(killed.done, /SIGKILL/);
        const { added, unchanged } = await other.done;
        assert.equal(added + unchanged, FILES);
        await assertEqualsFresh(store, corpus);
      } finally {
        await dispose();
      }
    });
  });
});
