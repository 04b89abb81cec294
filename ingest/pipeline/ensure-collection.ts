/** The collection of a run: made on first use, refused when its vectors come from another embedder. */
import { NotFoundError, UsageError } from '../../src/errors.js';
import type { CollectionInfo, Embedder, GraphStore } from '../../src/ports/index.js';
import type { WriteTurns } from './write-turns.js';

/**
 * Gives the collection's generation.
 * @throws UsageError `EMBEDDER_MISMATCH`
 */
export async function ensureCollection(
  store: GraphStore,
  turns: WriteTurns,
  name: string,
  embedder: Embedder,
  signal?: AbortSignal,
): Promise<number> {
  const info = await store.collection(name);
  if (info !== undefined) {
    requireEmbedder(info, embedder);
    return info.generation;
  }
  await turns.take(async (lease) => {
    // Another process may have made it while this one waited for its turn.
    if ((await store.collection(name)) !== undefined) return;
    await lease.createCollection(name, { id: embedder.id, dimensions: embedder.dimensions });
  }, signal);
  return ensureCollection(store, turns, name, embedder, signal);
}

/**
 * The collection is still there and has still this embedder.
 * @throws NotFoundError, UsageError `EMBEDDER_MISMATCH`
 */
export async function requireCollection(store: GraphStore, name: string, embedder: Embedder): Promise<void> {
  const info = await store.collection(name);
  if (info === undefined) {
    throw new NotFoundError('COLLECTION_UNKNOWN', `The collection "${name}" was deleted meanwhile.`, {
      remedy: 'Run the command again to make it anew.',
    });
  }
  requireEmbedder(info, embedder);
}

function requireEmbedder(info: CollectionInfo, embedder: Embedder): void {
  const { id, dimensions } = info.embedder;
  if (id === embedder.id && dimensions === embedder.dimensions) return;
  throw new UsageError(
    'EMBEDDER_MISMATCH',
    `Collection "${info.name}" holds vectors of ${id} (${dimensions} dimensions); the embedder configured is ` +
      `${embedder.id} (${embedder.dimensions}).`,
    { remedy: `Configure ${id}, or change the collection's embedder with: hopwise reembed --collection ${info.name}` },
  );
}
