/** The terms of a passage as bytes: little-endian arrays one after the other, each on its own boundary. */
import { StoreError } from '../errors.js';
import type { PassageTerms } from '../ports/passage-search.js';

/** Numbers of terms, rows, title terms and row terms. */
const HEADER = 4;
const HIGH = 0x1_0000_0000;

export function encodeTerms(terms: PassageTerms): Uint8Array {
  const { hashes, frequency, rowStart, rowTerms, title, sentenceEnds } = terms;
  const [n, rows] = [hashes.length, rowStart.length - 1];
  const words = HEADER + n + rowStart.length + sentenceEnds.length;
  const bytes = new Uint8Array(4 * words + 2 * (2 * n + rowTerms.length + title.length));
  const wide = new Uint32Array(bytes.buffer, 0, words);
  wide.set([n, rows, title.length, rowTerms.length]);
  let at = HEADER;
  for (const hash of hashes) wide[at++] = hash % HIGH;
  wide.set(rowStart, at);
  wide.set(sentenceEnds, at + rowStart.length);
  const narrow = new Uint16Array(bytes.buffer, 4 * words);
  for (let i = 0; i < n; i++) narrow[i] = Math.floor(hashes[i]! / HIGH);
  narrow.set(frequency, n);
  narrow.set(rowTerms, 2 * n);
  narrow.set(title, 2 * n + rowTerms.length);
  return bytes;
}

/** @throws StoreError `SEARCH_DAMAGED` for bytes that no encoding gave */
export function decodeTerms(bytes: Uint8Array): PassageTerms {
  const { buffer, byteOffset, length } = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice();
  const damaged = (): StoreError =>
    new StoreError('SEARCH_DAMAGED', 'The terms of a passage are damaged in what the search keeps', {
      remedy: 'Delete the search files beside the store; they are made again on first use.',
    });
  if (length < 4 * HEADER) throw damaged();
  const [n = 0, rows = 0, titles = 0, items = 0] = new Uint32Array(buffer, byteOffset, HEADER);
  const words = HEADER + n + (rows + 1) + (rows - 1);
  if (rows < 1 || length !== 4 * words + 2 * (2 * n + items + titles)) throw damaged();
  const wide = new Uint32Array(buffer, byteOffset, words);
  const narrow = new Uint16Array(buffer, byteOffset + 4 * words, 2 * n + items + titles);
  const hashes = new Float64Array(n);
  for (let i = 0; i < n; i++) hashes[i] = narrow[i]! * HIGH + wide[HEADER + i]!;
  const rowsAt = HEADER + n;
  return {
    hashes,
    frequency: narrow.subarray(n, 2 * n),
    rowStart: wide.subarray(rowsAt, rowsAt + rows + 1),
    rowTerms: narrow.subarray(2 * n, 2 * n + items),
    title: narrow.subarray(2 * n + items),
    sentenceEnds: wide.subarray(rowsAt + rows + 1),
  };
}
