/** Mends what the tagger gets wrong in ways that cost relations: verbs taken for nouns and for adjectives. */
import { lexicon } from './lexicon.js';
import type { TaggedTokens } from './tagger.js';

/** Verbs that the tagger takes for plural nouns in "the film stars X". */
const VERBAL_PLURALS =
  /^(?:stars|features|follows|tells|airs|borders|houses|covers|lies|flows|links|hosts|serves|sits|premieres|ranks|centers|focuses)$/;
const VERBAL_INGS = /^(?:broadcasting|serving|featuring|containing|starring|covering|operating|playing|consisting)$/;
const RELATIVE = /^(?:which|who|that)$/;
const SUBJECT_PRONOUN = /^(?:he|she|it|they|we|i)$/;

/**
 * Changes tags in place.
 * @param named the token is part of a name
 */
export function retag(tokens: TaggedTokens, named: (token: number) => boolean): void {
  const { pos, word, count } = tokens;
  for (let i = 1; i + 1 < count; i++) {
    if (named(i)) continue;
    if (word[i] === 'part' && word[i + 1] === 'of') pos[i] = 'NOUN';
    if (
      pos[i] === 'NOUN'
        ? nounIsVerb(tokens, i, named)
        : pos[i] === 'ADJ' && word[i]!.endsWith('ed') && adjectiveIsVerb(tokens, i, named)
    ) {
      pos[i] = 'VERB';
      tokens.mended.add(i);
    }
  }
}

function nounIsVerb({ pos, word }: TaggedTokens, i: number, named: (token: number) => boolean): boolean {
  const before = pos[i - 1]!;
  const after = pos[i + 1]!;
  const form = word[i]!;
  // "a radio station broadcasting at 94.3 FM"
  if (before === 'NOUN' && VERBAL_INGS.test(form) && (after === 'ADP' || after === 'DET' || named(i + 1))) return true;
  // "She swam for Italy"
  if (before === 'PRON' && SUBJECT_PRONOUN.test(word[i - 1]!) && lexicon().irregular.has(form)) return true;
  const opens = named(i + 1) || after === 'DET' || after === 'ADP';
  if (!opens && after !== 'NUM') return false;
  if (form.endsWith('s')) {
    // "which rises in", "the film stars X"
    // "that" before a plural is no determiner; as a conjunction it may open a clause with that plural as subject
    if (RELATIVE.test(word[i - 1]!) && (before !== 'SCONJ' || after === 'DET')) return true;
    const subject = before === 'NOUN' || before === 'PROPN' || before === 'PRON' || named(i - 1);
    return opens && subject && VERBAL_PLURALS.test(form);
  }
  // "Botswana and South Africa form the union"
  return named(i - 1) && after === 'DET' && lexicon().verbs.has(form);
}

/** "never married Otis Lord", "and commanded 2,000 soldiers". */
function adjectiveIsVerb({ pos }: TaggedTokens, i: number, named: (token: number) => boolean): boolean {
  const before = pos[i - 1]!;
  const after = pos[i + 1]!;
  const object = named(i + 1) || after === 'DET' || after === 'PRON' || after === 'NUM';
  return object && before !== 'DET' && before !== 'ADP' && before !== 'ADJ';
}
