/**
 * Names by orthography: runs of capitalised words with the particles and short numbers between them
 * ("University of Oxford", "Apollo 11"), function words at the head and particles at the tail cut.
 */
import type { Tokens } from '../text/index.js';
import { stopWords } from '../text/index.js';
import { CALENDAR, NAME_PARTICLES, SENTENCE_HEADS } from './function-words.js';

const STOP = stopWords('en');
/** What may stand between two words of one name. */
const GAP = /^(?:'s)?(?:\.? ?|-)$|^ & $/;
const MAX_PARTICLES = 3;
const MAX_DIGITS = 4;

const joins = (text: string, tokens: Tokens, left: number): boolean => {
  const from = tokens.end[left]!;
  const to = tokens.start[left + 1]!;
  if (to === from) return true;
  if (to - from === 1) {
    const code = text.charCodeAt(from);
    return code === 32 || code === 46 || code === 45 || code === 160;
  }
  return to - from <= 5 && GAP.test(text.slice(from, to).replaceAll('\u2019', "'").replaceAll('\u00a0', ' '));
};

/** Words that a date follows at the head of a sentence: "In 1903 Marie Curie" names Marie Curie alone. */
const DATE_PREPOSITIONS: ReadonlySet<string> = new Set(
  'in on by since until before after during from of at'.split(' '),
);

const isDatePart = (tokens: Tokens, i: number): boolean => tokens.shape[i] === 2 || CALENDAR.has(tokens.words[i]!);

/** True when the tokens alone make no name: one function word, single letter or month, or only months and numbers. */
function isNoName(tokens: Tokens, from: number, to: number): boolean {
  const word = tokens.words[from]!;
  if (to - from === 1 && (word.length < 2 || CALENDAR.has(word) || STOP.has(word))) return true;
  for (let i = from; i < to; i++)
    if (!CALENDAR.has(tokens.words[i]!) && !/^\p{Nd}+$/u.test(tokens.words[i]!)) return false;
  return true;
}

/**
 * Runs within tokens [from, to) of one sentence, flat [a0, b0, a1, b1, ...] in token numbers.
 * @param from default 0
 * @param to default all tokens
 * @param language ISO 639-1; its function words are cut from the head of the sentence too
 */
export function capitalRuns(text: string, tokens: Tokens, from = 0, to = tokens.count, language = 'en'): number[] {
  const { words, shape } = tokens;
  const others = language === 'en' || language === 'und' ? undefined : stopWords(language);
  const runs: number[] = [];
  let i = from;
  while (i < to) {
    if (shape[i] !== 1) {
      i++;
      continue;
    }
    let j = i + 1;
    while (j < to && joins(text, tokens, j - 1)) {
      if (shape[j] === 1 || (shape[j] === 2 && words[j]!.length <= MAX_DIGITS)) {
        j++;
        continue;
      }
      if (!NAME_PARTICLES.has(words[j]!)) break;
      let k = j + 1;
      while (k < to && k < j + MAX_PARTICLES && NAME_PARTICLES.has(words[k]!) && joins(text, tokens, k - 1)) k++;
      if (k >= to || shape[k] !== 1 || !joins(text, tokens, k - 1)) break;
      j = k + 1;
    }
    let a = i;
    let b = j;
    while (a < j && SENTENCE_HEADS.has(words[a]!)) a++;
    // Names of other languages begin with articles ("Le Monde"): there only the sentence's first words are in doubt.
    if (i === from && others !== undefined) while (a < j && others.has(words[a]!)) a++;
    if (a > i && DATE_PREPOSITIONS.has(words[a - 1]!)) while (a + 1 < j && isDatePart(tokens, a)) a++;
    while (b > a && NAME_PARTICLES.has(words[b - 1]!)) b--;
    if (b > a && !isNoName(tokens, a, b)) runs.push(a, b);
    i = j;
  }
  return runs;
}
