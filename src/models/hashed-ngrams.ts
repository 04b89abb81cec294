/**
 * Vectors of words that the static table does not know: character n-grams hashed to rows of random signs (feature hashing,
 * Weinberger et al. 2009; subword n-grams, Bojanowski et al. 2017). WordPiece shatters the scripts other than Latin into
 * letters that tell nothing; shared n-grams bring a word near its inflections.
 *
 * Chosen on XQuAD, vectors alone, nDCG@10: trigrams with word edges where blanks separate words (Russian .81, Hindi .77,
 * Arabic .68; bigrams .63, .60, .56), trigrams for Thai and its like (.85; bigrams .70 in the same trial as .77),
 * characters and bigrams for Han and kana (.79; bigrams alone lose .06).
 */
import { detached } from '../text/detached.js';
import { fold } from '../text/fold.js';

/** Components of a row, a power of two; rows repeat for embedders with more dimensions. */
const ROW = 256;
/**
 * Absolute value of a component: a word of four letters then weighs what a rare word of the table does. Twice as much is
 * .01 better within these scripts, but lets a foreign name in brackets outweigh an English sentence.
 */
const SIGN_WEIGHT = 1 / 48;
/** Words of at most this many letters are mostly function words. */
const SHORT_WORD = 3;
const SHORT_WEIGHT = 1 / 4;
const CACHE_SIZE = 1 << 13;
const LONGEST_CACHED = 64;
/** Longer runs are hashed in pieces, so that sums of signs fit 16 bits. */
const MAX_RUN = 1 << 14;

const NEVER_FOREIGN = /^[\x00-\u036f\u1e00-\u1eff\u2000-\u206f]*$/;
const LATIN = /^\p{Script=Latin}$/u;
const LETTER = /^\p{L}$/u;
const MARK = /^\p{M}$/u;
/** Single Greek letters stand in formulas, and the table knows them; these two are articles. */
const GREEK = /^\p{Script=Greek}$/u;
const GREEK_ARTICLES = 'οηΟΗ';
const HAN_OR_KANA = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;
const THAI_LIKE = /[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

const rows = new Map<string, Int8Array>();
const words = new Map<string, HashedWord>();

const OTHER = 1;
const FOREIGN_LETTER = 2;
const FOREIGN_MARK = 3;
/** Class of each code unit met; a regular expression per character would cost more than the vectors. */
const classes = new Uint8Array(0x10000);

function classOf(text: string, at: number): number {
  const code = text.charCodeAt(at);
  if (code < 0x300) return OTHER;
  const known = classes[code]!;
  if (known !== 0) return known;
  const char = (code & 0xfc00) === 0xd800 ? text.slice(at, at + 2) : text[at]!;
  const found = MARK.test(char) ? FOREIGN_MARK : LETTER.test(char) && !LATIN.test(char) ? FOREIGN_LETTER : OTHER;
  if (char.length === 1) classes[code] = found;
  return found;
}

/** Splits a text into what the table may tokenise and the runs of foreign letters, with their marks, to be hashed. */
export function splitForeign(text: string): { readonly known: string; readonly foreign: readonly string[] } {
  if (NEVER_FOREIGN.test(text)) return { known: text, foreign: [] };
  const foreign: string[] = [];
  let known = '';
  let copied = 0;
  let i = 0;
  while (i < text.length) {
    if (classOf(text, i) !== FOREIGN_LETTER) {
      i++;
      continue;
    }
    const from = i;
    while (i < text.length && classOf(text, i) > OTHER) i += (text.charCodeAt(i) & 0xfc00) === 0xd800 ? 2 : 1;
    const run = text.slice(from, i);
    if (GREEK.test(run) && !GREEK_ARTICLES.includes(run)) continue;
    foreign.push(run);
    known += `${text.slice(copied, from)} `;
    copied = i;
  }
  return { known: known + text.slice(copied), foreign };
}

/** murmur3's finaliser: a bijection of 32 bits in which every input bit reaches every output bit. */
function mix(value: number): number {
  let h = value | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

function signs(gram: string): Int8Array {
  let row = rows.get(gram);
  if (row !== undefined) return row;
  let seed = 0;
  for (let i = 0; i < gram.length; i++) seed = mix(Math.imul(seed, 31) + gram.charCodeAt(i) + 0x9e37);
  row = new Int8Array(ROW);
  for (let d = 0; d < ROW; d += 32) {
    let bits = mix(seed + Math.imul(d + 1, 0x7feb352d));
    for (let i = d; i < d + 32; i++) {
      row[i] = (bits & 1) === 0 ? 1 : -1;
      bits >>>= 1;
    }
  }
  if (rows.size >= CACHE_SIZE) rows.clear();
  rows.set(gram, row);
  return row;
}

function grams(characters: readonly string[], size: number): string[] {
  const out: string[] = [];
  for (let i = 0; i + size <= characters.length; i++) out.push(characters.slice(i, i + size).join(''));
  return out;
}

/** Sum of the signs of a word's n-grams, and the weight of each. */
interface HashedWord {
  readonly counts: Int16Array;
  readonly weight: number;
}

function countsOf(found: readonly string[]): Int16Array {
  const counts = new Int16Array(ROW);
  for (const gram of found) {
    const row = signs(gram);
    for (let d = 0; d < ROW; d++) counts[d] = counts[d]! + row[d]!;
  }
  return counts;
}

function hashWord(run: string): HashedWord {
  const known = words.get(run);
  if (known !== undefined) return known;
  const characters = [...fold(run).text.toLowerCase()];
  if (HAN_OR_KANA.test(run)) {
    return { counts: countsOf([...characters, ...grams(characters, 2)]), weight: SIGN_WEIGHT };
  }
  if (THAI_LIKE.test(run)) return { counts: countsOf(grams(characters, 3)), weight: SIGN_WEIGHT };
  const weight = characters.length <= SHORT_WORD ? SIGN_WEIGHT * SHORT_WEIGHT : SIGN_WEIGHT;
  const word = { counts: countsOf(grams(['^', ...characters, '$'], 3)), weight };
  // Only words between blanks come again, and long ones would fill the memory.
  if (run.length > LONGEST_CACHED) return word;
  if (words.size >= CACHE_SIZE) words.clear();
  words.set(detached(run), word);
  return word;
}

/** Adds the n-grams of a run given by `splitForeign` to a vector. */
export function addHashedNgrams(run: string, into: Float64Array): void {
  for (let from = 0; from < run.length; from += MAX_RUN) {
    const { counts, weight } = hashWord(run.length <= MAX_RUN ? run : run.slice(from, from + MAX_RUN));
    for (let d = 0; d < into.length; d++) into[d] = into[d]! + weight * counts[d & (ROW - 1)]!;
  }
}

/**
 * Share, 0..1, of letters that stand in runs the static table does not know: retrieval lets the weight of vectors fall as
 * it grows. 0 for texts without letters.
 */
export function outOfVocabularyShare(texts: Iterable<string>): number {
  let letters = 0;
  let unknown = 0;
  for (const text of texts) {
    const { known, foreign } = splitForeign(text);
    for (const run of foreign) unknown += run.length;
    for (let i = 0; i < known.length; i++) {
      const code = known.charCodeAt(i) | 32;
      if ((code >= 97 && code <= 122) || code >= 192) letters++;
    }
  }
  return unknown === 0 ? 0 : unknown / (letters + unknown);
}
