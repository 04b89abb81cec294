/** Turns a noun phrase into an end of a relation: names and values as written, pronouns and "the journal" to what they stand for. */
import type { EntityType, RelationEnd, Span } from '../../graph-schema/index.js';
import { demonym } from '../../src/graph/demonyms.js';
import type { NounPhrase } from './chunk.js';
import { typeOfNoun } from './lexicon.js';
import { type NameKeys, plainKey } from './name-keys.js';
import { type Speaker, speakersOf } from './speakers.js';
import {
  CAST,
  DEMONYM,
  EMPTY,
  FIRST_PERSON,
  GENERIC,
  MANY_PRONOUNS,
  OTHER,
  PERSON_PRONOUNS,
  PLURAL_NOUNS,
  SAME,
  THING_PRONOUNS,
} from './stand-in-words.js';
import type { DocumentSubject } from './subject.js';
import type { TaggedTokens } from './tagger.js';

export interface ResolvedEnd {
  readonly end: RelationEnd;
  /** Factor of confidence, 1 for a name as written. */
  readonly certainty: number;
}

/** Resolves the phrases of one passage. Sentences must be announced in order by `startSentence`. */
export class EndResolver {
  readonly #text: string;
  readonly #tokens: TaggedTokens;
  readonly #subject: DocumentSubject;
  readonly #keys: NameKeys;
  /** The last person and the last other name that was a subject, as antecedents that are not the document's subject. */
  #lastPerson: RelationEnd | undefined;
  #age = 0;
  readonly #speakers: readonly Speaker[];
  /** Number of who speaks; -1 before the first. */
  #speaking = -1;
  /** Ends by phrase: a phrase is an end several times. */
  readonly #known = new Map<NounPhrase, ResolvedEnd | undefined>();

  constructor(text: string, tokens: TaggedTokens, subject: DocumentSubject, keys: NameKeys) {
    this.#text = text;
    this.#tokens = tokens;
    this.#subject = subject;
    this.#keys = keys;
    this.#speakers = speakersOf(text);
  }

  /** @param last offset of the sentence's last token: a sentence may hold its speaker's name */
  startSentence(last: number): void {
    this.#known.clear();
    while (this.#speaking + 1 < this.#speakers.length && this.#speakers[this.#speaking + 1]!.from <= last)
      this.#speaking++;
    if (++this.#age > 2) this.#lastPerson = undefined;
  }

  /** Remembers a subject as the antecedent of later pronouns. */
  noteSubject(end: RelationEnd): void {
    if (end.type === 'person' && end.kind === 'entity' && end.span !== undefined) {
      this.#lastPerson = end;
      this.#age = 0;
    }
  }

  /** The document's subject without a place in the text. */
  title(): ResolvedEnd | undefined {
    const { key, surface, type } = this.#subject;
    if (key === '') return undefined;
    return { end: { key, surface, kind: 'entity', ...(type !== undefined ? { type } : {}) }, certainty: 0.7 };
  }

  /** End for a phrase, or undefined when it stands for nothing that can be told. */
  resolve(phrase: NounPhrase): ResolvedEnd | undefined {
    let end = this.#known.get(phrase);
    if (end === undefined && !this.#known.has(phrase)) {
      end = this.#end(phrase);
      this.#known.set(phrase, end);
    }
    return end;
  }

  #end(phrase: NounPhrase): ResolvedEnd | undefined {
    switch (phrase.kind) {
      case 'pronoun':
        return this.pronoun(this.#tokens.word[phrase.head]!, phrase.from);
      case 'name':
        return this.#named(phrase);
      case 'date':
      case 'quantity':
        return this.#value(phrase.from, phrase.to, phrase.kind === 'date' ? 'date' : 'quantity', 1);
      case 'noun':
        return this.#definite(phrase) ?? this.#noun(phrase);
    }
  }

  /** What a pronoun or possessive pronoun at a token stands for. */
  pronoun(word: string, token: number): ResolvedEnd | undefined {
    const { type, pronoun } = this.#subject;
    const span: Span = [this.#tokens.start[token]!, this.#tokens.end[token]!];
    if (FIRST_PERSON.has(word)) {
      const speaker = this.#speakers[this.#speaking];
      return speaker === undefined ? undefined : { end: { ...speaker.end, span }, certainty: 0.8 };
    }
    const person = PERSON_PRONOUNS[word];
    if (person !== undefined) {
      if (type === 'person' && (pronoun === undefined || pronoun === person)) return this.#standIn(span, 0.85);
      if (this.#lastPerson !== undefined) return { end: { ...this.#lastPerson, span }, certainty: 0.6 };
      return type === undefined && pronoun === undefined ? this.#standIn(span, 0.5) : undefined;
    }
    if (THING_PRONOUNS.has(word)) return type === 'person' ? undefined : this.#standIn(span, 0.8);
    if (MANY_PRONOUNS.has(word)) {
      return type !== undefined && PLURAL_NOUNS.has(type)
        ? this.#standIn(span, 0.7)
        : type === undefined
          ? this.#standIn(span, 0.5)
          : undefined;
    }
    return undefined;
  }

  /** True for "French" or "American": a name that stands for a country. */
  isDemonym(phrase: NounPhrase): boolean {
    const [from, to] = phrase.name!.run.span;
    const surface = this.#text.slice(from, to);
    return DEMONYM.test(surface) && demonym(this.#keys.plain(surface)) !== undefined;
  }

  textOf(phrase: NounPhrase): string {
    return this.#text.slice(this.#tokens.start[phrase.from]!, this.#tokens.end[phrase.to - 1]!);
  }

  /** The document is about a work with a cast. */
  get tellsOfParts(): boolean {
    return this.#subject.type === 'work' && this.#subject.nouns.some((noun) => CAST.has(noun));
  }

  /** True when "the <noun>" stands for the document's subject. */
  standsForSubject(noun: string): boolean {
    const { type, nouns, key } = this.#subject;
    if (nouns.includes(noun)) return true;
    if (type !== 'person' && key.endsWith(` ${noun}`)) return true;
    return type !== undefined && nouns.length === 0 && GENERIC[type]?.has(noun) === true;
  }

  #standIn(span: Span, certainty: number): ResolvedEnd | undefined {
    const title = this.title();
    // a title of which nothing is told ("Minutes") is a doubtful antecedent, a mere number ("20260708") none
    if (title === undefined || !/\p{L}/u.test(title.end.surface)) return undefined;
    const told = this.#subject.type !== undefined || this.#subject.nouns.length > 0;
    return { end: { ...title.end, span }, certainty: told ? certainty : certainty * 0.75 };
  }

  #named(phrase: NounPhrase): ResolvedEnd {
    const { run } = phrase.name!;
    const surface = this.#text.slice(run.span[0], run.span[1]);
    const key = this.#keys.entity(surface);
    const { type } = run;
    const short = this.#subject.names.has(key);
    const told = short ? (this.#subject.type ?? type) : type;
    return {
      end: {
        key: short ? this.#subject.key : key,
        surface,
        span: run.span,
        kind: 'entity',
        ...(told !== undefined ? { type: told } : {}),
      },
      certainty: 1,
    };
  }

  /** "the film", "this journal": the document's subject when its lead calls it so. */
  #definite(phrase: NounPhrase): ResolvedEnd | undefined {
    if (!/^(?:the|this)$/.test(phrase.determiner) || phrase.possessor !== undefined) return undefined;
    const length = phrase.to - phrase.from;
    const modified = length === 2 && SAME.has(this.#tokens.word[phrase.from]!);
    const head = this.standsForSubject(this.#tokens.word[phrase.head]!);
    const own =
      length === 1 || modified
        ? head
        : this.#endsTitle(phrase) || (head && length === 2 && this.#describes(phrase.from));
    return own ? this.#standIn([this.#tokens.start[phrase.from]!, this.#tokens.end[phrase.to - 1]!], 0.8) : undefined;
  }

  /** "the dance-pop song" may be the same song, "the second song" is another. */
  #describes(modifier: number): boolean {
    return (
      /^\p{Ll}/u.test(this.#tokens.value[modifier]!) &&
      !OTHER.test(this.#tokens.word[modifier]!) &&
      this.#tokens.pos[modifier] === 'ADJ'
    );
  }

  /** "the river otter" in "North American river otter". */
  #endsTitle(phrase: NounPhrase): boolean {
    const key = plainKey(this.#tokens, phrase.from, phrase.to);
    return key !== undefined && this.#subject.type !== 'person' && this.#subject.key.endsWith(` ${key}`);
  }

  #noun(phrase: NounPhrase): ResolvedEnd | undefined {
    // "of the same name", "in this way"
    if (EMPTY.has(this.#tokens.word[phrase.head]!)) return undefined;
    const type = typeOfNoun(this.#tokens.word[phrase.head]!);
    // A possessor belongs to what the words mean: "Mary's sister" is no value without Mary.
    const from =
      phrase.possessor !== undefined && phrase.possessor.kind === 'name' ? phrase.possessor.from : phrase.from;
    return this.#value(
      from,
      phrase.to,
      type,
      phrase.determiner === 'the' || phrase.possessor !== undefined ? 0.8 : 0.9,
    );
  }

  #value(from: number, to: number, type: EntityType | undefined, certainty: number): ResolvedEnd | undefined {
    const span: Span = [this.#tokens.start[from]!, this.#tokens.end[to - 1]!];
    const surface = this.#text.slice(span[0], span[1]);
    const key = plainKey(this.#tokens, from, to) ?? this.#keys.plain(surface);
    if (key === '') return undefined;
    return { end: { key, surface, span, kind: 'value', ...(type !== undefined ? { type } : {}) }, certainty };
  }
}
