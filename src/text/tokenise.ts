/**
 * Words of a text with their offsets in the original. A word is a run of letters and digits (and the marks on them) with
 * at most one inner apostrophe part; a final 's is cut, an elided article stands alone. Runs of scripts without blanks
 * between words are cut by Intl.Segmenter.
 */
import { classAt, DIGIT, UNSEGMENTED, UPPER, WORD_PART, WORD_START, widthAt } from './characters.js';
import { detached } from './detached.js';
import { fold } from './fold.js';

/** Tokens as parallel arrays, in text order; spans never overlap and are never empty. */
export interface Tokens {
  readonly count: number;
  /** Folded, lower case, apostrophes removed. */
  readonly words: readonly string[];
  /** UTF-16 offsets in the text given. */
  readonly start: Uint32Array;
  readonly end: Uint32Array;
  /** First character of each token: 0 lower case or no case, 1 upper case, 2 digit. */
  readonly shape: Uint8Array;
}

/**
 * Words that French, Italian and Catalan write without their last vowel before another word; "l'histoire" is two words.
 * Names that go on with a capital ("D'Angelo", "L'Oréal") stay one.
 */
const ELIDED = new Set(
  'c d j l m n s t qu jusqu lorsqu puisqu quoiqu un dell nell sull dall all coll quest quell bell sant anch com dov cos'.split(
    ' ',
  ),
);
/** Beginnings of Chinese and African names rather than of French sentences (T'ai, N'Djamena). */
const NOT_ELIDED = new Set(['M', 'N', 'T']);

const APOSTROPHE = 39;
const SMALL_S = 115;
const CAPITAL_S = 83;
/** Characters given to the segmenter at once: its dictionary search takes quadratic time in what it is given. */
const WINDOW = 256;
const segmenter = new Intl.Segmenter('und', { granularity: 'word' });

/** Splits a text into tokens, for any script. */
export function tokenise(text: string): Tokens {
  const folded = fold(text);
  return scan(folded.text, folded.offsets);
}

function scan(text: string, offsets: Uint32Array | undefined): Tokens {
  const length = text.length;
  const words: string[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  const shapes: number[] = [];
  const push = (from: number, to: number, bits: number): void => {
    let word = text.slice(from, to);
    if ((bits & UPPER) !== 0) {
      word = word.toLowerCase();
      // Lower-casing writes a final sigma where folding writes the medial one.
      if (word.endsWith('ς')) word = `${word.slice(0, -1)}σ`;
    } else word = detached(word);
    words.push(word);
    starts.push(offsets === undefined ? from : offsets[from]!);
    ends.push(offsets === undefined ? to : endOffset(offsets, to));
    const first = classAt(text, from);
    shapes.push((first & UPPER) !== 0 ? 1 : (first & DIGIT) !== 0 ? 2 : 0);
  };

  let i = 0;
  while (i < length) {
    const first = classAt(text, i);
    if ((first & WORD_START) === 0) {
      i++;
      continue;
    }
    const from = i;
    let bits = 0;
    let apostrophe = -1;
    while (i < length) {
      const kind = classAt(text, i);
      if ((kind & (WORD_START | WORD_PART)) !== 0) {
        bits |= kind;
        i += widthAt(text, i);
      } else if (apostrophe < 0 && text.charCodeAt(i) === APOSTROPHE && beginsWord(text, i + 1)) {
        if (isElision(text, from, i)) break;
        apostrophe = i++;
      } else break;
    }
    if ((bits & UNSEGMENTED) !== 0) pushSegments(text, offsets, from, i, push);
    else if (apostrophe < 0) push(from, i, bits);
    else {
      if (apostrophe === i - 2 && isPossessive(text, apostrophe)) push(from, apostrophe, bits);
      else {
        push(from, i, bits);
        const word = words.length - 1;
        words[word] = words[word]!.replace("'", '');
        if (isPossessive(text, i)) i += 2;
      }
    }
  }
  return {
    count: words.length,
    words,
    start: new Uint32Array(starts),
    end: new Uint32Array(ends),
    shape: new Uint8Array(shapes),
  };
}

function beginsWord(text: string, at: number): boolean {
  return at < text.length && (classAt(text, at) & WORD_START) !== 0;
}

/** Whether exactly 's stands at `at`. */
function isPossessive(text: string, at: number): boolean {
  const letter = text.charCodeAt(at + 1);
  return (
    text.charCodeAt(at) === APOSTROPHE && (letter === SMALL_S || letter === CAPITAL_S) && !beginsWord(text, at + 2)
  );
}

function isElision(text: string, from: number, apostrophe: number): boolean {
  // Never before a single letter: a possessive, or the "n't" of tokenised English.
  if (!beginsWord(text, apostrophe + 1 + widthAt(text, apostrophe + 1))) return false;
  const before = text.slice(from, apostrophe);
  if (NOT_ELIDED.has(before) || !ELIDED.has(before.toLowerCase())) return false;
  return (classAt(text, from) & classAt(text, apostrophe + 1) & UPPER) === 0;
}

/** End in the original of what ends before folded offset `to`: a character that folds to several counts whole. */
function endOffset(offsets: Uint32Array, to: number): number {
  const last = offsets[to - 1]!;
  let at = to;
  while (offsets[at]! <= last) at++;
  return offsets[at]!;
}

function pushSegments(
  text: string,
  offsets: Uint32Array | undefined,
  from: number,
  to: number,
  push: (from: number, to: number, bits: number) => void,
): void {
  let start = from;
  while (start < to) {
    let window = Math.min(to, start + WINDOW);
    if (window < to && widthAt(text, window - 1) === 2) window++;
    const begin = start;
    let end = start;
    for (const part of segmenter.segment(text.slice(begin, window))) {
      // The last word of a window may go on behind it: the next window begins with it.
      if (end > begin && window < to && begin + part.index + part.segment.length === window) break;
      end = begin + part.index + part.segment.length;
      // Never cut where one original character folded to both sides.
      if (offsets !== undefined && end < to && offsets[end] === offsets[end - 1]) continue;
      if ((classAt(text, start) & WORD_START) !== 0) push(start, end, UPPER);
      start = end;
    }
    if (start > begin) continue;
    // Nothing in the window can be cut: it stands for one original character, which then counts whole.
    while (end < to && offsets !== undefined && offsets[end] === offsets[end - 1]) end++;
    push(start, end, UPPER);
    start = end;
  }
}
