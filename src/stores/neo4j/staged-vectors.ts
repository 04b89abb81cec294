/** Vectors of another embedder, kept beside those in use until there is one for every passage. */
import type { QuantisedVectors } from '../../ports/index.js';
import { encodeVectors } from '../codec/vector-codec.js';
import { unknownPassage, vectorsMissing } from '../refusals.js';
import type { WrittenCollection } from './apply-batch.js';
import type { EmbedderStamp } from './collection-nodes.js';
import type { Run } from './statement.js';
import { STAMP_EMBEDDER } from './statements/collection-statements.js';
import * as statements from './statements/write-statements.js';
import { int, pieces, toBytes } from './values.js';

const ROWS = 500;

/** Throws UsageError `UNKNOWN_PASSAGE`, `EMBEDDER_MISMATCH`. */
export async function stageVectors(
  run: Run,
  collection: string,
  { id: embedder, dimensions }: EmbedderStamp,
  vectors: ReadonlyMap<string, QuantisedVectors>,
): Promise<void> {
  const rows = [...vectors]
    .map(([passage, value]) => ({ passage, vectors: toBytes(encodeVectors(value, dimensions)) }))
    .sort((a, b) => (a.passage < b.passage ? -1 : 1));
  for (const some of pieces(rows, ROWS)) {
    const ids = some.map(({ passage }) => passage);
    const found = await run<{ readonly id: string }>(statements.EXISTING_PASSAGES, { collection, ids });
    const known = new Set(found.map(({ id }) => id));
    const missing = ids.find((id) => !known.has(id));
    if (missing !== undefined) throw unknownPassage(missing);
    await run(statements.STAGE_VECTORS, { collection, embedder, rows: some });
  }
}

/**
 * Puts the staged vectors of the embedder in place of the collection's, stamps it, and marks every document as changed.
 * Throws StoreError `VECTORS_MISSING` when a passage has none.
 */
export async function switchEmbedder(
  run: Run,
  { name, counts, generation }: WrittenCollection,
  { id: embedder, dimensions }: EmbedderStamp,
): Promise<void> {
  const [row] = await run<{ readonly staged: number }>(statements.COUNT_STAGED, { collection: name, embedder });
  const staged = row?.staged ?? 0;
  if (staged !== counts.passages) throw vectorsMissing(staged, counts.passages, embedder);
  await Promise.all([
    run(statements.USE_STAGED, { collection: name, embedder }),
    run(statements.DROP_STAGED, { collection: name }),
    run(statements.TOUCH_ALL, { collection: name, generation: int(generation) }),
    run(STAMP_EMBEDDER, { collection: name, embedder, dimensions: int(dimensions) }),
  ]);
}
