/**
 * Rewrites the blocks of signs when many rows are of passages that are gone, or many small changes have left small blocks.
 * A row left over whose number a new passage has taken does no harm: what signs choose is compared by its vectors.
 */
import type { Connection } from '../connection.js';

/** Rows of a block made anew. */
const BLOCK_ROWS = 8_192;
const GONE_SHARE = 0.25;
/** Blocks at least before they are joined, and passages a block below which they are. */
const FEW_BLOCKS = 64;
const PASSAGES_A_BLOCK = 100;

interface Block {
  readonly passages: Uint8Array;
  readonly signs: Uint8Array;
}

/** @returns rows left of passages that are gone: 0 after rewriting, else `gone` */
export function compactSigns(connection: Connection, { gone, passages }: { gone: number; passages: number }): number {
  const { blocks, rows, last } = connection.get<{ blocks: number; rows: number; last: number }>(
    'SELECT count(*) AS blocks, coalesce(sum(length(passages)) / 8, 0) AS rows, coalesce(max(block), 0) AS last FROM search_signs',
  )!;
  const isWorn = gone > GONE_SHARE * rows;
  const isSplit = blocks > FEW_BLOCKS && blocks * PASSAGES_A_BLOCK > passages;
  if (!isWorn && !isSplit) return gone;
  let kept: number[] = [];
  let signs: Uint8Array[] = [];
  const flush = (): void => {
    if (kept.length === 0) return;
    connection.run(
      'INSERT INTO search_signs (passages, signs) VALUES (?, ?)',
      new Uint8Array(Float64Array.from(kept).buffer),
      Buffer.concat(signs),
    );
    kept = [];
    signs = [];
  };
  const old = connection.iterate<Block>(
    'SELECT passages, signs FROM search_signs WHERE block <= ? ORDER BY block',
    last,
  );
  for (const block of old) {
    const ids = new Float64Array(block.passages.slice().buffer);
    const width = block.signs.length / ids.length;
    const there = new Set(
      connection
        .all<{ id: number }>(
          'SELECT id FROM search_passage WHERE id IN (SELECT value FROM json_each(?))',
          JSON.stringify([...new Set(ids)]),
        )
        .map(({ id }) => id),
    );
    ids.forEach((id, row) => {
      if (!there.has(id)) return;
      kept.push(id);
      signs.push(block.signs.subarray(row * width, (row + 1) * width));
    });
    if (kept.length >= BLOCK_ROWS) flush();
  }
  flush();
  connection.run('DELETE FROM search_signs WHERE block <= ?', last);
  return 0;
}
