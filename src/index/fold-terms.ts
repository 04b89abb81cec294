/** Terms of the index: stems of the words of title (weight 3), text and context (weight 1), by the passage's language. */
import type { PassageTable } from '../graph/passage-table.js';
import { stem, stopWords } from '../text/index.js';
import { Uint32Column } from './columns.js';
import { invert } from './invert.js';
import type { SectionArrays } from './sections.js';
import { encodeStrings, sortStrings } from './string-table.js';

/** Weight of a title's words in frequency and length. */
const TITLE_WEIGHT = 3;
const MAX_FREQUENCY = 0xffff;
const UNKNOWN = -2;
const STOPPED = -1;
/** Items from which a group is left to the general sort. */
const LONG_GROUP = 40;

/** Terms numbered as they come, and which term each word is in each language. */
class TermNumbers {
  readonly terms: string[] = [];
  private readonly numbers = new Map<string, number>();
  private readonly byLanguage = new Map<string, Int32Array>();

  constructor(private readonly words: readonly string[]) {}

  /** Terms of all words in a language, UNKNOWN where not asked for yet. */
  ofLanguage(language: string): Int32Array {
    let terms = this.byLanguage.get(language);
    if (terms === undefined) {
      terms = new Int32Array(this.words.length).fill(UNKNOWN);
      this.byLanguage.set(language, terms);
    }
    return terms;
  }

  /** Term of a word met for the first time in a language, STOPPED when it is a stop word. */
  resolve(word: number, language: string): number {
    const text = this.words[word]!;
    const term = stopWords(language).has(text) ? STOPPED : this.intern(stem(text, language));
    this.ofLanguage(language)[word] = term;
    return term;
  }

  private intern(term: string): number {
    let number = this.numbers.get(term);
    if (number === undefined) {
      number = this.terms.length;
      this.numbers.set(term, number);
      this.terms.push(term);
    }
    return number;
  }
}

/** Lists that grow group by group, each item once a group; `sums` adds up what came with each item of the group at hand. */
class DistinctLists {
  readonly items = new Uint32Column();
  private marks = new Uint32Array(1024);
  private mark = 0;
  sums = new Uint32Array(1024);

  open(): void {
    this.mark++;
  }

  add(item: number, weight: number): void {
    if (item >= this.marks.length) this.grow(item + 1);
    if (this.marks[item] === this.mark) {
      this.sums[item]! += weight;
      return;
    }
    this.marks[item] = this.mark;
    this.sums[item] = weight;
    this.items.push(item);
  }

  private grow(length: number): void {
    const marks = new Uint32Array(Math.max(length, this.marks.length * 2));
    const sums = new Uint32Array(marks.length);
    marks.set(this.marks);
    sums.set(this.sums);
    this.marks = marks;
    this.sums = sums;
  }
}

export interface FoldedTerms {
  readonly sections: Pick<
    SectionArrays,
    | 'termBytes'
    | 'termOffsets'
    | 'postingStart'
    | 'postingPassages'
    | 'postingFrequency'
    | 'length'
    | 'sentenceTermStart'
    | 'sentenceTerms'
    | 'titleTermStart'
    | 'titleTerms'
  >;
  readonly meanLength: number;
}

/**
 * Folds the terms of passages.
 * @param slots passages in index order
 * @param sentenceStart first sentence row of each passage
 */
export function foldTerms(table: PassageTable, slots: readonly number[], sentenceStart: Uint32Array): FoldedTerms {
  const numbers = new TermNumbers(table.words.words);
  const { tokenStart, tokenWords, segmentStart, segmentEnd, segmentRow } = table.columns;
  const ofPassage = new DistinctLists();
  const ofRow = new DistinctLists();
  const ofTitle = new DistinctLists();
  const frequencies = new Uint32Column();
  const passageTermStart = new Uint32Array(slots.length + 1);
  const sentenceTermStart = new Uint32Array(sentenceStart[slots.length]! + 1);
  const titleTermStart = new Uint32Array(slots.length + 1);
  const length = new Float32Array(slots.length);
  let total = 0;

  for (let p = 0; p < slots.length; p++) {
    const slot = slots[p]!;
    const { language } = table.slot(slot);
    const terms = numbers.ofLanguage(language);
    const base = tokenStart[slot]!;
    const titleSegment = segmentStart[slot]!;
    let from = base;
    let row = sentenceStart[p]!;
    let sum = 0;
    ofPassage.open();
    ofTitle.open();
    ofRow.open();
    for (let segment = titleSegment; segment < segmentStart[slot + 1]!; segment++) {
      const weight = segment === titleSegment ? TITLE_WEIGHT : 1;
      const to = base + segmentEnd[segment]!;
      for (const next = sentenceStart[p]! + segmentRow[segment]!; row < next; row++) {
        sentenceTermStart[row + 1] = ofRow.items.length;
        ofRow.open();
      }
      for (; from < to; from++) {
        let term = terms[tokenWords[from]!]!;
        if (term === UNKNOWN) term = numbers.resolve(tokenWords[from]!, language);
        if (term === STOPPED) continue;
        sum += weight;
        ofPassage.add(term, weight);
        ofRow.add(term, 0);
        if (segment === titleSegment) ofTitle.add(term, 0);
      }
    }
    for (; row < sentenceStart[p + 1]!; row++) sentenceTermStart[row + 1] = ofRow.items.length;
    for (let i = passageTermStart[p]!; i < ofPassage.items.length; i++) {
      frequencies.push(Math.min(ofPassage.sums[ofPassage.items.at(i)]!, MAX_FREQUENCY));
    }
    passageTermStart[p + 1] = ofPassage.items.length;
    titleTermStart[p + 1] = ofTitle.items.length;
    length[p] = sum;
    total += sum;
  }

  const sorted = sortStrings([...numbers.terms]);
  const positions = new Map(sorted.map((term, i) => [term, i]));
  const rank = Uint32Array.from(numbers.terms, (term) => positions.get(term)!);
  const { bytes: termBytes, offsets: termOffsets } = encodeStrings(sorted);
  const postingFrequency = new Uint16Array(frequencies.length);
  const postings = invert(
    { start: passageTermStart, items: ranked(ofPassage.items.view(), rank) },
    rank.length,
    (from, to) => {
      postingFrequency[to] = frequencies.at(from);
    },
  );
  return {
    meanLength: slots.length === 0 ? 0 : total / slots.length,
    sections: {
      termBytes,
      termOffsets,
      postingStart: postings.start,
      postingPassages: postings.items,
      postingFrequency,
      length,
      sentenceTermStart,
      sentenceTerms: sortGroups(sentenceTermStart, ranked(ofRow.items.view(), rank)),
      titleTermStart,
      titleTerms: sortGroups(titleTermStart, ranked(ofTitle.items.view(), rank)),
    },
  };
}

const ranked = (terms: Uint32Array, rank: Uint32Array): Uint32Array => {
  const out = new Uint32Array(terms.length);
  for (let i = 0; i < terms.length; i++) out[i] = rank[terms[i]!]!;
  return out;
};

/** Sorts each group in place; groups are a sentence's words, for which insertion is fastest. */
function sortGroups(start: Uint32Array, items: Uint32Array): Uint32Array {
  for (let g = 0; g + 1 < start.length; g++) {
    const from = start[g]!;
    const to = start[g + 1]!;
    if (to - from > LONG_GROUP) {
      items.subarray(from, to).sort();
      continue;
    }
    for (let i = from + 1; i < to; i++) {
      const item = items[i]!;
      let j = i - 1;
      for (; j >= from && items[j]! > item; j--) items[j + 1] = items[j]!;
      items[j + 1] = item;
    }
  }
  return items;
}
