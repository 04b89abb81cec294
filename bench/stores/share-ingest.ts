/** How much faster several processes ingest a corpus into one Neo4j than one does. */
import { type ChildProcess, fork } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { HopwiseError } from '../../src/errors.js';
import { openNeo4jStore } from '../../src/stores/neo4j/index.js';
import type { BenchDocument } from '../retrieval/bench-set.js';
import type { ShareOrder, ShareReply } from './share-process.js';

export interface SharedIngest {
  readonly processes: number;
  readonly documents: number;
  readonly passages: number;
  /** From the start of all to the end of the last, index included; without loading programs and models. */
  readonly seconds: number;
  /** Of all processes, the server's not included. */
  readonly cpuSeconds: number;
  /** Documents that each process stored. */
  readonly shares: readonly number[];
}

const COLLECTION = 'bench-sharing';

/**
 * Ingests documents, a file each, with so many processes at once into a collection of its own, which is deleted before
 * and after.
 */
export async function shareIngest(
  server: ShareOrder['server'],
  documents: readonly BenchDocument[],
  processes: number,
): Promise<SharedIngest> {
  const folder = await mkdtemp(join(tmpdir(), 'hopwise-sharing-'));
  const children: ChildProcess[] = [];
  try {
    const corpus = join(folder, 'corpus');
    await mkdir(corpus);
    for (const [i, { title, text }] of documents.entries()) {
      await writeFile(join(corpus, `${i}.json`), JSON.stringify({ title, text }));
    }
    await using store = await openNeo4jStore(server);
    const forget = async (): Promise<void> => {
      if ((await store.collection(COLLECTION)) === undefined) return;
      await using lease = await store.acquireWriter({ waitMs: 10_000 });
      await lease.deleteCollection(COLLECTION);
    };
    await forget();
    const started = await Promise.all(
      Array.from({ length: processes }, async (_, i) => {
        const child = fork(fileURLToPath(new URL(`./share-process${extname(import.meta.url)}`, import.meta.url)));
        children.push(child);
        const cache = join(folder, `index-${i}`);
        await mkdir(cache);
        const reply = answers(child);
        child.send({ server, collection: COLLECTION, corpus, cache } satisfies ShareOrder);
        await reply();
        return { child, reply };
      }),
    );
    const from = performance.now();
    const ends = await Promise.all(
      started.map(({ child, reply }) => {
        child.send('start');
        return reply();
      }),
    );
    const seconds = (performance.now() - from) / 1000;
    const passages = (await store.collection(COLLECTION))!.counts.passages;
    await forget();
    const done = ends.flatMap((end) => (end.ready ? [] : [end]));
    return {
      processes,
      documents: documents.length,
      passages,
      seconds,
      cpuSeconds: done.reduce((sum, end) => sum + end.cpuSeconds, 0),
      shares: done.map(({ added }) => added),
    };
  } finally {
    for (const child of children) child.kill();
    await rm(folder, { recursive: true, force: true });
  }
}

/** The next message of a child, each time it is called; fails when the child has ended. */
function answers(child: ChildProcess): () => Promise<ShareReply> {
  return () =>
    new Promise((resolve, reject) => {
      child.once('message', (reply: ShareReply) => resolve(reply));
      child.once('error', reject);
      child.once('exit', (code) =>
        reject(
          new HopwiseError('BENCH_FAILED', `An ingesting process ended with code ${code ?? 'none'}.`, {
            remedy: 'Look at its output above.',
          }),
        ),
      );
    });
}
