/** The smallest pieces that a passage is packed from: whole blocks, sentences of a paragraph, words of a monster. */
import { splitSentences } from '../../src/text/index.js';
import type { Block } from '../read/reader.js';
import { STRETCH } from './split.js';
import { CHARS_PER_WORD, isBlank, type WordCount } from './word-count.js';

/** [start, end) without surrounding white space. */
export interface Unit {
  readonly start: number;
  readonly end: number;
  readonly words: number;
  /** False when the block before is cut by starting a passage here. */
  readonly opensBlock: boolean;
  readonly row?: number;
}

export interface UnitContext {
  readonly text: string;
  readonly language: string;
  readonly count: WordCount;
  readonly targetWords: number;
  readonly maxWords: number;
}

const segmenter = new Intl.Segmenter('und', { granularity: 'word' });

/** Offsets where a piece may begin inside a stretch: after each line, and at each sentence. */
function sentenceStarts(block: Block, { text, language }: UnitContext): number[] {
  const inner = text.slice(block.start, block.end);
  const starts = new Set<number>([block.start]);
  if (block.kind === 'code') {
    for (const match of inner.matchAll(/\n/g)) starts.add(block.start + match.index + 1);
  } else {
    const spans = splitSentences(inner, language);
    for (let i = 0; i < spans.length; i += 2) starts.add(block.start + spans[i]!);
    for (const match of inner.matchAll(/\n\s*/g)) starts.add(block.start + match.index + match[0].length);
  }
  return [...starts].sort((a, b) => a - b);
}

/** Intl.Segmenter takes time that grows with the square of its input: it sees this many characters at once. */
const WINDOW = 400;

/** Ends of the segments of text[start, end) and whether each is a word. */
function* segmentEnds(text: string, start: number, end: number): Generator<{ at: number; isWord: boolean }> {
  for (let from = start; from < end; ) {
    const to = Math.min(end, from + WINDOW);
    let last = from;
    for (const { index, segment, isWordLike } of segmenter.segment(text.slice(from, to))) {
      // The last segment of a window may go on in the next one, unless it fills the window.
      if (to < end && index > 0 && from + index + segment.length === to) break;
      last = from + index + segment.length;
      yield { at: last, isWord: isWordLike === true };
    }
    const code = text.charCodeAt(last);
    from = code >= 0xdc00 && code <= 0xdfff ? last + 1 : last;
  }
}

/** Offsets where a sentence over the limit is cut: at words, each piece about `targetWords` long. */
function wordStarts(start: number, end: number, { text, targetWords }: UnitContext): number[] {
  const starts = [start];
  let words = 0;
  let before = start;
  for (const { at, isWord } of segmentEnds(text, start, end)) {
    // As in `wordCounter`: long words count more, and so do signs in great number.
    const length = (at - before) / CHARS_PER_WORD;
    words += isWord ? Math.ceil(length) : isBlank(text.charCodeAt(at - 1)) ? 0 : length;
    before = at;
    if (words >= targetWords && at < end) {
      starts.push(at);
      words = 0;
    }
  }
  return starts;
}

/** Places where a sentence longer than a passage may be cut first: stops before small letters, semicolons, colons. */
function clauseStarts(start: number, end: number, text: string): number[] {
  const starts = [start];
  for (const match of text.slice(start, end).matchAll(/[.!?;:；：]["')\]]*\s+/g)) {
    const at = start + match.index + match[0].length;
    if (at < end) starts.push(at);
  }
  return starts;
}

function trimmed(text: string, start: number, end: number): { start: number; end: number } | undefined {
  const piece = text.slice(start, end);
  const inner = piece.trim();
  if (inner === '') return undefined;
  const from = start + piece.indexOf(inner);
  return { start: from, end: from + inner.length };
}

/**
 * Cuts a block as far as needed: paragraphs into sentences, sentences longer than a passage into clauses; other blocks,
 * and clauses between words, only when they are over `maxWords`.
 */
export function unitsOf(block: Block, context: UnitContext): Unit[] {
  const { text, count, maxWords, targetWords } = context;
  const row = block.row === undefined ? {} : { row: block.row };
  const words = count(block.start, block.end);
  const whole = block.kind === 'paragraph' ? words <= targetWords / 4 : words <= maxWords;
  if (whole) return [{ start: block.start, end: block.end, words, opensBlock: true, ...row }];
  const starts = sentenceStarts(block, context).flatMap((start, i, all) => {
    const end = all[i + 1] ?? block.end;
    if (count(start, end) <= STRETCH * targetWords) return [start];
    const clauses = clauseStarts(start, end, text);
    return clauses.flatMap((from, j) => {
      const to = clauses[j + 1] ?? end;
      return count(from, to) > maxWords ? wordStarts(from, to, context) : [from];
    });
  });
  const units: Unit[] = [];
  starts.forEach((start, i) => {
    const span = trimmed(text, start, starts[i + 1] ?? block.end);
    if (span === undefined) return;
    units.push({ ...span, words: count(span.start, span.end), opensBlock: units.length === 0, ...row });
  });
  return units;
}
