/** Runs the worker to its end, or kills it some time after it began. */
import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const WORKER = fileURLToPath(new URL('./worker.ts', import.meta.url));

export interface WorkerRun {
  /** It was at work when the signal was sent. */
  readonly killed: boolean;
  /** From its beginning to its end or death, loading not counted. */
  readonly milliseconds: number;
}

/** @param killAfter milliseconds after it began; absent: it may end */
export async function runWorker(
  store: string,
  corpus: string,
  work: readonly string[],
  killAfter?: number,
): Promise<WorkerRun> {
  const child = fork(WORKER, [store, corpus, ...work], {
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let complaint = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    complaint += chunk.toString();
  });
  let done = false;
  child.on('message', (message) => {
    done ||= message === 'done';
  });
  const exit = once(child, 'exit');
  await Promise.race([once(child, 'message'), exit]);
  const began = performance.now();
  if (child.connected) child.send('go');
  if (killAfter !== undefined) {
    await Promise.race([setTimeout(killAfter), exit]);
    child.kill('SIGKILL');
  }
  const [code, signal] = (await exit) as [number | null, string | null];
  const milliseconds = performance.now() - began;
  assert.ok(signal === 'SIGKILL' || code === 0, `the worker failed by itself:\n${complaint}`);
  return { killed: !done && signal === 'SIGKILL', milliseconds };
}
