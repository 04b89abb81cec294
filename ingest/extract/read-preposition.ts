/** What a preposition and its phrase do to the clause being read. */
import type { NounPhrase } from './chunk.js';
import type { Clause } from './clause.js';
import { LIGHT_VERBS, PLACING, TEMPORAL } from './clause-words.js';
import { ownRelations } from './nominal-relations.js';
import { type Reading, wordsOf } from './reading.js';

/** Nouns of what happens on a day. */
const DATED =
  /^(?:death|birth|creation|establishment|founding|foundation|retirement|release|opening|election|marriage|arrival|end|fall|abolition|independence|dissolution)$/;

/** Reads the preposition at chunk `k`; returns the last chunk that it consumed. */
export function readPreposition(reading: Reading, clause: Clause, k: number, word: string): number {
  const { chunks } = reading;
  const next = chunks[k + 1];
  if (next?.kind === 'verb' && next.verb.form === 'ing' && clause.predicate !== undefined) {
    const { predicate, last } = clause;
    const before = chunks[k - 1];
    const head =
      before?.kind === 'phrase' && before.phrase === last && last.kind === 'noun'
        ? clause.chain(last, word)
        : `${predicate.text} ${word}`;
    clause.predicate = {
      ...predicate,
      text: `${head} ${next.verb.participle}`,
      verb: { ...next.verb, lemma: predicate.verb.lemma },
    };
    return k + 1;
  }
  if (next?.kind !== 'phrase') return k;
  ownRelations(reading, next.phrase);
  // who says it is no part of what is said
  if (word === 'according to') return k + 1;
  const { appositive } = clause;
  const behind = chunks[k - 1];
  if (
    appositive !== undefined &&
    behind?.kind === 'phrase' &&
    behind.phrase === appositive.noun &&
    next.phrase.kind !== 'date'
  ) {
    const noun = reading.tokens.word[appositive.noun.head]!;
    const claim = { predicate: `be ${noun} ${word}`, confidence: 0.7, from: appositive.name.from, to: next.phrase.to };
    reading.sink.add(appositive.name, next.phrase, claim);
    return k + 1;
  }
  if (clause.predicate === undefined) prepositionBeforeVerb(reading, clause, k, word, next.phrase);
  else prepositionBehindVerb(reading, clause, k, word, next.phrase);
  return k + 1;
}

function prepositionBeforeVerb(reading: Reading, clause: Clause, k: number, word: string, phrase: NounPhrase): void {
  const { chunks, tokens } = reading;
  const before = chunks[k - 1];
  const subject = clause.subjects[clause.subjects.length - 1];
  const waiting = clause.deferred[clause.deferred.length - 1];
  if (subject === undefined) {
    // "After the end of the war, ..."
    const chained =
      word === 'of' && waiting !== undefined && before?.kind === 'phrase' && before.phrase === waiting.object;
    const text = chained ? `${waiting.text} ${tokens.word[waiting.object.head]!} of` : word;
    clause.deferred.push({ text, whole: chained && waiting.whole, object: phrase });
  } else if (
    before?.kind === 'phrase' &&
    word === 'of' &&
    before.phrase === subject.phrase &&
    subject.part === '' &&
    before.phrase.kind === 'noun'
  ) {
    const part = wordsOf(tokens, before.phrase.from, before.phrase.to);
    clause.subjects = [
      ...clause.subjects.slice(0, -1),
      { source: phrase, part, from: before.phrase.from, phrase: before.phrase },
    ];
  } else if (
    before?.kind === 'phrase' &&
    before.phrase.kind === 'name' &&
    phrase.kind === 'name' &&
    PLACING.test(word)
  ) {
    attach(reading, before.phrase, word, phrase);
  } else if (before?.kind === 'comma' && phrase.kind === 'date')
    clause.deferred.push({ text: word, whole: false, object: phrase });
}

function prepositionBehindVerb(reading: Reading, clause: Clause, k: number, word: string, phrase: NounPhrase): void {
  const { chunks } = reading;
  const before = chunks[k - 1];
  const predicate = clause.predicate!;
  if (before?.kind === 'and' || before?.kind === 'comma') {
    const then = chunks[chunks[k + 2]?.kind === 'comma' ? k + 3 : k + 2];
    if (then?.kind === 'verb' && (then.verb.form === 'finite' || then.verb.form === 'bare') && !clause.awaited) {
      // "... closed in 2006, and in 2009 was sold": the phrase belongs to the next verb
      clause.deferred.push({ text: word, whole: false, object: phrase });
      clause.last = undefined;
      return;
    }
  }
  const behind = before?.kind === 'phrase' && before.phrase === clause.last ? before.phrase : undefined;
  // "until his death on 9 September": the day is the death's
  if (phrase.kind === 'date' && behind?.kind === 'noun' && DATED.test(reading.tokens.word[behind.head]!)) {
    clause.last = phrase;
    return;
  }
  const counted = behind?.kind === 'quantity' && reading.tokens.pos[behind.head] === 'NOUN';
  const noun = behind?.kind === 'noun' || counted ? behind : undefined;
  const throughNoun =
    noun !== undefined &&
    phrase.kind !== 'date' &&
    clause.lastText !== '' &&
    (word === 'of' ||
      clause.nominal ||
      (LIGHT_VERBS.has(predicate.verb.lemma) && clause.lastText === predicate.text) ||
      (clause.lastText !== predicate.text && !TEMPORAL.has(word)));
  const ofName = word === 'of' && noun === undefined && behind !== undefined && clause.lastText !== '';
  const text = throughNoun ? clause.chain(noun, word) : ofName ? `${clause.lastText} of` : `${predicate.text} ${word}`;
  // "in X of Y" and "is the source of X by Y": Y tells of X alone
  const ofLast =
    (ofName && clause.lastText !== predicate.text) ||
    (word === 'by' && !predicate.verb.passive && behind?.kind === 'name');
  if (!ofLast) clause.state(text, phrase, ofName ? 0.5 : 0.85);
  const own = PLACING.test(word) ? word !== 'to' : word === 'by' && !predicate.verb.passive;
  if (behind?.kind === 'name' && phrase.kind === 'name' && own) attach(reading, behind, word, phrase);
  clause.last = phrase;
  clause.nominal = clause.nominal && throughNoun;
}

/** A name's own prepositional phrase: "Jan Solovej from the University of Copenhagen". */
function attach({ sink }: Reading, name: NounPhrase, word: string, phrase: NounPhrase): void {
  sink.add(name, phrase, { predicate: `be ${word}`, confidence: 0.5, from: name.from, to: phrase.to });
}
