/** How long a stretch of text is, in words, for any script. */
import { tokenise } from '../../src/text/index.js';

const UNSEGMENTED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
/** A run without blanks counts as one word for each so many characters: base64, long addresses, long compounds. */
export const CHARS_PER_WORD = 20;

/** White space between words. */
export function isBlank(code: number): boolean {
  return (
    code === 32 || (code >= 9 && code <= 13) || code === 0xa0 || code === 0x3000 || (code >= 0x2000 && code <= 0x200a)
  );
}

/** Counts the words of text[start, end). */
export type WordCount = (start: number, end: number) => number;

/** Runs between blanks, or tokens where the text has a script that sets none. */
export function wordCounter(text: string): WordCount {
  if (UNSEGMENTED.test(text))
    return (start, end) => Math.max(tokenise(text.slice(start, end)).count, blankRuns(text, start, end));
  return (start, end) => blankRuns(text, start, end);
}

function blankRuns(text: string, start: number, end: number): number {
  let words = 0;
  let run = 0;
  for (let i = start; i < end; i++) {
    if (isBlank(text.charCodeAt(i))) run = 0;
    else if (run++ % CHARS_PER_WORD === 0) words++;
  }
  return words;
}
