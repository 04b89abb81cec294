/** How much faster several processes ingest a corpus into one Neo4j than one does. */
import { type ChildProcess, fork } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { HopwiseError } from '../../src/errors.js';
import { openNeo4jStore } from '../../src/stores/neo4j/index.js';
import type { BenchDocument } from '../retrieval/bench-set.js';
import { serverCpuSeconds } from './server-cpu.js';
import type { SharedServer, ShareOrder, ShareReply } from './share-process.js';

export interface SharedIngest {
  readonly processes: number;
  readonly documents: number;
  readonly passages: number;
  /** From the start of all to the end of the last, index included; without loading programs and models. */
  readonly seconds: number;
  /** Of all processes, and of the server where there is one that tells. */
  readonly cpuSeconds: number;
  readonly serverCpuSeconds: number | undefined;
  /** Documents that each process stored. */
  readonly shares: readonly number[];
}

const COLLECTION = 'bench-sharing';

/**
 * Ingests documents, a file each, with so many processes at once into a collection of its own, which is deleted before
 * and after.
 * @param server undefined: an embedded store, which one process ingests into
 */
export async function shareIngest(
  server: SharedServer | undefined,
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
    await using store = server === undefined ? undefined : await openNeo4jStore(server);
    const forget = async (): Promise<void> => {
      if (store === undefined || (await store.collection(COLLECTION)) === undefined) return;
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
    const serverCpu = async (): Promise<number> => {
      const seconds = store === undefined ? undefined : await serverCpuSeconds(store.connection);
      return seconds ?? Number.NaN;
    };
    const cpuBefore = await serverCpu();
    const from = performance.now();
    const ends = await Promise.all(
      started.map(({ child, reply }) => {
        child.send('start');
        return reply();
      }),
    );
    const seconds = (performance.now() - from) / 1000;
    const serverCpuUsed = (await serverCpu()) - cpuBefore;
    await forget();
    const done = ends.flatMap((end) => (end.ready ? [] : [end]));
    return {
      processes,
      documents: documents.length,
      // Each sees the whole collection at its end.
      passages: Math.max(...done.map(({ passages }) => passages)),
      seconds,
      cpuSeconds: done.reduce((sum, end) => sum + end.cpuSeconds, 0),
      serverCpuSeconds: Number.isNaN(serverCpuUsed) ? undefined : serverCpuUsed,
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
