/** Opens the clause of a relative pronoun: its subject is what the pronoun stands for. */
import type { Chunk, NounPhrase } from './chunk.js';
import type { Clause } from './clause.js';
import type { Reading } from './reading.js';

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

/** Reads the relative pronoun at chunk `k`; returns the last chunk that it consumed. */
export function readRelative(reading: Reading, clause: Clause, k: number, word: string): number {
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
