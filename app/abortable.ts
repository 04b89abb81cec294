/** The same items, until the signal aborts; then its reason is thrown between two of them. */
export async function* abortable<T>(items: AsyncIterable<T>, signal: AbortSignal | undefined): AsyncIterable<T> {
  signal?.throwIfAborted();
  for await (const item of items) {
    signal?.throwIfAborted();
    yield item;
  }
}
