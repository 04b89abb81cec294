/** Measures one set in a process of its own, so that its memory and warmth are not those of the set before. */
import { HopwiseError } from '../../src/errors.js';
import { type MeasureOptions, measureSet, type SetResult } from './measure-set.js';

export interface SetReply {
  readonly result?: SetResult;
  readonly error?: { readonly code: string; readonly message: string; readonly remedy: string };
}

// Ended in the middle, the collection made in a server is dropped all the same.
const stopped = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopped.abort());

process.once('message', (options: MeasureOptions) => {
  measureSet(options, stopped.signal)
    .then(
      (result): SetReply => ({ result }),
      (error: unknown): SetReply => ({
        error:
          error instanceof HopwiseError
            ? { code: error.code, message: error.message, remedy: error.remedy }
            : { code: 'BENCH_FAILED', message: String(error), remedy: 'See docs/retrieval.md on benchmark folders.' },
      }),
    )
    .then((reply) => process.send?.(reply, () => process.disconnect()));
});
