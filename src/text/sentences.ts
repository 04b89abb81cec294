/**
 * Sentence boundaries for any script: after . ! ? and a blank before anything but a small letter, after the stops of the
 * scripts that have their own, at line breaks (readers unwrap soft ones), in Thai and Lao at blanks. Joined again: after
 * abbreviations and very short pieces, never across a paragraph break.
 */
import { meaningOfStop } from './abbreviations.js';
import { classAt, LOWER, SPACE, UNSEGMENTED, WORD_PART, WORD_START } from './characters.js';
import { stopWords } from './stop-words.js';

const STOPS = /[.!?…\n\r\u0085\u2028\u2029。．！？｡؟۔।॥։።។៕။།]/g;
const STOPS_AND_BLANKS = /[.!?…\n\r\u0085\u2028\u2029。．！？｡؟۔।॥։።។៕။། \u00a0]/g;
const THAI_OR_LAO = /[\u0e00-\u0eff]/;
const LATIN_STOPS = '.!?…';
const LINE_BREAKS = '\n\r\u0085\u2028\u2029';
const CLOSERS = '"\')]”’»›」』）】〉》';
const OPENERS = '"\'([“‘«‹„¿¡「『（【〈《';
/** Pieces shorter than this (to their stop) are no sentences; fewer where one character is a word. */
const SHORT = 15;
const SHORT_IDEOGRAPHS = 5;
const IDEOGRAPHS = 0x2e80;
/** Blanks in Thai also separate phrases: what is shorter goes on. */
const THAI_PHRASE = 60;
/** After an initial only these prove a new sentence; other function words are surnames ("J. He"). */
const AFTER_INITIAL = new Set('the it in this that these they his her their its on at after as when while'.split(' '));

/** Spans of sentences, flat [start0, end0, start1, ...], without surrounding white space, in order, covering all tokens. */
export function splitSentences(text: string, language: string): number[] {
  const spans: number[] = [];
  const stops = THAI_OR_LAO.test(text) ? STOPS_AND_BLANKS : STOPS;
  const end = skipBlanksBack(text, text.length);
  let start = skipBlanks(text, 0);
  stops.lastIndex = start;
  for (let match = stops.exec(text); match !== null && match.index < end; match = stops.exec(text)) {
    const at = match.index;
    const next = boundaryAfter(text, at, start, language);
    if (next < 0) continue;
    pushTrimmed(text, start, next, spans);
    start = next;
    stops.lastIndex = next;
  }
  pushTrimmed(text, start, end, spans);
  return spans;
}

/** Start of the sentence after the stop at `at`, or -1 when none begins there. */
function boundaryAfter(text: string, at: number, start: number, language: string): number {
  const char = text[at]!;
  if (LINE_BREAKS.includes(char)) return lineBoundary(text, at, start);
  if (char === ' ' || char === '\u00a0') return thaiBoundary(text, at, start);
  let after = at + 1;
  while (after < text.length && CLOSERS.includes(text[after]!)) after++;
  const next = skipBlanks(text, after);
  if (next >= text.length) return -1;
  const blank = next > after;
  if (LATIN_STOPS.includes(char)) {
    if (blank ? !canBegin(text, next) : !tightBoundary(text, at, after)) return -1;
    if (hasLineBreak(text, after, next)) return lineBoundary(text, after, start);
    if (char === '.' && isAbbreviation(text, at, start, next, language)) return -1;
  } else if (char === '．' && isDigit(text, at - 1) && isDigit(text, at + 1)) return -1;
  else if (STOPS_RUN.test(text[after]!)) return -1;
  if (isShort(text, start, at + 1)) return -1;
  return next;
}

const STOPS_RUN = /[。．！？｡؟۔।॥!?]/;

/** A small letter goes on with the sentence (soft-wrapped text); a blank line always ends it. */
function lineBoundary(text: string, at: number, start: number): number {
  const next = skipBlanks(text, at);
  if (next >= text.length) return -1;
  if (lineBreaks(text, at, next) > 1) return next;
  if ((classAt(text, next) & LOWER) !== 0) return -1;
  return isShort(text, start, at) ? -1 : next;
}

function thaiBoundary(text: string, at: number, start: number): number {
  if (at - start < THAI_PHRASE || (classAt(text, at - 1) & (UNSEGMENTED | WORD_PART)) === 0) return -1;
  const next = skipBlanks(text, at);
  return next < text.length && !hasLineBreak(text, at, next) && (classAt(text, next) & UNSEGMENTED) !== 0 ? next : -1;
}

/** Half-width ! and ? between ideographs need no blank. */
function tightBoundary(text: string, at: number, after: number): boolean {
  return (
    text[at] !== '.' &&
    text[at] !== '…' &&
    text.charCodeAt(at - 1) >= IDEOGRAPHS &&
    text.charCodeAt(after) >= IDEOGRAPHS
  );
}

function canBegin(text: string, at: number): boolean {
  const from = OPENERS.includes(text[at]!) && at + 1 < text.length ? at + 1 : at;
  const kind = classAt(text, from);
  return (kind & WORD_START) !== 0 && (kind & LOWER) === 0;
}

function isAbbreviation(text: string, stop: number, start: number, next: number, language: string): boolean {
  let from = stop;
  while (from > start && (classAt(text, from - 1) & SPACE) === 0 && !OPENERS.includes(text[from - 1]!)) from--;
  const meaning = meaningOfStop(text.slice(from, stop), language);
  if (meaning === 'end') return false;
  if (meaning === 'abbreviation') return true;
  const word = wordAt(text, next);
  return !AFTER_INITIAL.has(word) && (meaning === 'initial' || !stopWords(language).has(word));
}

function wordAt(text: string, at: number): string {
  let from = at;
  while (from < text.length && (classAt(text, from) & WORD_START) === 0) from++;
  let to = from;
  while (to < text.length && (classAt(text, to) & (WORD_START | WORD_PART)) !== 0) to++;
  return text.slice(from, to).toLowerCase();
}

function isShort(text: string, start: number, end: number): boolean {
  const length = end - start;
  if (length >= SHORT) return false;
  for (let i = start; i < end; i++) if (text.charCodeAt(i) >= IDEOGRAPHS) return length < SHORT_IDEOGRAPHS;
  return true;
}

function isDigit(text: string, at: number): boolean {
  return /^\p{Nd}$/u.test(text[at] ?? '');
}

function skipBlanks(text: string, from: number): number {
  let at = from;
  while (at < text.length && (classAt(text, at) & SPACE) !== 0) at++;
  return at;
}

function skipBlanksBack(text: string, to: number): number {
  let at = to;
  while (at > 0 && (classAt(text, at - 1) & SPACE) !== 0) at--;
  return at;
}

function hasLineBreak(text: string, from: number, to: number): boolean {
  return lineBreaks(text, from, to) > 0;
}

function lineBreaks(text: string, from: number, to: number): number {
  let count = 0;
  for (let i = from; i < to; i++) {
    const char = text[i]!;
    if (LINE_BREAKS.includes(char) && !(char === '\n' && i > from && text[i - 1] === '\r')) count++;
  }
  return count;
}

function pushTrimmed(text: string, from: number, to: number, spans: number[]): void {
  const end = skipBlanksBack(text, to);
  if (end > from) spans.push(skipBlanks(text, from), end);
}
