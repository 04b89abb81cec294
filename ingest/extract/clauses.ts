/**
 * Open information extraction over the chunks of one sentence, in one pass from left to right: a clause has subjects and
 * a predicate; each phrase that follows is an object, by itself or through its preposition. In the manner of ReVerb
 * (Fader, Soderland and Etzioni, EMNLP 2011): relation phrases from part-of-speech patterns; and of ClausIE (Del Corro
 * and Gemulla, WWW 2013): one clause, several propositions.
 */
import type { Chunk, NounPhrase } from './chunk.js';
import { Clause } from './clause.js';
import { LIGHT_VERBS, PLACING, REPORTING, TEMPORAL } from './clause-words.js';
import { andAhead, startsClause } from './look-ahead.js';
import { apposition, bracket, possession, roleOf } from './nominal-relations.js';
import { readVerb } from './read-verb.js';
import { type Reading, wordsOf } from './reading.js';

export function readClauses(reading: Reading): void {
  const { chunks, tokens } = reading;
  const clause = new Clause(reading);
  for (let k = 0; k < chunks.length; k++) {
    const chunk = chunks[k]!;
    switch (chunk.kind) {
      case 'phrase':
        ownRelations(reading, chunk.phrase);
        readPhrase(reading, clause, k, chunk.phrase);
        break;
      case 'verb':
        k = readVerb(reading, clause, k, chunk.verb);
        break;
      case 'preposition':
        k = readPreposition(reading, clause, k, chunk.word);
        break;
      case 'relative':
        k = readRelative(reading, clause, k, chunk.word);
        break;
      case 'subordinator': {
        const verb = clause.predicate?.verb;
        clause.start();
        clause.hedged =
          chunk.word === 'if' ||
          chunk.word === 'unless' ||
          (verb !== undefined && REPORTING.has(verb.lemma) && chunk.word === 'that');
        break;
      }
      case 'adjective': {
        const { predicate } = clause;
        if (
          predicate?.verb.copula === true &&
          predicate.text === predicate.verb.predicate &&
          clause.last === undefined
        ) {
          clause.predicate = { ...predicate, text: `${predicate.text} ${chunk.word}` };
        }
        break;
      }
      case 'open':
        k = readBracket(reading, k);
        break;
      case 'break':
        if (tokens.word[chunk.from] !== ':' || clause.predicate === undefined) clause.start();
        break;
      default:
        break;
    }
  }
}

function ownRelations(reading: Reading, phrase: NounPhrase): void {
  roleOf(reading, phrase);
  possession(reading, phrase);
}

function readPhrase(reading: Reading, clause: Clause, k: number, phrase: NounPhrase): void {
  if (clause.predicate === undefined) beforeVerb(reading, clause, k, phrase);
  else behindVerb(reading, clause, k, phrase);
}

function beforeVerb(reading: Reading, clause: Clause, k: number, phrase: NounPhrase): void {
  const { chunks, tokens } = reading;
  const before = chunks[k - 1];
  const { last } = clause;
  if (clause.subjects.length === 0 || before === undefined) clause.setSubject(phrase);
  else if (before.kind === 'and') clause.subjects = [...clause.subjects, clause.subjectOf(phrase)];
  else if (before.kind === 'comma' && last !== undefined) {
    if (phrase.kind !== 'pronoun' && apposition(reading, last, phrase)) {
      clause.nominal = true;
      if (last.kind !== 'noun') {
        clause.appositive = { name: last, noun: phrase };
        return;
      }
      clause.setSubject(phrase);
    } else if (phrase.kind === 'name' && last.kind === 'name' && andAhead(chunks, k)) {
      clause.subjects = [...clause.subjects, clause.subjectOf(phrase)];
    } else if (phrase.kind === 'pronoun' || startsClause(tokens, chunks, k)) {
      const [subject] = clause.subjects;
      clause.setSubject(phrase);
      if (subject !== undefined && subject.phrase.kind === 'noun' && /^an?$/.test(subject.phrase.determiner))
        leadingNoun(reading, subject.phrase, phrase, subject.source);
    }
  } else clause.setSubject(phrase);
  clause.last = phrase;
}

/** "A longtime confidant of Grant, Rawlins ...": Rawlins be confidant of Grant. */
function leadingNoun(
  { sink, tokens }: Reading,
  noun: NounPhrase,
  subject: NounPhrase,
  of: Parameters<typeof sink.add>[0],
): void {
  const claim = { confidence: 0.75, from: noun.from, to: subject.to };
  sink.add(subject, noun, { ...claim, predicate: 'be' });
  if (of !== noun) sink.add(subject, of, { ...claim, predicate: `be ${tokens.word[noun.head]!} of` });
}

function behindVerb(reading: Reading, clause: Clause, k: number, phrase: NounPhrase): void {
  const { chunks, tokens, sink } = reading;
  const before = chunks[k - 1];
  const predicate = clause.predicate!;
  const { last } = clause;
  if (before?.kind === 'comma' || before?.kind === 'and') {
    if (startsClause(tokens, chunks, k)) {
      clause.startVerbless();
      clause.setSubject(phrase);
      clause.last = phrase;
      return;
    }
    const text = clause.lastText;
    if (before.kind === 'comma' && last !== undefined && apposition(reading, last, phrase)) {
      if (last.kind !== 'noun') {
        clause.appositive = { name: last, noun: phrase };
        return;
      }
      if (text !== '') clause.state(text, phrase, 0.75);
      clause.last = phrase;
      return;
    }
    clause.placed =
      before.kind === 'comma' && last?.kind === 'name' && phrase.kind === 'name' && placeWithin(reading, clause, k);
    if (clause.placed) {
      sink.add(last!, phrase, { predicate: 'be in', confidence: 0.65, from: last!.from, to: phrase.to });
      clause.state(text.replace(/ (?:at|on|near|along|off)$/, ' in'), phrase, 0.75);
      clause.last = phrase;
      return;
    }
    // "a singer from X, actress and model": the list is of what the last phrase modified
    const { object } = clause;
    if (object !== undefined && last !== undefined && phrase.kind === object.kind && last.kind !== object.kind)
      clause.state(object.text, phrase, 0.75);
    else if (text !== '') clause.state(text, phrase, 0.75);
    clause.last = phrase;
    return;
  }
  const direct = before?.kind === 'verb' || before?.kind === 'adjective';
  if (clause.subjects.length === 0 && predicate.verb.lemma === 'be' && direct) {
    existential(reading, clause, phrase);
    return;
  }
  clause.state(predicate.text, phrase, direct ? 0.9 : 0.5);
  clause.object = { text: predicate.text, kind: phrase.kind };
  clause.last = phrase;
  clause.nominal = predicate.verb.copula && direct;
}

/** "There is a church in X": a church be in X. */
function existential({ sink, resolver }: Reading, clause: Clause, phrase: NounPhrase): void {
  const title = resolver.title();
  if (title?.end.type === 'place' && phrase.kind !== 'pronoun') {
    sink.add(title, phrase, { predicate: 'have', confidence: 0.55, from: clause.predicate!.verb.from, to: phrase.to });
  }
  clause.subjects = [clause.subjectOf(phrase)];
  clause.last = phrase;
  clause.nominal = true;
}

/** "in Rome, Italy": one place in another, unless a list goes on. */
function placeWithin({ chunks, resolver }: Reading, clause: Clause, k: number): boolean {
  const before = chunks[k - 3];
  const chained = before?.kind === 'comma' && clause.placed;
  if (!chained && !(before?.kind === 'preposition' && PLACING.test(before.word))) return false;
  if (andAhead(chunks, k)) return false;
  return [chunks[k - 2], chunks[k]].every((chunk) => {
    const type = chunk?.kind === 'phrase' ? resolver.resolve(chunk.phrase)?.end.type : 'other';
    return type === undefined || type === 'place';
  });
}

function readPreposition(reading: Reading, clause: Clause, k: number, word: string): number {
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
  const noun = behind?.kind === 'noun' ? behind : undefined;
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
  clause.state(text, phrase, ofName ? 0.5 : 0.85);
  const own = PLACING.test(word) ? word !== 'to' : word === 'by' && !predicate.verb.passive;
  if (behind?.kind === 'name' && phrase.kind === 'name' && own) attach(reading, behind, word, phrase);
  clause.last = phrase;
  clause.nominal = clause.nominal && throughNoun;
}

/** A name's own prepositional phrase: "Jan Solovej from the University of Copenhagen". */
function attach({ sink }: Reading, name: NounPhrase, word: string, phrase: NounPhrase): void {
  sink.add(name, phrase, { predicate: `be ${word}`, confidence: 0.5, from: name.from, to: phrase.to });
}

/** The pronoun may stand for the phrase: "who" for no place, "which" for no person, "that" for no name. */
function agrees({ resolver }: Reading, word: string, phrase: NounPhrase): boolean {
  if (word === 'that') return phrase.kind !== 'name';
  const type = resolver.resolve(phrase)?.end.type;
  return type === undefined || (word === 'who') === (type === 'person');
}

/** Behind "X is a tributary of Y, which": the nearer name, if the pronoun fits it at least as well. */
function isNearer(reading: Reading, word: string, phrase: NounPhrase, subject: NounPhrase): boolean {
  return phrase !== subject && phrase.kind === 'name' && word === 'which' && agrees(reading, word, phrase);
}

function readRelative(reading: Reading, clause: Clause, k: number, word: string): number {
  const { chunks } = reading;
  const next: Chunk | undefined = chunks[k + 1];
  const antecedent = clause.last;
  const whole = clause.nominal || clause.predicate === undefined;
  const { subjects } = clause;
  clause.save();
  clause.predicate = undefined;
  clause.depth = 0;
  if (
    word === 'where' ||
    word === 'when' ||
    chunks[k - 1]?.kind === 'preposition' ||
    antecedent === undefined ||
    next === undefined
  ) {
    clause.subjects = [];
    clause.last = undefined;
    return k;
  }
  if (word === 'whose' && next.kind === 'phrase') {
    const owned: NounPhrase = { ...next.phrase, possessor: antecedent };
    clause.setSubject(owned);
    clause.last = owned;
    return k + 1;
  }
  if (next.kind === 'verb') {
    const outer =
      subjects.length > 0 &&
      (whole ? !isNearer(reading, word, antecedent, subjects[0]!.phrase) : !agrees(reading, word, antecedent));
    clause.subjects = outer ? subjects : [clause.subjectOf(antecedent)];
    if (!outer) clause.nominal = false;
    clause.last = undefined;
    return k;
  }
  clause.gap = antecedent;
  clause.subjects = [];
  clause.last = undefined;
  return k;
}

function readBracket(reading: Reading, k: number): number {
  const { chunks } = reading;
  let depth = 1;
  let end = k + 1;
  for (; end < chunks.length && depth > 0; end++) {
    const { kind } = chunks[end]!;
    if (kind === 'open') depth++;
    else if (kind === 'close') depth--;
  }
  const before = chunks[k - 1];
  if (before?.kind === 'phrase') bracket(reading, before.phrase, chunks.slice(k + 1, depth === 0 ? end - 1 : end));
  return end - 1;
}
