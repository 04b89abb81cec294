/** Opens the next sources while one is worked on, bounded in number and bytes. */
import type { Source } from '../read/reader.js';
import type { SourceRef } from '../walk/walk.js';

/** A source with its bytes, or why it cannot be opened. */
export type Opened =
  | { readonly ref: SourceRef; readonly source: Source }
  | { readonly ref: SourceRef; readonly error: unknown };

const AHEAD = 4;
const AHEAD_BYTES = 32 * 2 ** 20;

/** In the order of `refs`; a source that cannot be opened is yielded with its error. */
export async function* openAhead(refs: readonly SourceRef[], signal?: AbortSignal): AsyncGenerator<Opened> {
  const queue: Promise<Opened>[] = [];
  let next = 0;
  let bytes = 0;
  for (let head = 0; head < refs.length; head++) {
    while (
      next < refs.length &&
      queue.length < AHEAD &&
      (queue.length === 0 || bytes + refs[next]!.size <= AHEAD_BYTES)
    ) {
      const ref = refs[next++]!;
      bytes += ref.size;
      queue.push(open(ref, signal));
    }
    const opened = await queue.shift()!;
    yield opened;
    bytes -= opened.ref.size;
  }
}

async function open(ref: SourceRef, signal: AbortSignal | undefined): Promise<Opened> {
  try {
    return { ref, source: await ref.open(signal) };
  } catch (error) {
    return { ref, error };
  }
}
