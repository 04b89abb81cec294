/**
 * Open information extraction over the chunks of one sentence, in one pass from left to right: a clause has subjects and
 * a predicate; each phrase that follows is an object, by itself or through its preposition. In the manner of ReVerb
 * (Fader, Soderland and Etzioni, EMNLP 2011): relation phrases from part-of-speech patterns; and of ClausIE (Del Corro
 * and Gemulla, WWW 2013): one clause, several propositions.
 */
import type { Chunk, NounPhrase, VerbGroup } from './chunk.js';
import { apposition, bracket, possession, roleOf } from './nominal-relations.js';
import type { EndSource, RelationSink } from './relation-sink.js';
import type { EndResolver } from './resolve-end.js';
import type { TaggedTokens } from './tagger.js';

interface Subject {
  readonly source: EndSource;
  /** "director" when the subject is "X's director" or "the director of X" and stands for X's. */
  readonly part: string;
  readonly from: number;
}

interface Predicate {
  readonly text: string;
  readonly verb: VerbGroup;
  readonly negated: boolean;
  readonly hedged: boolean;
}

/** A phrase before its clause: "In 1960, ...", "Born in Rome, ...". */
interface Deferred {
  readonly text: string;
  /** The text is a whole predicate; otherwise a preposition that follows the clause's. */
  readonly whole: boolean;
  readonly object: NounPhrase;
  readonly from: number;
}

interface Saved {
  readonly subjects: Subject[];
  readonly predicate: Predicate | undefined;
}

const REPORTING = new Set([
  'say',
  'claim',
  'believe',
  'think',
  'allege',
  'report',
  'rumour',
  'rumor',
  'suppose',
  'suggest',
  'speculate',
  'argue',
  'estimate',
  'assume',
  'presume',
]);
const TEMPORAL = new Set([
  'in',
  'on',
  'since',
  'until',
  'till',
  'during',
  'before',
  'after',
  'from',
  'by',
  'at',
  'between',
  'around',
]);
/** Confidence falls with each further phrase behind a verb. */
const DECAY = 0.88;

export class ClauseReader {
  readonly #t: TaggedTokens;
  readonly #chunks: readonly Chunk[];
  readonly #sink: RelationSink;
  readonly #resolver: EndResolver;
  #subjects: Subject[] = [];
  #predicate: Predicate | undefined;
  /** Predicate of the last relation stated, for a list that goes on. */
  #lastText = '';
  #last: NounPhrase | undefined;
  /** The last phrase says what the subject is. */
  #nominal = false;
  #depth = 0;
  #deferred: Deferred[] = [];
  #saved: Saved | undefined;
  #gap: NounPhrase | undefined;
  #clauseFrom = 0;

  constructor(tokens: TaggedTokens, chunks: readonly Chunk[], sink: RelationSink, resolver: EndResolver) {
    this.#t = tokens;
    this.#chunks = chunks;
    this.#sink = sink;
    this.#resolver = resolver;
  }

  read(): void {
    this.#clauseFrom = this.#chunks[0]?.from ?? 0;
    for (let k = 0; k < this.#chunks.length; k++) {
      const chunk = this.#chunks[k]!;
      switch (chunk.kind) {
        case 'phrase':
          roleOf(this.#sink, this.#t, chunk.phrase);
          possession(this.#sink, this.#t, this.#resolver, chunk.phrase);
          this.#phrase(k, chunk.phrase);
          break;
        case 'verb':
          k = this.#verb(k, chunk.verb);
          break;
        case 'preposition':
          k = this.#preposition(k, chunk.word);
          break;
        case 'relative':
          k = this.#relative(k, chunk.word);
          break;
        case 'subordinator':
          this.#subordinator(k, chunk.word);
          break;
        case 'adjective':
          if (this.#predicate?.verb.copula === true && this.#predicate.text === this.#predicate.verb.predicate) {
            this.#predicate = { ...this.#predicate, text: `${this.#predicate.text} ${chunk.word}` };
          }
          break;
        case 'open':
          k = this.#bracket(k);
          break;
        case 'break':
          this.#newClause(k + 1);
          break;
        default:
          break;
      }
    }
  }

  #newClause(k: number): void {
    this.#subjects = [];
    this.#predicate = undefined;
    this.#deferred = [];
    this.#saved = undefined;
    this.#gap = undefined;
    this.#last = undefined;
    this.#nominal = false;
    this.#depth = 0;
    this.#clauseFrom = this.#chunks[k]?.from ?? this.#clauseFrom;
  }

  #subjectOf(phrase: NounPhrase): Subject {
    const noun = this.#t.word[phrase.head]!;
    if (phrase.kind === 'noun' || phrase.kind === 'quantity') {
      const owner =
        phrase.possessor ??
        (/^(?:its|his|her|their)$/.test(phrase.determiner)
          ? this.#resolver.pronoun(phrase.determiner, phrase.from - 1)
          : undefined);
      if (owner !== undefined) return { source: owner, part: this.#words(phrase), from: phrase.from };
    }
    if (phrase.kind === 'noun' && phrase.determiner === 'the' && !this.#resolver.standsForSubject(noun)) {
      const title = this.#resolver.title();
      if (title !== undefined && this.#nextIsCopula(phrase))
        return { source: title, part: this.#words(phrase), from: phrase.from };
    }
    return { source: phrase, part: '', from: phrase.from };
  }

  /** "The current editor is X" without "of": a part or role of what the document is about. */
  #nextIsCopula(phrase: NounPhrase): boolean {
    const next = this.#chunks.find((chunk) => chunk.from >= phrase.to);
    return next?.kind === 'verb' && next.verb.lemma === 'be' && !next.verb.passive;
  }

  #words(phrase: NounPhrase): string {
    let words = '';
    for (let i = phrase.from; i < phrase.to; i++)
      if (/[\p{L}\p{N}]/u.test(this.#t.word[i]!)) words += (words === '' ? '' : ' ') + this.#t.word[i]!;
    return words;
  }

  #phrase(k: number, phrase: NounPhrase): void {
    const before = this.#chunks[k - 1];
    if (this.#predicate === undefined) {
      if (this.#subjects.length === 0 || before === undefined) this.#setSubject(phrase);
      else if (before.kind === 'and') this.#subjects = [...this.#subjects, this.#subjectOf(phrase)];
      else if (before.kind === 'comma' && this.#last !== undefined) {
        if (!apposition(this.#sink, this.#t, this.#last, phrase)) {
          const listed = phrase.kind === 'name' && this.#last.kind === 'name' && this.#andAhead(k);
          if (listed) this.#subjects = [...this.#subjects, this.#subjectOf(phrase)];
          else if (phrase.kind === 'pronoun' || this.#startsClause(k)) this.#setSubject(phrase);
        } else {
          this.#nominal = true;
          return;
        }
      } else this.#setSubject(phrase);
      this.#last = phrase;
      return;
    }
    if (before?.kind === 'comma' || before?.kind === 'and') {
      if (this.#startsClause(k)) {
        this.#endClause(k);
        this.#setSubject(phrase);
        this.#last = phrase;
        return;
      }
      const after = this.#last;
      if (before.kind === 'comma' && after !== undefined && apposition(this.#sink, this.#t, after, phrase)) return;
      if (this.#lastText !== '') this.#state(this.#lastText, phrase, 0.75);
      this.#last = phrase;
      return;
    }
    const verb = this.#predicate.verb;
    const direct = before?.kind === 'verb' || before?.kind === 'adjective';
    this.#state(this.#predicate.text, phrase, direct ? 0.9 : 0.5);
    this.#lastText = this.#predicate.text;
    this.#last = phrase;
    this.#nominal = verb.copula && direct;
  }

  #setSubject(phrase: NounPhrase): void {
    this.#subjects = [this.#subjectOf(phrase)];
    this.#nominal = false;
    this.#depth = 0;
  }

  #endClause(k: number): void {
    this.#predicate = undefined;
    this.#deferred = [];
    this.#saved = undefined;
    this.#gap = undefined;
    this.#clauseFrom = this.#chunks[k]?.from ?? this.#clauseFrom;
  }

  /** States the clause's relation to an object for each of its subjects. */
  #state(text: string, object: NounPhrase, confidence: number): void {
    const { negated, hedged, verb } = this.#predicate!;
    const decayed = confidence * DECAY ** this.#depth++;
    for (const { source, part, from } of this.#subjects) {
      const rest = text.startsWith('be ') && !verb.passive ? text.slice(3) : text;
      const predicate =
        part === ''
          ? text
          : verb.lemma === 'be' && !verb.passive
            ? text === 'be'
              ? `have ${part}`
              : `have ${part} ${rest}`
            : `have ${part} ${text}`;
      this.#sink.add(source, object, {
        predicate,
        confidence: part === '' ? decayed : decayed * 0.9,
        negated,
        hedged,
        from: Math.min(from, verb.from, object.from),
        to: Math.max(verb.to, object.to),
      });
    }
    if (this.#nominalHead(object) && verb.lemma === 'be' && text === 'be') {
      for (const { source, part, from } of this.#subjects) {
        if (part !== '') continue;
        const head: NounPhrase = {
          kind: 'noun',
          from: object.head,
          to: object.to,
          determiner: object.determiner,
          head: object.head,
        };
        this.#sink.add(source, head, {
          predicate: 'be',
          confidence: decayed,
          negated,
          hedged,
          from: Math.min(from, verb.from),
          to: object.to,
        });
      }
    }
  }

  #nominalHead(object: NounPhrase): boolean {
    return object.kind === 'noun' && object.possessor === undefined && object.to - object.from > 1;
  }

  #verb(k: number, verb: VerbGroup): number {
    const at = this.#predicateAt(k, verb);
    const next = this.#chunks[at + 1];
    if (
      this.#gap !== undefined &&
      this.#predicate !== undefined &&
      this.#subjects.length > 0 &&
      next?.kind !== 'phrase'
    ) {
      // "the film that X directed": what the clause lacks is its antecedent
      this.#state(this.#predicate.text, this.#gap, 0.8);
      this.#gap = undefined;
    }
    return at;
  }

  #predicateAt(k: number, verb: VerbGroup): number {
    const before = this.#chunks[k - 1];
    const next = this.#chunks[k + 1];
    const had = this.#predicate;
    if (verb.form === 'infinitive') {
      if (had === undefined) {
        if (this.#subjects.length > 0) return k;
        this.#predicate = this.#asPredicate(verb);
        return k;
      }
      const raising = had.verb.passive && REPORTING.has(had.verb.lemma);
      this.#predicate = {
        text: raising ? verb.predicate : `${had.text} to ${verb.predicate}`,
        verb: { ...verb, copula: verb.copula },
        negated: had.negated || verb.negated,
        hedged: had.hedged || verb.hedged || raising,
      };
      return k;
    }
    const reduced = this.#isReduced(k, verb);
    if (this.#subjects.length === 0 && had === undefined) {
      if (verb.form === 'bare' || verb.form === 'ing') return this.#defer(k, verb);
      this.#predicate = this.#asPredicate(verb);
      return k;
    }
    if (had === undefined) {
      this.#predicate = this.#asPredicate(verb, reduced);
      if (!reduced && verb.form !== 'ing') this.#flush();
      return k;
    }
    if (
      this.#saved !== undefined &&
      before?.kind !== 'and' &&
      verb.form === 'finite' &&
      this.#saved.predicate === undefined
    ) {
      this.#restore();
      this.#predicate = this.#asPredicate(verb);
      this.#flush();
      return k;
    }
    if (before?.kind === 'and' || (before?.kind === 'comma' && !reduced && verb.form !== 'ing')) {
      const passive =
        had.verb.passive &&
        verb.form === 'bare' &&
        (next === undefined || next.kind !== 'phrase' || next.phrase.kind === 'date');
      this.#depth = 0;
      this.#predicate = this.#asPredicate(verb, passive);
      return k;
    }
    if (reduced || verb.form === 'ing' || verb.form === 'bare') {
      const ofSubject = this.#nominal || before?.kind === 'comma' || this.#last === undefined;
      if (!ofSubject && this.#last !== undefined) this.#descend(this.#last);
      this.#depth = ofSubject ? 1 : 0;
      this.#predicate = this.#asPredicate(verb, reduced || (verb.form === 'bare' && verb.passive));
      return k;
    }
    // a finite verb right behind a phrase: that phrase is its subject ("he said she left")
    if (this.#last !== undefined && (before?.kind === 'phrase' || before?.kind === 'close')) {
      this.#endClause(k - 1);
      this.#setSubject(this.#last);
    }
    this.#depth = 0;
    this.#predicate = this.#asPredicate(verb);
    return k;
  }

  #asPredicate(verb: VerbGroup, reduced = false): Predicate {
    const passive = reduced || verb.passive;
    const text = reduced && !verb.passive ? `be ${verb.participle}` : verb.predicate;
    return {
      text,
      verb: passive === verb.passive ? verb : { ...verb, passive },
      negated: verb.negated,
      hedged: verb.hedged,
    };
  }

  /** A bare past form that is a participle ("a journal published by ..."), not a tense. */
  #isReduced(k: number, verb: VerbGroup): boolean {
    if (verb.form !== 'bare') return false;
    const next = this.#chunks[k + 1];
    const by = next?.kind === 'preposition' && next.word === 'by';
    const before = this.#chunks[k - 1];
    if (by || verb.participle === 'born' || (verb.naming && next?.kind === 'phrase')) return true;
    if (verb.participle === 'known' || verb.participle === 'based' || verb.participle === 'located') return true;
    if (before?.kind === 'and') return false;
    if (next?.kind !== 'preposition') return false;
    if (this.#predicate !== undefined) return before?.kind === 'phrase' || before?.kind === 'comma';
    return this.#finiteAhead(k + 1);
  }

  #finiteAhead(k: number): boolean {
    for (; k < this.#chunks.length; k++) {
      const chunk = this.#chunks[k]!;
      if (chunk.kind === 'verb') return chunk.verb.form === 'finite';
      if (chunk.kind === 'break' || chunk.kind === 'subordinator' || chunk.kind === 'relative' || chunk.kind === 'and')
        return false;
    }
    return false;
  }

  /** "Born in Rome, she ...": kept until the subject is known. */
  #defer(k: number, verb: VerbGroup): number {
    const text = verb.form === 'bare' ? `be ${verb.participle}` : verb.lemma;
    let i = k + 1;
    for (; i < this.#chunks.length; i++) {
      const chunk = this.#chunks[i]!;
      const next = this.#chunks[i + 1];
      if (chunk.kind === 'preposition' && next?.kind === 'phrase') {
        this.#deferred.push({ text: `${text} ${chunk.word}`, whole: true, object: next.phrase, from: verb.from });
        i++;
      } else if (chunk.kind === 'phrase' && this.#chunks[i - 1]?.kind === 'verb') {
        this.#deferred.push({ text, whole: true, object: chunk.phrase, from: verb.from });
      } else break;
    }
    return i - 1;
  }

  #flush(): void {
    const deferred = this.#deferred;
    this.#deferred = [];
    const depth = this.#depth;
    for (const { text, whole, object } of deferred) {
      this.#depth = 1;
      this.#state(whole ? text : `${this.#predicate!.text} ${text}`, object, 0.8);
    }
    this.#depth = depth;
  }

  #preposition(k: number, word: string): number {
    const next = this.#chunks[k + 1];
    if (next?.kind === 'relative') return k;
    if (next?.kind !== 'phrase') return k;
    const phrase = next.phrase;
    roleOf(this.#sink, this.#t, phrase);
    possession(this.#sink, this.#t, this.#resolver, phrase);
    const before = this.#chunks[k - 1];
    if (this.#predicate === undefined) {
      const last = this.#subjects[this.#subjects.length - 1];
      if (last === undefined)
        this.#deferred.push({ text: word, whole: false, object: phrase, from: this.#chunks[k]!.from });
      else if (
        before?.kind === 'phrase' &&
        word === 'of' &&
        before.phrase.kind === 'noun' &&
        last.part === '' &&
        last.source === before.phrase
      ) {
        this.#subjects = [
          ...this.#subjects.slice(0, -1),
          { source: phrase, part: this.#words(before.phrase), from: before.phrase.from },
        ];
      } else if (
        before?.kind === 'phrase' &&
        before.phrase.kind === 'name' &&
        phrase.kind === 'name' &&
        /^(?:in|of|from|at|near)$/.test(word)
      ) {
        this.#attach(before.phrase, word, phrase);
      } else if (before?.kind === 'comma' && phrase.kind === 'date') {
        this.#deferred.push({ text: word, whole: false, object: phrase, from: this.#chunks[k]!.from });
      }
      return k + 1;
    }
    const behind = before?.kind === 'phrase' ? before.phrase : undefined;
    const noun = behind !== undefined && behind === this.#last && behind.kind === 'noun';
    const chained =
      noun &&
      (word === 'of' ||
        ((this.#nominal || this.#lastText !== this.#predicate.text) && phrase.kind !== 'date' && !TEMPORAL.has(word)));
    const nominal = noun && this.#nominal && phrase.kind !== 'date';
    const text =
      chained || nominal
        ? `${this.#lastText} ${this.#t.word[behind!.head]!} ${word}`
        : `${this.#predicate.text} ${word}`;
    const of = word === 'of' && !noun && behind !== undefined;
    this.#state(of ? `${this.#lastText} of` : text, phrase, of ? 0.5 : 0.85);
    if (behind?.kind === 'name' && phrase.kind === 'name' && /^(?:of|from|at|in|near)$/.test(word))
      this.#attach(behind, word, phrase);
    this.#lastText = of ? this.#lastText : text;
    this.#last = phrase;
    if (!chained) this.#nominal = this.#nominal && nominal;
    return k + 1;
  }

  /** A name's own prepositional phrase: "Jan Solovej from the University of Copenhagen". */
  #attach(name: NounPhrase, word: string, phrase: NounPhrase): void {
    this.#sink.add(name, phrase, { predicate: `be ${word}`, confidence: 0.5, from: name.from, to: phrase.to });
  }

  #relative(k: number, word: string): number {
    const next = this.#chunks[k + 1];
    const antecedent = this.#last;
    const prepositional = this.#chunks[k - 1]?.kind === 'preposition';
    if (word === 'where' || word === 'when' || prepositional || antecedent === undefined || next === undefined) {
      this.#save();
      this.#subjects = [];
      this.#predicate = undefined;
      this.#last = undefined;
      return k;
    }
    if (word === 'whose' && next.kind === 'phrase') {
      this.#save();
      const owned: NounPhrase = { ...next.phrase, possessor: antecedent };
      this.#subjects = [this.#subjectOf(owned)];
      this.#predicate = undefined;
      this.#last = owned;
      return k + 1;
    }
    if (next.kind === 'verb') {
      const subjects = this.#nominal || this.#predicate === undefined ? this.#subjects : undefined;
      this.#save();
      if (subjects === undefined) this.#subjects = [this.#subjectOf(antecedent)];
      this.#predicate = undefined;
      this.#depth = 0;
      return k;
    }
    this.#save();
    this.#gap = antecedent;
    this.#subjects = [];
    this.#predicate = undefined;
    return k;
  }

  #descend(phrase: NounPhrase): void {
    this.#save();
    this.#subjects = [this.#subjectOf(phrase)];
  }

  #save(): void {
    this.#saved ??= { subjects: this.#subjects, predicate: this.#predicate };
  }

  #restore(): void {
    this.#subjects = this.#saved!.subjects;
    this.#predicate = this.#saved!.predicate;
    this.#saved = undefined;
    this.#depth = 0;
    this.#nominal = false;
  }

  #subordinator(k: number, word: string): void {
    const reported = word === 'that' && this.#predicate !== undefined && REPORTING.has(this.#predicate.verb.lemma);
    this.#newClause(k + 1);
    if (reported) this.#gap = undefined;
  }

  #bracket(k: number): number {
    let depth = 1;
    let end = k + 1;
    for (; end < this.#chunks.length && depth > 0; end++) {
      const { kind } = this.#chunks[end]!;
      if (kind === 'open') depth++;
      else if (kind === 'close') depth--;
    }
    const before = this.#chunks[k - 1];
    if (before?.kind === 'phrase') {
      const inner = this.#chunks.slice(k + 1, depth === 0 ? end - 1 : end);
      bracket(this.#sink, this.#t, before.phrase, inner);
    }
    return end - 1;
  }

  #andAhead(k: number): boolean {
    for (let i = k + 1; i < this.#chunks.length; i++) {
      const { kind } = this.#chunks[i]!;
      if (kind === 'and') return true;
      if (kind !== 'comma' && kind !== 'phrase') return false;
    }
    return false;
  }

  /** The phrase at `k` is the subject of a verb of its own. */
  #startsClause(k: number): boolean {
    const chunk = this.#chunks[k]!;
    if (
      chunk.kind === 'phrase' &&
      chunk.phrase.kind === 'pronoun' &&
      /^(?:he|she|it|they|we|i)$/.test(this.#t.word[chunk.phrase.head]!)
    )
      return true;
    let i = k + 1;
    while (i < this.#chunks.length) {
      const { kind } = this.#chunks[i]!;
      const next = this.#chunks[i + 1];
      if ((kind === 'preposition' || kind === 'and') && next?.kind === 'phrase') i += 2;
      else break;
    }
    const verb = this.#chunks[i];
    if (verb?.kind !== 'verb') return false;
    if (verb.verb.form === 'finite') return true;
    const after = this.#chunks[i + 1];
    return (
      verb.verb.form === 'bare' &&
      !(after?.kind === 'preposition') &&
      this.#chunks[i - 1]?.kind === 'phrase' &&
      i === k + 1
    );
  }
}
