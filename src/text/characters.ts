/**
 * Classes of characters by table, filled as characters are met: the scanners ask once per code unit and must not run a
 * Unicode regular expression each time.
 */

/** Bits of a class. */
export const WORD_START = 1;
/** A mark: continues a word, cannot begin one. */
export const WORD_PART = 2;
export const UPPER = 4;
export const DIGIT = 8;
/** Letter of a script that puts no blanks between words. */
export const UNSEGMENTED = 16;
export const SPACE = 32;
export const LOWER = 64;
const KNOWN = 128;

const LETTER_OR_NUMBER = /^[\p{L}\p{N}]$/u;
const MARK = /^\p{M}$/u;
const SMALL = /^\p{Ll}$/u;
const CAPITAL = /^[\p{Lu}\p{Lt}]$/u;
const DECIMAL = /^\p{Nd}$/u;
const BLANK = /^\s$/u;
const NO_BLANKS =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\u30fc]$/u;

const units = new Uint8Array(0x10000);
const astral = new Map<number, number>();

function classify(char: string): number {
  let bits = KNOWN;
  if (LETTER_OR_NUMBER.test(char)) {
    bits |= WORD_START;
    if (CAPITAL.test(char)) bits |= UPPER;
    else if (SMALL.test(char)) bits |= LOWER;
    else if (DECIMAL.test(char)) bits |= DIGIT;
  } else if (MARK.test(char)) bits |= WORD_PART;
  else if (BLANK.test(char)) bits |= SPACE;
  if (NO_BLANKS.test(char)) bits |= UNSEGMENTED;
  return bits;
}

/** Class bits of the character at a code unit; a lone surrogate has none of the named bits. */
export function classAt(text: string, at: number): number {
  const code = text.charCodeAt(at);
  const known = units[code]!;
  if (known !== 0) return known;
  if ((code & 0xfc00) === 0xd800) {
    const point = text.codePointAt(at)!;
    if (point === code) return 0;
    let bits = astral.get(point);
    if (bits === undefined) {
      bits = classify(String.fromCodePoint(point));
      astral.set(point, bits);
    }
    return bits;
  }
  const bits = classify(String.fromCharCode(code));
  units[code] = bits;
  return bits;
}

/** Code units of the character at a place: 2 for a surrogate pair, else 1. */
export function widthAt(text: string, at: number): number {
  return (text.charCodeAt(at) & 0xfc00) === 0xd800 &&
    at + 1 < text.length &&
    (text.charCodeAt(at + 1) & 0xfc00) === 0xdc00
    ? 2
    : 1;
}
