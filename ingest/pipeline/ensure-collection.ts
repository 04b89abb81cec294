/** The collection of a run: made on first use, refused when its vectors come from another embedder. */
import { UsageError } from '../../src/errors.js';
import type { CollectionInfo, Embedder, GraphStore, WriterLease } from '../../src/ports/index.js';

/** @throws UsageError `EMBEDDER_MISMATCH` */
export async function ensureCollection(
  store: GraphStore,
  lease: WriterLease,
  name: string,
  embedder: Embedder,
): Promise<void> {
  const info = await store.collection(name);
  if (info !== undefined) return requireEmbedder(info, embedder);
  await lease.createCollection(name, { id: embedder.id, dimensions: embedder.dimensions });
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
