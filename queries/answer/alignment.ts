/** Where the words of a question stand around a span of a sentence, in the question's own order. */
import { stem, stopWords } from '../../src/text/index.js';
import { COPULAS, type QuestionAnalysis } from './analyse-question.js';
import { type EvidenceSentence, sameRoot } from './evidence.js';
import { FAR } from './near.js';

/** 1: the question word is the subject ("who founded X"), .5: after it comes is or was, 0: another verb is asked about. */
export type AskedForm = 0 | 0.5 | 1;

export interface QuestionShape {
  readonly form: AskedForm;
  /** Stem of the first word after the question word and its noun that tells something, and of the question's last. */
  readonly first: string;
  readonly last: string;
  /** Folded words. */
  readonly words: readonly string[];
}

const AUXILIARY = /^(?:do|does|did|has|have|had|can|could|will|would|should|may|might)$/;

/** The shape of an English question. */
export function questionShape(question: QuestionAnalysis): QuestionShape {
  const { words } = question.tokens;
  const roots = words.map((word) => stem(word, 'en'));
  const asks = question.word.split(' ')[0]!;
  let at = words.indexOf(asks) + 1;
  while (at < words.length && question.focus.includes(roots[at]!)) at++;
  const verb = words[at] ?? '';
  const stop = stopWords('en');
  const content = (i: number): boolean => i < words.length && !stop.has(words[i]!);
  let first = at;
  while (first < words.length && (!content(first) || AUXILIARY.test(words[first]!))) first++;
  let last = words.length - 1;
  while (last > first && !content(last)) last--;
  return {
    form: COPULAS.has(verb) ? 0.5 : AUXILIARY.test(verb) ? 0 : 1,
    first: roots[first] ?? '',
    last: roots[last] ?? '',
    words,
  };
}

/** 1 at each token of the root of a stem. */
export function marksOf(sentence: EvidenceSentence, root: string): Uint8Array {
  const marks = new Uint8Array(sentence.stems.length);
  if (root === '') return marks;
  sentence.stems.forEach((other, i) => {
    if (other !== '' && sameRoot(root, other)) marks[i] = 1;
  });
  return marks;
}

/**
 * Longest runs of words that question and sentence have in common, by the token of the sentence at which they end and
 * begin; at most FAR.
 */
export function commonRuns(
  sentence: EvidenceSentence,
  { words }: QuestionShape,
): { readonly ending: Uint8Array; readonly beginning: Uint8Array } {
  const { tokens } = sentence;
  const ending = new Uint8Array(tokens.count);
  const beginning = new Uint8Array(tokens.count);
  for (let i = 0; i < tokens.count; i++) {
    for (let j = 0; j < words.length; j++) {
      if (tokens.words[i] !== words[j]) continue;
      if (i > 0 && j > 0 && tokens.words[i - 1] === words[j - 1]) continue;
      let length = 1;
      while (
        length < FAR &&
        i + length < tokens.count &&
        j + length < words.length &&
        tokens.words[i + length] === words[j + length]
      ) {
        length++;
      }
      for (let n = 0; n < length; n++) {
        if (n + 1 > ending[i + n]!) ending[i + n] = n + 1;
        if (length - n > beginning[i + n]!) beginning[i + n] = length - n;
      }
    }
  }
  return { ending, beginning };
}
