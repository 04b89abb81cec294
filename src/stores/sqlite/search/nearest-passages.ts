/** The nearest passages by vector: signs of all rows, block by block, then the vectors of those that the signs choose. */
import { QueryVector } from '../../../search/query-vector.js';
import { SignSearch } from '../../../search/sign-rows.js';
import { decodeVectors } from '../../codec/vector-codec.js';
import type { Connection } from '../connection.js';
import { meanOf, type SearchMeta } from './update-search.js';

/** Rows chosen by their signs, for each passage wanted. */
const ROWS_A_PASSAGE = 8;
const LEAST_ROWS = 500;

interface Block {
  readonly passages: Uint8Array;
  readonly signs: Uint8Array;
}

interface VectorRow {
  readonly id: number;
  readonly vectors: Uint8Array;
}

export function nearestPassages(
  connection: Connection,
  meta: SearchMeta,
  vector: Float32Array,
  limit: number,
  scoped: boolean,
): number[] {
  if (vector.length !== meta.dimensions) return [];
  const search = new SignSearch(vector, meanOf(meta), Math.max(LEAST_ROWS, ROWS_A_PASSAGE * limit));
  const isAllowed = scoped ? visiblePassages(connection) : undefined;
  for (const { passages, signs } of connection.iterate<Block>(
    'SELECT passages, signs FROM search_signs ORDER BY block',
  )) {
    search.offer(numbersIn(passages), signs, isAllowed);
  }
  const query = new QueryVector(vector);
  // A row of signs outlives its passage until the blocks are written anew; the join leaves it out.
  const rows = connection.all<VectorRow>(
    `SELECT p.id, v.data AS vectors FROM (SELECT value FROM json_each(?)) j
     CROSS JOIN search_passage p ON p.id = j.value JOIN vector v ON v.passage = p.id`,
    JSON.stringify(search.found()),
  );
  return rows
    .map(({ id, vectors }) => {
      const decoded = decodeVectors(vectors);
      return { id, score: query.best(decoded, decoded.scale.length) };
    })
    .sort((a, b) => b.score - a.score || a.id - b.id)
    .slice(0, limit)
    .map(({ id }) => id);
}

/** Little-endian f64 as they lie, where they lie on their boundary. */
function numbersIn(bytes: Uint8Array): Float64Array {
  const { buffer, byteOffset, byteLength } = bytes.byteOffset % 8 === 0 ? bytes : bytes.slice();
  return new Float64Array(buffer, byteOffset, byteLength / 8);
}

/** Visible passages as bits by their rows. */
function visiblePassages(connection: Connection): (passage: number) => boolean {
  const most = connection.get<{ id: number | null }>('SELECT max(id) AS id FROM search_passage')?.id ?? 0;
  const bits = new Uint8Array((most >> 3) + 1);
  const rows = connection.iterate<{ id: number }>(
    'SELECT p.id FROM search_scope s JOIN search_passage p ON p.document = s.document',
  );
  for (const { id } of rows) bits[id >> 3]! |= 1 << (id & 7);
  return (passage) => (bits[passage >> 3]! & (1 << (passage & 7))) !== 0;
}
