/** What a noun phrase does to the clause being read: subject before the verb, object, list item or apposition behind it. */
import type { NounPhrase } from './chunk.js';
import type { Clause } from './clause.js';
import { CONTROL, PLACING } from './clause-words.js';
import { andAhead, listAhead, startsClause } from './look-ahead.js';
import { apposition } from './nominal-relations.js';
import type { Reading } from './reading.js';
import { EMPTY } from './stand-in-words.js';

/** Reads the phrase at chunk `k`. */
export function readPhrase(reading: Reading, clause: Clause, k: number, phrase: NounPhrase): void {
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
      if (text !== '') clause.state(text, phrase, 0.75, true);
      clause.last = phrase;
      return;
    }
    clause.placed =
      before.kind === 'comma' && last?.kind === 'name' && phrase.kind === 'name' && placeWithin(reading, clause, k);
    if (clause.placed) {
      sink.add(last!, phrase, { predicate: 'be in', confidence: 0.65, from: last!.from, to: phrase.to });
      clause.state(text.replace(/ (?:at|on|near|along|off)$/, ' in'), phrase, 0.75, true);
      clause.last = phrase;
      return;
    }
    // "a singer from X, actress and model": the list is of what the last phrase modified
    const { object } = clause;
    if (object !== undefined && last !== undefined && resumesObject(object.phrase, last, phrase))
      clause.state(object.text, phrase, 0.75, true);
    else if (text !== '') clause.state(text, phrase, 0.75, true);
    clause.last = phrase;
    return;
  }
  if (before?.kind === 'phrase' && last !== undefined && startsClause(tokens, chunks, k)) {
    // "the first name the baby had been given": a relative clause without its pronoun
    clause.save();
    clause.gap = last;
    clause.predicate = undefined;
    clause.setSubject(phrase);
    clause.last = undefined;
    return;
  }
  const direct = before?.kind === 'verb' || before?.kind === 'adjective';
  if (clause.subjects.length === 0 && predicate.verb.lemma === 'be' && direct) {
    existential(reading, clause, phrase);
    return;
  }
  const next = chunks[k + 1];
  const { head, determiner, kind } = phrase;
  if (
    direct &&
    kind === 'noun' &&
    determiner === '' &&
    phrase.to - phrase.from === 1 &&
    EMPTY.has(tokens.word[head]!)
  ) {
    // "take place", "play part": the noun belongs to the verb
    clause.predicate = { ...predicate, text: `${predicate.text} ${tokens.word[head]!}` };
    clause.last = undefined;
    return;
  }
  const acts = next?.kind === 'verb' && next.verb.form === 'infinitive' && CONTROL.get(predicate.verb.lemma) === false;
  if (!acts) clause.state(predicate.text, phrase, direct ? 0.9 : 0.5);
  clause.object = { text: predicate.text, phrase };
  clause.last = phrase;
  clause.nominal = predicate.verb.copula && direct;
}

/** The list goes on from the object rather than from its modifier: it is of the object's kind, or has its article. */
function resumesObject(object: NounPhrase, last: NounPhrase, phrase: NounPhrase): boolean {
  if (phrase.kind !== last.kind) return phrase.kind === object.kind;
  const article = /^an?$/;
  return article.test(object.determiner) && article.test(phrase.determiner) && !article.test(last.determiner);
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
  if (andAhead(chunks, k) || listAhead(chunks, k)) return false;
  return [chunks[k - 2], chunks[k]].every((chunk) => {
    const type = chunk?.kind === 'phrase' ? resolver.resolve(chunk.phrase)?.end.type : 'other';
    return type === undefined || type === 'place';
  });
}
