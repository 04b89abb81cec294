/** The forward sections: the passages as the table holds them, so that an update analyses only what changed. */
import type { PassageTable, TableDocument } from '../graph/passage-table.js';
import { selectColumns, type TableColumns } from '../graph/table-columns.js';
import type { SectionArrays } from './sections.js';
import { encodeStrings, sortStrings } from './string-table.js';

type ForwardSections = TableColumns &
  Pick<
    SectionArrays,
    | 'wordBytes'
    | 'wordOffsets'
    | 'languageOf'
    | 'titleBytes'
    | 'titleOffsets'
    | 'contextBytes'
    | 'contextOffsets'
    | 'textBytes'
    | 'textOffsets'
  >;

/** Columns of the passages in index order, with words numbered in sorted order. */
export function foldForward(
  table: PassageTable,
  documents: readonly TableDocument[],
  slots: readonly number[],
  languages: readonly { readonly code: string }[],
): ForwardSections {
  const columns = selectColumns(table.columns, slots);
  const words = sortWords(table, columns.tokenWords);
  const codes = new Map(languages.map(({ code }, i) => [code, i]));
  const titles = encodeStrings(documents.map((document) => document.title));
  const contexts = encodeStrings(slots.map((slot) => table.slot(slot).context));
  const texts = encodeStrings(slots.map((slot) => table.slot(slot).text));
  return {
    ...columns,
    wordBytes: words.bytes,
    wordOffsets: words.offsets,
    languageOf: Uint8Array.from(slots, (slot) => codes.get(table.slot(slot).language)!),
    titleBytes: titles.bytes,
    titleOffsets: titles.offsets,
    contextBytes: contexts.bytes,
    contextOffsets: contexts.offsets,
    textBytes: texts.bytes,
    textOffsets: texts.offsets,
  };
}

/** Encodes the words in use in sorted order, and numbers the tokens by it, in place. */
function sortWords(table: PassageTable, tokenWords: Uint32Array): { bytes: Uint8Array; offsets: Uint32Array } {
  const { words } = table.words;
  const used = new Uint8Array(words.length);
  for (let i = 0; i < tokenWords.length; i++) used[tokenWords[i]!] = 1;
  const sorted = sortStrings(words.filter((_, number) => used[number] === 1));
  const rank = new Uint32Array(words.length);
  sorted.forEach((word, i) => {
    rank[table.words.find(word)] = i;
  });
  for (let i = 0; i < tokenWords.length; i++) tokenWords[i] = rank[tokenWords[i]!]!;
  return encodeStrings(sorted);
}
