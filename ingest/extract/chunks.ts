/** Cuts a sentence into chunks: noun phrases, verb groups and the words between them. */
import type { Chunk } from './chunk.js';
import { isQuote, nounPhraseAt } from './noun-phrase.js';
import type { Marks, SentenceTokens } from './sentence-tokens.js';
import { verbGroupAt } from './verb-group.js';

const RELATIVES = new Set(['who', 'which', 'whom', 'whose', 'where', 'when']);
const SUBORDINATORS = new Set(
  'because although though while whereas if unless after before since until once that whether when than as'.split(' '),
);
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
      if (word === 'as' && t.word[i + 1] === 'well' && t.word[i + 2] === 'as') {
        out.push({ kind: 'and', from: i, to: i + 3, word: 'and' });
        i += 3;
        continue;
      }
      const verb = verbGroupAt(t, marks, i, to);
      if (verb !== undefined) {
        out.push({ kind: 'verb', from: verb.from, to: verb.to, verb });
        i = verb.to;
        continue;
      }
      if (pos === 'ADP' || (word === 'to' && pos === 'PART')) {
        const merged = t.word[i + 1] === 'of' && /^(?:because|out|instead|ahead|north|south|east|west)$/.test(word);
        out.push({ kind: 'preposition', from: i, to: merged ? i + 2 : i + 1, word: merged ? `${word} of` : word });
        i += merged ? 2 : 1;
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

  function takePhrase(): boolean {
    const phrase = nounPhraseAt(t, marks, i, to);
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
