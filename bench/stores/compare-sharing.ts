import type { BenchDocument } from '../retrieval/bench-set.js';
import { type SharedIngest, shareIngest } from './share-ingest.js';
import type { SharedServer } from './share-process.js';

/**
 * The same documents ingested by one process and by several at once: each twice in turns, so that neither has the later
 * place, and the better counts; a quarter of the documents before, to warm the server up.
 */
export async function compareSharing(
  server: SharedServer,
  documents: readonly BenchDocument[],
  processes: number,
): Promise<{ readonly one: SharedIngest; readonly several: SharedIngest }> {
  await shareIngest(server, documents.slice(0, Math.ceil(documents.length / 4)), 1);
  const runs: SharedIngest[] = [];
  for (const n of [1, processes, processes, 1]) runs.push(await shareIngest(server, documents, n));
  const best = (n: number): SharedIngest =>
    runs.filter((run) => run.processes === n).sort((a, b) => a.seconds - b.seconds)[0]!;
  return { one: best(1), several: best(processes) };
}
