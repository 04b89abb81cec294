/** Title of a document: what its source states, else its first heading, else its file's name. */
import type { ReadDocument } from './reader.js';

const MAX_TITLE_CHARS = 300;

/** File name without folders and extension, `-` and `_` as blanks. */
function nameOf(path: string): string {
  const file = path.slice(path.lastIndexOf('/') + 1);
  const stem = file.replace(/(?<=.)\.[^.\s]{1,10}$/, '');
  return stem.replace(/[-_\s]+/g, ' ').trim();
}

/**
 * @param read What the reader made of the source.
 * @param uri The source's uri, without the part.
 * @returns The title; empty when the source states that it has none (a record with `"title": ""`).
 */
export function documentTitle(read: ReadDocument, uri: string): string {
  if (read.title !== undefined) return read.title.replace(/\s+/g, ' ').trim().slice(0, MAX_TITLE_CHARS);
  for (const block of read.blocks) {
    if (block.kind !== 'heading') continue;
    return read.text.slice(block.start, block.end).replace(/\s+/g, ' ').slice(0, MAX_TITLE_CHARS);
  }
  const inner = read.part.includes('!/') ? read.part.slice(read.part.lastIndexOf('!/') + 2).replace(/#.*$/s, '') : uri;
  return nameOf(inner) || inner;
}
