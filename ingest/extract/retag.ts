/** Mends what the tagger gets wrong in ways that cost relations: verbs taken for nouns and for adjectives. */
import { lexicon } from './lexicon.js';
import type { TaggedTokens } from './tagger.js';

/** Verbs that the tagger takes for plural nouns in "the film stars X". */
const VERBAL_PLURALS =
  /^(?:stars|features|follows|tells|airs|borders|houses|covers|lies|flows|links|hosts|serves|sits|premieres|ranks|centers|focuses)$/;
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
  // "She swam for Italy"
  if (before === 'PRON' && SUBJECT_PRONOUN.test(word[i - 1]!) && lexicon().irregular.has(form)) return true;
  const opens = named(i + 1) || after === 'DET' || after === 'ADP';
  if (!opens && after !== 'NUM') return false;
  if (form.endsWith('s')) {
    // "which rises in", "the film stars X"
    if (RELATIVE.test(word[i - 1]!) && (before !== 'DET' || word[i - 1] === 'which')) return true;
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
