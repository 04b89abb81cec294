/** Cuts a sentence into chunks: noun phrases, verb groups and the words between them. */
import type { Chunk } from './chunk.js';
import { isQuote, nounPhraseAt } from './noun-phrase.js';
import type { Marks, SentenceTokens } from './sentence-tokens.js';
import { verbGroupAt } from './verb-group.js';

const RELATIVES = new Set(['who', 'which', 'whom', 'whose', 'where', 'when']);
const SUBORDINATORS = new Set(
  'because although though while whereas if unless after before since until once that whether when than as'.split(' '),
);
/** Several words that relate like one preposition, by their first word. */
const COMPLEX_PREPOSITIONS: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    as: ['as part of', 'as a result of', 'as a member of', 'as one of'],
    at: ['at the end of', 'at the beginning of', 'at the age of', 'at the time of'],
    because: ['because of'],
    by: ['by means of', 'by way of'],
    due: ['due to'],
    ahead: ['ahead of'],
    in: [
      'in front of',
      'in association with',
      'in addition to',
      'in charge of',
      'in terms of',
      'in honor of',
      'in honour of',
      'in collaboration with',
      'in cooperation with',
      'in favor of',
      'in favour of',
      'in memory of',
      'in support of',
      'in response to',
      'in spite of',
      'in contrast to',
      'in conjunction with',
      'in place of',
      'in partnership with',
      'in opposition to',
      'in the middle of',
      'in the center of',
      'in the centre of',
      'in accordance with',
    ],
    instead: ['instead of'],
    on: ['on behalf of', 'on the basis of', 'on top of', 'on account of'],
    out: ['out of'],
    prior: ['prior to'],
    with: ['with respect to', 'with regard to'],
    north: ['north of'],
    south: ['south of'],
    east: ['east of'],
    west: ['west of'],
    northeast: ['northeast of'],
    northwest: ['northwest of'],
    southeast: ['southeast of'],
    southwest: ['southwest of'],
  }),
);
/** Words that go on with examples of what stands before them, like one more "and". */
const EXAMPLES: ReadonlyMap<string, readonly string[]> = new Map([
  ['as', ['as well as']],
  ['such', ['such as']],
  ['including', ['including']],
  ['like', ['like']],
]);
/** Words before a number that make it less exact. */
const APPROXIMATIONS: ReadonlyMap<string, readonly string[]> = new Map([
  ['more', ['more than']],
  ['less', ['less than']],
  ['fewer', ['fewer than']],
  ['as', ['as many as', 'as much as', 'as few as']],
  ['up', ['up to']],
  ['at', ['at least', 'at most']],
  ['over', ['over']],
  ['about', ['about']],
  ['around', ['around']],
  ['approximately', ['approximately']],
  ['nearly', ['nearly']],
  ['almost', ['almost']],
]);
const DASHES = /^[–—-]+$/;

/** Chunks in order; adverbs, quotes and interjections leave none. */
export function chunkSentence({ tokens: t, from, to }: SentenceTokens, marks: Marks): Chunk[] {
  const out: Chunk[] = [];
  let i = from;
  while (i < to) {
    const value = t.value[i]!;
    const word = t.word[i]!;
    const pos = t.pos[i]!;
    const named = marks.names[i] !== undefined || marks.dates[i]! > 0;
    const one = (kind: Exclude<Chunk['kind'], 'phrase' | 'verb'>): void => {
      out.push({ kind, from: i, to: i + 1, word });
      i++;
    };
    if (!named) {
      if (value === '(' || value === '[') {
        one('open');
        continue;
      }
      if (value === ')' || value === ']') {
        one('close');
        continue;
      }
      if (value === ',') {
        one('comma');
        continue;
      }
      if (pos === 'PUNCT' || pos === 'SYM') {
        if (DASHES.test(value)) one('comma');
        else if (/^[;:.!?]/.test(value)) one('break');
        else if (pos === 'SYM' && nounPhraseAt(t, marks, i, to) !== undefined) takePhrase();
        else i++;
        continue;
      }
      if (RELATIVES.has(word)) {
        one('relative');
        continue;
      }
      const before = out[out.length - 1];
      if (
        word === 'that' &&
        t.pos[i] !== 'DET' &&
        before !== undefined &&
        (before.kind === 'phrase' || before.kind === 'comma')
      ) {
        const next = i + 1 < to ? verbGroupAt(t, marks, i + 1, to) : undefined;
        one(next !== undefined || (before.kind === 'phrase' && t.pos[i] === 'PRON') ? 'relative' : 'subordinator');
        continue;
      }
      if (pos === 'CCONJ' || word === '&') {
        one('and');
        continue;
      }
      const about = sequence(APPROXIMATIONS.get(word));
      if (
        about > 0 &&
        t.pos[i + about] === 'NUM' &&
        marks.dates[i + about] === 0 &&
        (about > 1 || !takesPreposition(before))
      ) {
        i += about;
        continue;
      }
      const examples = sequence(EXAMPLES.get(word));
      if (
        examples > 0 &&
        (before?.kind === 'phrase' || before?.kind === 'comma') &&
        nounPhraseAt(t, marks, i + examples, to) !== undefined
      ) {
        if (before.kind === 'comma') out.pop();
        out.push({ kind: 'and', from: i, to: i + examples, word: 'and' });
        i += examples;
        continue;
      }
      const complex = sequence(COMPLEX_PREPOSITIONS.get(word));
      if (complex > 0) {
        out.push({ kind: 'preposition', from: i, to: i + complex, word: t.word.slice(i, i + complex).join(' ') });
        i += complex;
        continue;
      }
      if (pos === 'VERB' && before?.kind === 'preposition' && /(?:ed|en)$/.test(word) && takePhrase(true)) continue;
      const verb = verbGroupAt(t, marks, i, to);
      if (verb !== undefined) {
        out.push({ kind: 'verb', from: verb.from, to: verb.to, verb });
        i = verb.to;
        continue;
      }
      if (pos === 'ADP' || (word === 'to' && pos === 'PART')) {
        one('preposition');
        continue;
      }
      if (pos === 'SCONJ' || (SUBORDINATORS.has(word) && pos === 'ADV')) {
        const nounAhead = i + 1 < to && nounPhraseAt(t, marks, i + 1, to) !== undefined;
        one(
          /^(?:after|before|since|until|than|as)$/.test(word) && nounAhead && !clauseAhead(i + 1)
            ? 'preposition'
            : 'subordinator',
        );
        continue;
      }
    }
    if (takePhrase()) continue;
    if (pos === 'ADJ' || (pos === 'ADV' && /^(?:north|south|east|west)/.test(word))) one('adjective');
    else i++;
  }
  return out;

  /** "revolves around two cops", not "has around two thousand". */
  function takesPreposition(before: Chunk | undefined): boolean {
    return (
      before?.kind === 'phrase' ||
      (before?.kind === 'verb' && before.verb.lemma !== 'be' && before.verb.lemma !== 'have')
    );
  }

  /** Number of tokens of the first of the word sequences that starts here, 0 for none. */
  function sequence(candidates: readonly string[] | undefined): number {
    if (candidates === undefined) return 0;
    for (const candidate of candidates) {
      const words = candidate.split(' ');
      if (i + words.length <= to && words.every((word, n) => t.word[i + n] === word)) return words.length;
    }
    return 0;
  }

  function takePhrase(participle = false): boolean {
    const phrase = nounPhraseAt(t, marks, i, to, undefined, participle);
    if (phrase === undefined) return false;
    out.push({ kind: 'phrase', from: i, to: phrase.to, phrase });
    i = phrase.to;
    while (i < to && isQuote(t.value[i]!)) i++;
    return true;
  }

  function clauseAhead(at: number): boolean {
    const phrase = nounPhraseAt(t, marks, at, to);
    return phrase !== undefined && phrase.to < to && verbGroupAt(t, marks, phrase.to, to)?.form === 'finite';
  }
}
