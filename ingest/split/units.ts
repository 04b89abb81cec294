/** The smallest pieces that a passage is packed from: whole blocks, sentences of a paragraph, words of a monster. */
import { splitSentences } from '../../src/text/index.js';
import type { Block } from '../read/reader.js';
import type { WordCount } from './word-count.js';

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

/** Offsets where a sentence over the limit is cut: at words, each piece about `targetWords` long. */
function wordStarts(start: number, end: number, { text, count, targetWords }: UnitContext): number[] {
  const starts = [start];
  let last = start;
  let words = 0;
  let counted = start;
  for (const { index } of segmenter.segment(text.slice(start, end))) {
    const at = start + index;
    if (at === counted) continue;
    words += count(counted, at);
    counted = at;
    if (words >= targetWords && at > last) {
      starts.push(at);
      last = at;
      words = 0;
    }
  }
  return starts.flatMap((from, i) => hardStarts(from, starts[i + 1] ?? end, text, targetWords));
}

/** A run that the segmenter takes for one word however long it is: cut between code points. */
function hardStarts(start: number, end: number, text: string, targetWords: number): number[] {
  const starts = [start];
  const step = targetWords * 20;
  for (let at = start + step; at < end - step / 4; at += step) {
    const code = text.charCodeAt(at);
    starts.push(code >= 0xdc00 && code <= 0xdfff ? at + 1 : at);
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

/** Cuts a block as far as needed: paragraphs into sentences, other blocks only when they are over `maxWords`. */
export function unitsOf(block: Block, context: UnitContext): Unit[] {
  const { text, count, maxWords, targetWords } = context;
  const row = block.row === undefined ? {} : { row: block.row };
  const words = count(block.start, block.end);
  const whole = block.kind === 'paragraph' ? words <= targetWords / 4 : words <= maxWords;
  if (whole) return [{ start: block.start, end: block.end, words, opensBlock: true, ...row }];
  const starts = sentenceStarts(block, context).flatMap((start, i, all) => {
    const end = all[i + 1] ?? block.end;
    return count(start, end) > maxWords ? wordStarts(start, end, context) : [start];
  });
  const units: Unit[] = [];
  starts.forEach((start, i) => {
    const span = trimmed(text, start, starts[i + 1] ?? block.end);
    if (span === undefined) return;
    units.push({ ...span, words: count(span.start, span.end), opensBlock: units.length === 0, ...row });
  });
  return units;
}
