/** Terms of the index: stems of the words of title (weight 3), text and context (weight 1), by the passage's language. */
import type { PassageTable } from '../graph/passage-table.js';
import { stem, stopWords } from '../text/index.js';
import { Uint32Column } from './columns.js';
import { encodeStrings, sortStrings } from './string-table.js';

/** Weight of a title's words in frequency and length. */
const TITLE_WEIGHT = 3;
const MAX_FREQUENCY = 0xffff;
const UNKNOWN = -2;
const STOPPED = -1;

/** Word -> provisional term number of one language. */
class LanguageTerms {
  private readonly stop: ReadonlySet<string>;
  private readonly terms: Int32Array;

  constructor(
    private readonly language: string,
    private readonly words: readonly string[],
    private readonly intern: (term: string) => number,
  ) {
    this.stop = stopWords(language);
    this.terms = new Int32Array(words.length).fill(UNKNOWN);
  }

  term(word: number): number {
    let term = this.terms[word]!;
    if (term === UNKNOWN) {
      const text = this.words[word]!;
      term = this.stop.has(text) ? STOPPED : this.intern(stem(text, this.language));
      this.terms[word] = term;
    }
    return term;
  }
}

export interface FoldedTerms {
  readonly termBytes: Uint8Array;
  readonly termOffsets: Uint32Array;
  readonly postingStart: Uint32Array;
  readonly postingPassages: Uint32Array;
  readonly postingFrequency: Uint16Array;
  readonly length: Float32Array;
  readonly meanLength: number;
  readonly sentenceTermStart: Uint32Array;
  readonly sentenceTerms: Uint32Array;
  readonly titleTermStart: Uint32Array;
  readonly titleTerms: Uint32Array;
}

/** Distinct numbers of a group at a time, by a mark that is raised instead of cleared. */
class Distinct {
  private readonly marks: number[] = [];
  private mark = 0;

  next(): void {
    this.mark++;
  }

  /** True the first time a number comes since `next`. */
  first(number: number): boolean {
    while (this.marks.length <= number) this.marks.push(0);
    if (this.marks[number] === this.mark) return false;
    this.marks[number] = this.mark;
    return true;
  }
}

/**
 * Folds the terms of passages.
 * @param slots passages in index order
 * @param rowsOf sentence rows of each passage
 */
export function foldTerms(table: PassageTable, slots: readonly number[], sentenceStart: Uint32Array): FoldedTerms {
  const terms: string[] = [];
  const numbers = new Map<string, number>();
  const intern = (term: string): number => {
    let number = numbers.get(term);
    if (number === undefined) {
      number = terms.length;
      numbers.set(term, number);
      terms.push(term);
    }
    return number;
  };
  const languages = new Map<string, LanguageTerms>();
  const languageTerms = (language: string): LanguageTerms => {
    let found = languages.get(language);
    if (found === undefined) {
      found = new LanguageTerms(language, table.words.words, intern);
      languages.set(language, found);
    }
    return found;
  };

  const passageTerms = new Uint32Column();
  const passageTermStart = new Uint32Array(slots.length + 1);
  const frequencies = new Uint32Column();
  const frequency: number[] = [];
  const length = new Float32Array(slots.length);
  const rowTerms = new Uint32Column();
  const rowTermStart = new Uint32Array(sentenceStart[slots.length]! + 1);
  const titleTerms = new Uint32Column();
  const titleTermStart = new Uint32Array(slots.length + 1);
  const inRow = new Distinct();
  const inTitle = new Distinct();
  const { tokenStart, tokenWords, segmentStart, segmentEnd, segmentRow } = table.columns;
  let total = 0;

  slots.forEach((slot, p) => {
    const language = languageTerms(table.slot(slot).language);
    const base = tokenStart[slot]!;
    const rowBase = sentenceStart[p]!;
    const firstSegment = segmentStart[slot]!;
    const begin = passageTerms.length;
    let from = base;
    let row = 0;
    let weightSum = 0;
    inTitle.next();
    inRow.next();
    for (let segment = firstSegment; segment < segmentStart[slot + 1]!; segment++) {
      const weight = segment === firstSegment ? TITLE_WEIGHT : 1;
      const to = base + segmentEnd[segment]!;
      for (; row < segmentRow[segment]!; row++) {
        rowTermStart[rowBase + row + 1] = rowTerms.length;
        inRow.next();
      }
      for (; from < to; from++) {
        const term = language.term(tokenWords[from]!);
        if (term === STOPPED) continue;
        while (frequency.length <= term) frequency.push(0);
        if (frequency[term] === 0) passageTerms.push(term);
        frequency[term]! += weight;
        weightSum += weight;
        if (inRow.first(term)) rowTerms.push(term);
        if (weight === TITLE_WEIGHT && inTitle.first(term)) titleTerms.push(term);
      }
    }
    for (const end = sentenceStart[p + 1]! - rowBase; row < end; row++)
      rowTermStart[rowBase + row + 1] = rowTerms.length;
    for (let i = begin; i < passageTerms.length; i++) {
      const term = passageTerms.at(i);
      frequencies.push(Math.min(frequency[term]!, MAX_FREQUENCY));
      frequency[term] = 0;
    }
    passageTermStart[p + 1] = passageTerms.length;
    titleTermStart[p + 1] = titleTerms.length;
    length[p] = weightSum;
    total += weightSum;
  });

  const sorted = sortStrings([...terms]);
  const rank = new Uint32Array(terms.length);
  sorted.forEach((term, i) => {
    rank[numbers.get(term)!] = i;
  });
  const postings = transpose(passageTermStart, passageTerms.view(), frequencies.view(), rank);
  const { bytes: termBytes, offsets: termOffsets } = encodeStrings(sorted);
  return {
    termBytes,
    termOffsets,
    ...postings,
    length,
    meanLength: slots.length === 0 ? 0 : total / slots.length,
    sentenceTermStart: rowTermStart,
    sentenceTerms: renumber(rowTermStart, rowTerms.view(), rank),
    titleTermStart,
    titleTerms: renumber(titleTermStart, titleTerms.view(), rank),
  };
}

/** Passage-major (term, frequency) lists to term-major postings in passage order. */
function transpose(
  start: Uint32Array,
  terms: Uint32Array,
  frequencies: Uint32Array,
  rank: Uint32Array,
): Pick<FoldedTerms, 'postingStart' | 'postingPassages' | 'postingFrequency'> {
  const postingStart = new Uint32Array(rank.length + 1);
  for (const term of terms) postingStart[rank[term]! + 1]!++;
  for (let i = 0; i < rank.length; i++) postingStart[i + 1]! += postingStart[i]!;
  const next = postingStart.slice(0, rank.length);
  const postingPassages = new Uint32Array(terms.length);
  const postingFrequency = new Uint16Array(terms.length);
  for (let p = 0; p + 1 < start.length; p++) {
    for (let i = start[p]!; i < start[p + 1]!; i++) {
      const at = next[rank[terms[i]!]!]!++;
      postingPassages[at] = p;
      postingFrequency[at] = frequencies[i]!;
    }
  }
  return { postingStart, postingPassages, postingFrequency };
}

/** Final numbers, ascending within each group. */
function renumber(start: Uint32Array, terms: Uint32Array, rank: Uint32Array): Uint32Array {
  const out = new Uint32Array(terms.length);
  for (let i = 0; i < terms.length; i++) out[i] = rank[terms[i]!]!;
  for (let g = 0; g + 1 < start.length; g++) {
    if (start[g + 1]! - start[g]! > 1) out.subarray(start[g]!, start[g + 1]!).sort();
  }
  return out;
}
