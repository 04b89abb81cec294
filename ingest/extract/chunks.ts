/** Cuts a sentence into chunks: noun phrases, verb groups and the words between them. */
import type { Chunk } from './chunk.js';
import { isQuote, nounPhraseAt } from './noun-phrase.js';
import type { Marks, SentenceTokens } from './sentence-tokens.js';
import { startsVerbGroup, verbGroupAt } from './verb-group.js';
import { sequencesAt } from './word-sequences.js';

type WordKind = Exclude<Chunk['kind'], 'phrase' | 'verb'>;

const RELATIVES = new Set(['who', 'which', 'whom', 'whose', 'where', 'when']);
const SUBORDINATORS = new Set(
  'because although though while whereas if unless after before since until once that whether when than as'.split(' '),
);
/** Subordinators that are prepositions before a mere noun phrase. */
const BOTH = new Set(['after', 'before', 'since', 'until', 'than', 'as']);
const DASHES = /^[–—-]+$/;
const ENDS = /^[;:.!?]/;
const PARTICIPLE = /(?:ed|en)$/;
const PUNCTUATION: ReadonlyMap<string, WordKind> = new Map([
  ['(', 'open'],
  ['[', 'open'],
  [')', 'close'],
  [']', 'close'],
  [',', 'comma'],
]);

/** Chunks in order; adverbs, quotes and interjections leave none. */
export function chunkSentence(sentence: SentenceTokens, marks: Marks): Chunk[] {
  return new Chunker(sentence, marks).read();
}

class Chunker {
  readonly #out: Chunk[] = [];
  #i: number;

  constructor(
    private readonly sentence: SentenceTokens,
    private readonly marks: Marks,
  ) {
    this.#i = sentence.from;
  }

  read(): Chunk[] {
    const { names, dates } = this.marks;
    while (this.#i < this.sentence.to) {
      const named = names[this.#i] !== undefined || dates[this.#i]! > 0;
      if (!named && (this.#punctuation() || this.#functionWord())) continue;
      if (!this.#phrase()) this.#leftOver();
    }
    return this.#out;
  }

  #take(kind: WordKind, length = 1, word = this.sentence.tokens.word[this.#i]!): true {
    this.#out.push({ kind, from: this.#i, to: this.#i + length, word });
    this.#i += length;
    return true;
  }

  #punctuation(): boolean {
    const { tokens: t, to } = this.sentence;
    const value = t.value[this.#i]!;
    const kind = PUNCTUATION.get(value);
    if (kind !== undefined) return this.#take(kind);
    const pos = t.pos[this.#i]!;
    if (pos !== 'PUNCT' && pos !== 'SYM') return false;
    if (DASHES.test(value)) return this.#take('comma');
    if (ENDS.test(value)) return this.#take('break');
    if (pos === 'SYM' && nounPhraseAt(t, this.marks, this.#i, to) !== undefined) return this.#phrase();
    this.#i++;
    return true;
  }

  /** Conjunctions, prepositions, relatives and verbs; true when something was taken or skipped. */
  #functionWord(): boolean {
    const { tokens: t, to } = this.sentence;
    const i = this.#i;
    const word = t.word[i]!;
    const pos = t.pos[i]!;
    if (RELATIVES.has(word)) return this.#take('relative');
    const before = this.#out[this.#out.length - 1];
    if (word === 'that' && pos !== 'DET' && (before?.kind === 'phrase' || before?.kind === 'comma')) {
      const relative =
        verbGroupAt(t, this.marks, i + 1, to) !== undefined || (before.kind === 'phrase' && pos === 'PRON');
      return this.#take(relative ? 'relative' : 'subordinator');
    }
    if (pos === 'CCONJ' || word === '&') return this.#take('and');
    if (this.#sequence(before)) return true;
    if (pos === 'VERB' && before?.kind === 'preposition' && PARTICIPLE.test(word) && this.#phrase(true)) return true;
    if (startsVerbGroup(t, i)) {
      const verb = verbGroupAt(t, this.marks, i, to);
      if (verb !== undefined) {
        this.#out.push({ kind: 'verb', from: verb.from, to: verb.to, verb });
        this.#i = verb.to;
        return true;
      }
    }
    if (pos === 'ADP' || (word === 'to' && pos === 'PART')) return this.#take('preposition');
    if (pos === 'SCONJ' || (pos === 'ADV' && SUBORDINATORS.has(word))) {
      return this.#take(BOTH.has(word) && this.#mereNounAhead() ? 'preposition' : 'subordinator');
    }
    return false;
  }

  #sequence(before: Chunk | undefined): boolean {
    const { tokens: t, to } = this.sentence;
    const i = this.#i;
    for (const { kind, words } of sequencesAt(t, i, to)) {
      const end = i + words.length;
      if (kind === 'preposition') return this.#take('preposition', words.length, words.join(' '));
      if (kind === 'about') {
        const counts = end < to && t.pos[end] === 'NUM' && this.marks.dates[end] === 0;
        if (!counts || (words.length === 1 && takesPreposition(before))) continue;
        this.#i = end;
        return true;
      }
      const listed = before?.kind === 'phrase' || before?.kind === 'comma';
      if (!listed || end >= to || nounPhraseAt(t, this.marks, end, to) === undefined) continue;
      if (before.kind === 'comma') this.#out.pop();
      return this.#take('and', words.length, 'and');
    }
    return false;
  }

  #phrase(participle = false): boolean {
    const { tokens: t, to } = this.sentence;
    const phrase = nounPhraseAt(t, this.marks, this.#i, to, undefined, participle);
    if (phrase === undefined) return false;
    this.#out.push({ kind: 'phrase', from: this.#i, to: phrase.to, phrase });
    this.#i = phrase.to;
    while (this.#i < to && isQuote(t.value[this.#i]!)) this.#i++;
    return true;
  }

  #leftOver(): void {
    const { tokens: t } = this.sentence;
    const pos = t.pos[this.#i];
    if (pos === 'ADJ' || (pos === 'ADV' && /^(?:north|south|east|west)/.test(t.word[this.#i]!)))
      this.#take('adjective');
    else this.#i++;
  }

  /** A noun phrase follows that is not the subject of a verb. */
  #mereNounAhead(): boolean {
    const { tokens: t, to } = this.sentence;
    const phrase = this.#i + 1 < to ? nounPhraseAt(t, this.marks, this.#i + 1, to) : undefined;
    if (phrase === undefined || phrase.to >= to) return phrase !== undefined;
    const form = verbGroupAt(t, this.marks, phrase.to, to)?.form;
    return form !== 'finite' && form !== 'bare';
  }
}

/** "revolves around two cops", not "has around two thousand". */
function takesPreposition(before: Chunk | undefined): boolean {
  return (
    before?.kind === 'phrase' || (before?.kind === 'verb' && before.verb.lemma !== 'be' && before.verb.lemma !== 'have')
  );
}
