/** Mends what the tagger gets wrong in ways that cost relations: verbs taken for plural nouns and for adjectives. */
import type { TaggedTokens } from './tagger.js';

/** Verbs that the tagger takes for plural nouns in "the film stars X". */
const VERBAL_PLURALS =
  /^(?:stars|features|follows|tells|airs|borders|houses|covers|lies|flows|links|hosts|serves|sits|premieres|ranks|centers|focuses)$/;
const RELATIVE = /^(?:which|who|that)$/;

/**
 * Changes tags in place.
 * @param named the token is part of a name
 */
export function retag(tokens: TaggedTokens, named: (token: number) => boolean): void {
  const { pos, word, count } = tokens;
  for (let i = 1; i + 1 < count; i++) {
    if (named(i)) continue;
    const before = pos[i - 1]!;
    const after = pos[i + 1]!;
    if (pos[i] === 'NOUN' && word[i]!.endsWith('s')) {
      const opens = named(i + 1) || after === 'DET' || after === 'ADP';
      const relative =
        RELATIVE.test(word[i - 1]!) && (before !== 'DET' || word[i - 1] === 'which') && (opens || after === 'NUM');
      const subject = before === 'NOUN' || before === 'PROPN' || before === 'PRON' || named(i - 1);
      if (!relative && !(opens && subject && VERBAL_PLURALS.test(word[i]!))) continue;
    } else if (pos[i] === 'ADJ' && word[i]!.endsWith('ed')) {
      // "never married Otis Lord", "and commanded 2,000 soldiers"
      const object = named(i + 1) || after === 'DET' || after === 'PRON' || after === 'NUM';
      if (!object || before === 'DET' || before === 'ADP' || before === 'ADJ') continue;
    } else continue;
    pos[i] = 'VERB';
  }
}
