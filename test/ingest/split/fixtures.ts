/** The provenance invariant, checked of any document and its passages. */
import assert from 'node:assert/strict';
import { documentTitle } from '../../../ingest/read/document-title.js';
import type { Block, ReadDocument } from '../../../ingest/read/reader.js';
import { DEFAULT_SPLIT, type PassageDraft, type SplitOptions } from '../../../ingest/split/split.js';
import { splitDocument } from '../../../ingest/split/split-document.js';

function plain(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, ' ')
    .trim();
}

function checkBlocks({ text, blocks }: ReadDocument): void {
  let at = 0;
  for (const { start, end } of blocks) {
    assert.equal(text.slice(at, start).trim(), '', 'text between blocks');
    assert.ok(start < end && start >= at);
    assert.equal(text.slice(start, end), text.slice(start, end).trim());
    at = end;
  }
  assert.equal(text.slice(at).trim(), '', 'text after the last block');
}

/** Headings and table headers may stand in the context instead of in a passage. */
function inContext(block: Block, text: string, title: string, passages: readonly PassageDraft[]): boolean {
  const own = text.slice(block.start, block.end);
  if (block.kind !== 'heading' && block.kind !== 'table-header') return false;
  if (block.kind === 'heading' && plain(own) === plain(title)) return true;
  const next = passages.find(({ start }) => start >= block.end);
  return next?.context.includes(block.kind === 'heading' ? own.replace(/\s+/g, ' ') : own) ?? false;
}

/** Splits a document and checks everything that must hold of any; returns the passages. */
export function checkedSplit(
  document: ReadDocument,
  uri = 'a.txt',
  options: SplitOptions = DEFAULT_SPLIT,
): PassageDraft[] {
  checkBlocks(document);
  const { text, blocks } = document;
  const title = documentTitle(document, uri);
  const passages = splitDocument(document, title, options);
  if (text.trim() === '') {
    assert.deepEqual(passages, [{ start: 0, end: 0, context: '' }]);
    return passages;
  }
  let at = 0;
  for (const { start, end, page, row } of passages) {
    assert.ok(start >= at && start < end && end <= text.length);
    assert.equal(text.slice(start, end), text.slice(start, end).trim());
    const inside = blocks.filter((block) => block.start < end && block.end > start);
    assert.deepEqual([...new Set(inside.map((block) => block.page))], [page]);
    assert.equal(inside.find((block) => block.row !== undefined)?.row, row);
    at = end;
  }
  for (const block of blocks) {
    let left = text.slice(block.start, block.end);
    for (const { start, end } of passages) {
      if (start >= block.end || end <= block.start) continue;
      const [from, to] = [Math.max(start, block.start) - block.start, Math.min(end, block.end) - block.start];
      left = left.slice(0, from) + ' '.repeat(to - from) + left.slice(to);
    }
    assert.ok(
      left.trim() === '' || inContext(block, text, title, passages),
      `not covered: ${JSON.stringify(left.trim())}`,
    );
  }
  return passages;
}
