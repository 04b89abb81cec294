/** Parts of speech of a question, by compromise, loaded at the first English question. */
import type compromise from 'compromise/two';

export interface TaggedWord {
  /** As written, without punctuation around it. */
  readonly text: string;
  readonly noun: boolean;
  readonly verb: boolean;
  /** Function words that end a noun phrase: prepositions, conjunctions, question words, auxiliaries. */
  readonly function: boolean;
}

let loading: Promise<typeof compromise> | undefined;

/** Starts loading, so that it overlaps with other work; idempotent. */
export function loadTagger(): Promise<typeof compromise> {
  loading ??= import('compromise/two').then((module) => module.default);
  return loading;
}

interface Term {
  readonly text: string;
  readonly tags?: readonly string[];
}

/** Words of the question with what their tags say. */
export async function tagQuestion(question: string): Promise<readonly TaggedWord[]> {
  const nlp = await loadTagger();
  const sentences = nlp(question).json() as readonly { readonly terms: readonly Term[] }[];
  return sentences.flatMap((sentence) =>
    sentence.terms.map(({ text, tags = [] }) => {
      const has = (tag: string): boolean => tags.includes(tag);
      return {
        text,
        noun: has('Noun') && !has('Pronoun'),
        verb: has('Verb'),
        function:
          has('Preposition') ||
          has('Conjunction') ||
          has('QuestionWord') ||
          has('Auxiliary') ||
          has('Copula') ||
          has('Modal'),
      };
    }),
  );
}
