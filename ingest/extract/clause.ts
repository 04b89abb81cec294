/** The clause being read: its subjects, its predicate, and the statements that follow from a further phrase. */
import type { NounPhrase, VerbGroup } from './chunk.js';
import { MAX_PREDICATE_WORDS, PARTS, POSSESSIVE_PRONOUN } from './clause-words.js';
import { describe, type Reading, wordsOf } from './reading.js';
import type { EndSource } from './relation-sink.js';

export interface Subject {
  readonly source: EndSource;
  /** "director" when the subject is "X's director" or "the director of X" and stands for X's. */
  readonly part: string;
  readonly from: number;
  readonly phrase: NounPhrase;
  /** The document's subject is the owner though nothing says so: "The population was 788". */
  readonly implied?: boolean;
}

export interface Predicate {
  readonly text: string;
  readonly verb: VerbGroup;
  /** The clause's main verb, not a participle. */
  readonly finite: boolean;
  readonly negated: boolean;
  readonly hedged: boolean;
}

/** A phrase before its clause: "In 1960, ...", "Born in Rome, ...". */
export interface Deferred {
  readonly text: string;
  /** The text is a whole predicate; otherwise a preposition that follows the clause's. */
  readonly whole: boolean;
  readonly object: NounPhrase;
}

/** Confidence falls with each further phrase behind a verb. */
const DECAY = 0.88;

export class Clause {
  readonly #reading: Reading;
  subjects: Subject[] = [];
  predicate: Predicate | undefined;
  /** Last phrase read. */
  last: NounPhrase | undefined;
  /** Predicate of the last statement, for a list that goes on. */
  lastText = '';
  /** Predicate and kind of the direct object, for a list that goes on past its modifiers. */
  object: { readonly text: string; readonly phrase: NounPhrase } | undefined;
  /** The last phrase says what the subject is. */
  nominal = false;
  /** "X, a novelist at Y": the noun's own prepositional phrase tells of X. */
  appositive: { readonly name: NounPhrase; readonly noun: NounPhrase } | undefined;
  /** The last name was a place within the one before: "Rome, Italy". */
  placed = false;
  /** Phrases stated since the verb. */
  depth = 0;
  deferred: Deferred[] = [];
  /** "the film" of "the film that X directed". */
  gap: NounPhrase | undefined;
  /** What the clause says is somebody's word or a condition. */
  hedged = false;
  #saved: { readonly subjects: Subject[]; readonly predicate: Predicate | undefined } | undefined;

  constructor(reading: Reading) {
    this.#reading = reading;
  }

  /** Forgets everything of the clause before. */
  start(): void {
    this.subjects = [];
    this.last = undefined;
    this.nominal = false;
    this.hedged = false;
    this.depth = 0;
    this.appositive = undefined;
    this.startVerbless();
  }

  /** Forgets the verb; the subjects stay until they are set anew. */
  startVerbless(): void {
    this.predicate = undefined;
    this.deferred = [];
    this.gap = undefined;
    this.#saved = undefined;
    this.object = undefined;
    this.lastText = '';
  }

  setSubject(phrase: NounPhrase): void {
    this.subjects = [this.subjectOf(phrase)];
    this.nominal = false;
    this.depth = 0;
    if (phrase.kind === 'name') {
      const resolved = this.#reading.resolver.resolve(phrase);
      if (resolved !== undefined) this.#reading.resolver.noteSubject(resolved.end);
    }
  }

  /** A phrase as subject; "X's director" becomes X with the part "director". */
  subjectOf(phrase: NounPhrase): Subject {
    const { tokens, resolver } = this.#reading;
    if (phrase.kind === 'noun' || phrase.kind === 'quantity') {
      const owner =
        phrase.possessor ??
        (POSSESSIVE_PRONOUN.test(phrase.determiner)
          ? resolver.pronoun(phrase.determiner, phrase.determinerAt!)
          : undefined);
      if (owner !== undefined)
        return { source: owner, part: wordsOf(tokens, phrase.from, phrase.to), from: phrase.from, phrase };
    }
    if (
      phrase.kind === 'noun' &&
      phrase.determiner === 'the' &&
      !resolver.standsForSubject(tokens.word[phrase.head]!) &&
      this.#tellsOfOwner(phrase)
    ) {
      // "The current editor is X": a part or role of what the document is about
      const title = resolver.title();
      if (title !== undefined)
        return {
          source: title,
          part: wordsOf(tokens, phrase.from, phrase.to),
          from: phrase.from,
          phrase,
          implied: true,
        };
    }
    return { source: phrase, part: '', from: phrase.from, phrase };
  }

  /** "The population was 788", "The screenplay was written by X": a part of what the document is about. */
  #tellsOfOwner(phrase: NounPhrase): boolean {
    const { chunks, tokens } = this.#reading;
    const next = chunks.find((chunk) => chunk.from >= phrase.to);
    if (next?.kind !== 'verb' || next.verb.form !== 'finite') return false;
    return (next.verb.lemma === 'be' && !next.verb.passive) || PARTS.has(tokens.word[phrase.head]!);
  }

  /** States the predicate `text` between each subject and the object; `listed`: the object goes on with a list. */
  state(text: string, object: NounPhrase, confidence: number, listed = false): void {
    const { negated, hedged, verb } = this.predicate!;
    const { sink } = this.#reading;
    // the items of a list are as sure as its first
    const decayed = confidence * DECAY ** (listed ? Math.max(0, this.depth - 1) : this.depth++);
    const plain = verb.lemma === 'be' && !verb.passive;
    for (const { source: owner, part: owned, from, phrase, implied } of this.subjects) {
      // "the electron was a particle" tells of the electron, not of the document's subject
      const alone =
        implied === true &&
        (object.kind === 'noun' || (text !== 'be' && !PARTS.has(this.#reading.tokens.word[phrase.head]!)));
      const source = alone ? phrase : owner;
      const part = alone ? '' : owned;
      // "X's engines were locomotives" tells nothing of X
      if (part !== '' && plain && text === 'be' && object.kind === 'noun') continue;
      sink.add(source, object, {
        predicate: part === '' ? text : partPredicate(part, text, plain),
        confidence: part === '' ? decayed : decayed * 0.9,
        negated,
        hedged: hedged || this.hedged,
        from: Math.min(from, verb.from, object.from),
        to: Math.max(verb.to, object.to),
      });
      if (plain && text === 'be' && part === '' && !negated) this.#nominalDetails(source, object, decayed, from);
    }
    this.lastText = text;
  }

  /** "X is a 1973 British film": also film, British, 1973. */
  #nominalDetails(source: EndSource, object: NounPhrase, confidence: number, from: number): void {
    if (object.kind !== 'noun' || object.possessor !== undefined) return;
    describe(this.#reading, source, object, { confidence, from, hedged: this.hedged });
  }

  /** Predicate that goes on from the last stated one by a noun: "serve as prefect of". */
  chain(noun: NounPhrase, preposition: string): string {
    const text = `${this.lastText} ${this.#reading.tokens.word[noun.head]!} ${preposition}`;
    return text.split(' ').length > MAX_PREDICATE_WORDS ? `${this.predicate!.text} ${preposition}` : text;
  }

  flush(): void {
    const { deferred, depth } = this;
    this.deferred = [];
    for (const { text, whole, object } of deferred) {
      this.depth = 1;
      this.state(whole ? text : `${this.predicate!.text} ${text}`, object, 0.8);
    }
    this.depth = depth;
    this.lastText = '';
  }

  /** Keeps the outer clause while a relative clause or participle is read. */
  save(): void {
    this.#saved ??= { subjects: this.subjects, predicate: this.predicate };
  }

  /** Back to the subjects of the outer clause, when there is one: "X, whose son did this, and did that". */
  rise(): void {
    if (this.#saved === undefined) return;
    this.subjects = this.#saved.subjects;
    this.#saved = undefined;
  }

  /** True when an outer clause waits for its verb. */
  get awaited(): boolean {
    return this.#saved !== undefined && this.#saved.predicate === undefined;
  }

  restore(): void {
    this.subjects = this.#saved!.subjects;
    this.predicate = this.#saved!.predicate;
    this.#saved = undefined;
    this.gap = undefined;
    this.depth = 0;
    this.nominal = false;
  }
}

/** "X's director is Y": have director; "X's doctrines are summarised in Y": doctrines be summarised in. */
function partPredicate(part: string, text: string, plain: boolean): string {
  if (!plain) return `${part} ${text}`;
  return text === 'be' ? `have ${part}` : `have ${part} ${text.replace(/^be /, '')}`;
}
