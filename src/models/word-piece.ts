/**
 * BERT's uncased WordPiece tokeniser (Devlin et al. 2019; Wu et al. 2016, section 4.1): clean, isolate CJK ideographs,
 * strip accents, lower-case, split at blanks and punctuation, then greedy longest match from the left.
 */
import { detached } from '../text/detached.js';

const PUNCTUATION = /\p{P}/u;
const ACCENTS = /\p{Mn}/gu;
const CONTROL = /\p{C}/u;
const BLANK = /\s/u;
const PLAIN = /^[\t\n\r\x20-\x7e]*$/;

const WORD = 0;
const SPACE = 1;
const MARK = 2;
/** Class of each ASCII character: part of a word, blank, or punctuation (a word of its own). */
const ASCII = new Uint8Array(128);
for (let code = 0; code < 128; code++) {
  const char = String.fromCharCode(code);
  if (/[\t\n\r ]/.test(char)) ASCII[code] = SPACE;
  else if (/[!-/:-@[-`{-~]/.test(char)) ASCII[code] = MARK;
}

function isIdeograph(code: number): boolean {
  return (
    (code >= 0x4e00 && code <= 0x9fff) ||
    (code >= 0x3400 && code <= 0x4dbf) ||
    (code >= 0x20000 && code <= 0x2a6df) ||
    (code >= 0x2a700 && code <= 0x2ceaf) ||
    (code >= 0xf900 && code <= 0xfaff) ||
    (code >= 0x2f800 && code <= 0x2fa1f)
  );
}

function normalise(text: string): string {
  if (PLAIN.test(text)) return text.toLowerCase();
  let cleaned = '';
  for (const char of text) {
    const code = char.codePointAt(0)!;
    if (code < 128) {
      if (code >= 32 && code !== 127) cleaned += char;
      else if (code === 9 || code === 10 || code === 13) cleaned += ' ';
    } else if (code === 0xfffd || CONTROL.test(char)) continue;
    else if (BLANK.test(char)) cleaned += ' ';
    else if (isIdeograph(code)) cleaned += ` ${char} `;
    else cleaned += char;
  }
  const stripped = cleaned.normalize('NFD').replace(ACCENTS, '');
  // One code point at a time, so that a final capital sigma becomes the medial one, as in the reference.
  let lower = '';
  for (const char of stripped) lower += char.toLowerCase();
  return lower;
}

export interface WordPieceOptions {
  /** Id of the token for words without pieces. */
  readonly unknown: number;
  /** Longer words (in code points) are unknown. */
  readonly maxWordChars: number;
  /** Words whose pieces are remembered; the memory is emptied when full. Default 65,536. */
  readonly cacheSize?: number;
}

/** Tokeniser over a vocabulary in which `##` marks a piece inside a word. */
export class WordPiece {
  readonly #first = new Map<string, number>();
  readonly #inner = new Map<string, number>();
  readonly #cache = new Map<string, readonly number[]>();
  readonly #unknown: number;
  readonly #maxWordChars: number;
  readonly #cacheSize: number;
  #longestFirst = 0;
  #longestInner = 0;

  constructor(vocabulary: readonly string[], options: WordPieceOptions) {
    this.#unknown = options.unknown;
    this.#maxWordChars = options.maxWordChars;
    this.#cacheSize = options.cacheSize ?? 1 << 16;
    for (let id = 0; id < vocabulary.length; id++) {
      const piece = vocabulary[id]!;
      if (piece.length > 2 && piece.startsWith('##')) {
        this.#inner.set(piece.slice(2), id);
        this.#longestInner = Math.max(this.#longestInner, piece.length - 2);
      } else {
        this.#first.set(piece, id);
        this.#longestFirst = Math.max(this.#longestFirst, piece.length);
      }
    }
  }

  /** Token ids without special tokens, appended to `out`. */
  encode(text: string, out: number[]): void {
    const lower = normalise(text);
    const length = lower.length;
    let start = -1;
    for (let i = 0; i < length; i++) {
      const code = lower.charCodeAt(i);
      let kind: number;
      let width = 1;
      if (code < 128) kind = ASCII[code]!;
      else {
        if (code >= 0xd800 && code < 0xdc00 && i + 1 < length) width = 2;
        const char = lower.slice(i, i + width);
        kind = PUNCTUATION.test(char) ? MARK : BLANK.test(char) ? SPACE : WORD;
      }
      if (kind === WORD) {
        if (start < 0) start = i;
      } else {
        if (start >= 0) this.#append(lower.slice(start, i), out);
        if (kind === MARK) this.#append(lower.slice(i, i + width), out);
        start = -1;
      }
      i += width - 1;
    }
    if (start >= 0) this.#append(lower.slice(start), out);
  }

  #append(word: string, out: number[]): void {
    let pieces = this.#cache.get(word);
    if (pieces === undefined) {
      pieces = this.#split(word);
      // Longer ones come once, and would fill the memory.
      if (word.length <= this.#maxWordChars) {
        if (this.#cache.size >= this.#cacheSize) this.#cache.clear();
        this.#cache.set(detached(word), pieces);
      }
    }
    for (let i = 0; i < pieces.length; i++) out.push(pieces[i]!);
  }

  #split(word: string): number[] {
    const whole = this.#first.get(word);
    if (whole !== undefined) return [whole];
    if (word.length > this.#maxWordChars && [...word].length > this.#maxWordChars) return [this.#unknown];
    const pieces: number[] = [];
    let start = 0;
    while (start < word.length) {
      const table = start === 0 ? this.#first : this.#inner;
      let end = Math.min(word.length, start + (start === 0 ? this.#longestFirst : this.#longestInner));
      let id: number | undefined;
      for (; end > start; end--) {
        id = table.get(word.slice(start, end));
        if (id !== undefined) break;
      }
      if (id === undefined) return [this.#unknown];
      pieces.push(id);
      start = end;
    }
    return pieces;
  }
}
