/** The forward sections: the passages as the table holds them, so that an update analyses only what changed. */
import type { PassageTable, TableDocument } from '../graph/passage-table.js';
import { Uint8Column, Uint32Column } from './columns.js';
import type { SectionArrays } from './sections.js';
import { encodeStrings, sortStrings } from './string-table.js';

type ForwardSections = Pick<
  SectionArrays,
  | 'wordBytes'
  | 'wordOffsets'
  | 'tokenStart'
  | 'tokenWords'
  | 'tokenShapes'
  | 'segmentStart'
  | 'segmentEnd'
  | 'segmentRow'
  | 'runStart'
  | 'runFrom'
  | 'runTo'
  | 'runType'
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
  const { words, rank } = usedWords(table, slots);
  const tokenStart = new Uint32Column(Uint32Array.of(0));
  const segmentStart = new Uint32Column(Uint32Array.of(0));
  const runStart = new Uint32Column(Uint32Array.of(0));
  const tokenWords = new Uint32Column();
  const tokenShapes = new Uint8Column();
  const segmentEnd = new Uint32Column();
  const segmentRow = new Uint32Column();
  const runFrom = new Uint32Column();
  const runTo = new Uint32Column();
  const runType = new Uint8Column();
  for (const slot of slots) {
    for (let i = table.tokenStart.at(slot); i < table.tokenStart.at(slot + 1); i++) {
      tokenWords.push(rank[table.tokenWords.at(i)]!);
      tokenShapes.push(table.tokenShapes.at(i));
    }
    for (let i = table.segmentStart.at(slot); i < table.segmentStart.at(slot + 1); i++) {
      segmentEnd.push(table.segmentEnd.at(i));
      segmentRow.push(table.segmentRow.at(i));
    }
    for (let i = table.runStart.at(slot); i < table.runStart.at(slot + 1); i++) {
      runFrom.push(table.runFrom.at(i));
      runTo.push(table.runTo.at(i));
      runType.push(table.runType.at(i));
    }
    tokenStart.push(tokenWords.length);
    segmentStart.push(segmentEnd.length);
    runStart.push(runFrom.length);
  }
  const codes = languages.map((language) => language.code);
  const encodedWords = encodeStrings(words);
  const titles = encodeStrings(documents.map((document) => document.title));
  const contexts = encodeStrings(slots.map((slot) => table.slots[slot]!.context));
  const texts = encodeStrings(slots.map((slot) => table.slots[slot]!.text));
  return {
    wordBytes: encodedWords.bytes,
    wordOffsets: encodedWords.offsets,
    tokenStart: tokenStart.copy(),
    tokenWords: tokenWords.copy(),
    tokenShapes: tokenShapes.view().slice(),
    segmentStart: segmentStart.copy(),
    segmentEnd: segmentEnd.copy(),
    segmentRow: segmentRow.copy(),
    runStart: runStart.copy(),
    runFrom: runFrom.copy(),
    runTo: runTo.copy(),
    runType: runType.view().slice(),
    languageOf: Uint8Array.from(slots, (slot) => codes.indexOf(table.slots[slot]!.language)),
    titleBytes: titles.bytes,
    titleOffsets: titles.offsets,
    contextBytes: contexts.bytes,
    contextOffsets: contexts.offsets,
    textBytes: texts.bytes,
    textOffsets: texts.offsets,
  };
}

/** Words that the passages use, sorted, and the sorted number of each table number. */
function usedWords(table: PassageTable, slots: readonly number[]): { words: string[]; rank: Uint32Array } {
  const used = new Uint8Array(table.words.words.length);
  for (const slot of slots) {
    for (let i = table.tokenStart.at(slot); i < table.tokenStart.at(slot + 1); i++) used[table.tokenWords.at(i)] = 1;
  }
  const words = sortStrings(table.words.words.filter((_, number) => used[number] === 1));
  const rank = new Uint32Array(used.length);
  words.forEach((word, i) => {
    rank[table.words.find(word)] = i;
  });
  return { words, rank };
}
