/**
 * Vectors of words that the static table does not know: every character bigram is hashed to a row of random signs
 * (feature hashing with dense signs, Weinberger et al. 2009; subword n-grams, Bojanowski et al. 2017). WordPiece shatters
 * the scripts other than Latin into letters that tell nothing; shared bigrams still bring a word near its inflections.
 */
import { fold } from '../text/fold.js';

/** Two or more letters of a script other than Latin; single ones (Greek in formulas) stay with the table. */
const FOREIGN = /(?:(?!\p{Script=Latin})\p{L}\p{M}*){2}(?:(?!\p{Script=Latin})[\p{L}\p{M}])*/gu;
const NEVER_FOREIGN = /^[\x00-\u036f\u1e00-\u1eff\u2000-\u206f]*$/;
/** Scripts without blanks between words: a run is a clause, so its ends mean nothing. */
const UNSEGMENTED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

const EDGE = 0;

/** Splits a text into what the table may tokenise and the runs to be hashed. */
export function splitForeign(text: string): { readonly known: string; readonly foreign: readonly string[] } {
  if (NEVER_FOREIGN.test(text)) return { known: text, foreign: [] };
  const foreign: string[] = [];
  const known = text.replace(FOREIGN, (run) => {
    foreign.push(run);
    return ' ';
  });
  return { known, foreign };
}

/** murmur3's finaliser: a bijection of 32 bits in which every input bit reaches every output bit. */
function mix(value: number): number {
  let h = value | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

function addSigns(first: number, second: number, weight: number, into: Float64Array): void {
  const seed = mix(Math.imul(first, 0x9e3779b1) + second);
  for (let d = 0; d < into.length; d += 32) {
    let bits = mix(seed + Math.imul(d + 1, 0x7feb352d));
    const end = Math.min(into.length, d + 32);
    for (let i = d; i < end; i++) {
      into[i] = into[i]! + ((bits & 1) === 0 ? weight : -weight);
      bits >>>= 1;
    }
  }
}

/**
 * Adds the bigrams of a foreign run to a vector; `weight` is the absolute value of each component of one bigram.
 * Words of scripts with blanks get their edges as characters too.
 */
export function addHashedBigrams(run: string, weight: number, into: Float64Array): void {
  const folded = fold(run).text.toLowerCase();
  const edges = !UNSEGMENTED.test(folded);
  let previous = EDGE;
  let started = edges;
  for (const char of folded) {
    const code = char.codePointAt(0)!;
    if (started) addSigns(previous, code, weight, into);
    previous = code;
    started = true;
  }
  if (edges) addSigns(previous, EDGE, weight, into);
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
