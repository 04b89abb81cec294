/** What a verb group does to the clause being read: gives it a predicate, goes on with it, or opens another. */
import type { Chunk, VerbGroup } from './chunk.js';
import type { Clause, Predicate } from './clause.js';
import { CAST_VERBS, CONTROL, INTRANSITIVE, JUDGING, NAMING_VERBS, REPORTING } from './clause-words.js';
import { isReduced, nextSolid } from './look-ahead.js';
import type { Reading } from './reading.js';

/** Reads the verb at chunk `k`; returns the last chunk that it consumed. */
export function readVerb(reading: Reading, clause: Clause, k: number, verb: VerbGroup): number {
  const at =
    verb.form === 'infinitive' ? readInfinitive(reading, clause, k, verb) : readTensed(reading, clause, k, verb);
  const { gap, predicate } = clause;
  if (
    gap !== undefined &&
    predicate !== undefined &&
    clause.subjects.length > 0 &&
    reading.chunks[at + 1]?.kind !== 'phrase'
  ) {
    // "the film that X directed": what the clause lacks is its antecedent
    clause.state(predicate.text, gap, 0.8);
    clause.gap = undefined;
  }
  return at;
}

function readInfinitive({ chunks }: Reading, clause: Clause, k: number, verb: VerbGroup): number {
  const had = clause.predicate;
  if (had === undefined) {
    if (clause.subjects.length === 0) clause.predicate = asPredicate(verb, false);
    return k;
  }
  const causes = CONTROL.get(had.verb.lemma);
  const before = chunks[k - 1];
  if (causes !== undefined && before?.kind === 'phrase' && before.phrase === clause.last) {
    const hedged = had.hedged || !causes;
    clause.save();
    clause.subjects = [clause.subjectOf(before.phrase)];
    begin(clause, { ...asPredicate(verb, false), negated: had.negated || verb.negated, hedged });
    return k;
  }
  const raising = had.verb.passive && REPORTING.has(had.verb.lemma);
  clause.predicate = {
    text: raising ? verb.predicate : `${had.text} to ${verb.predicate}`,
    verb,
    finite: had.finite,
    negated: had.negated || verb.negated,
    hedged: had.hedged || verb.hedged || raising,
  };
  clause.last = undefined;
  return k;
}

function readTensed(reading: Reading, clause: Clause, k: number, verb: VerbGroup): number {
  const { chunks } = reading;
  const before = chunks[k - 1];
  const had = clause.predicate;
  const reduced = isReduced(chunks, k, verb, had !== undefined);
  if (had === undefined) {
    if (clause.subjects.length === 0) {
      if (verb.form === 'bare' || verb.form === 'ing') return defer(reading, clause, k, verb);
      clause.predicate = asPredicate(verb, false);
      clause.last = undefined;
      return k;
    }
    clause.predicate = asPredicate(verb, reduced);
    if (clause.predicate.finite) clause.flush();
    clause.last = reduced ? clause.last : undefined;
    return k;
  }
  const tensed = verb.form === 'finite' || (verb.form === 'bare' && !reduced);
  if (tensed && before?.kind !== 'and' && (clause.awaited || !had.finite)) {
    if (clause.awaited) clause.restore();
    begin(clause, asPredicate(verb, false));
    clause.flush();
    return k;
  }
  if (before?.kind === 'and' || (before?.kind === 'comma' && tensed)) {
    const next = nextSolid(chunks, k);
    if (before?.kind === 'and' && chunks[k - 2]?.kind === 'comma') clause.rise();
    const passive = sharesPassive(had, verb, next);
    begin(clause, asPredicate(verb, reduced || passive, had.finite));
    clause.flush();
    return k;
  }
  if (!tensed) {
    const ofSubject =
      clause.nominal || before?.kind === 'comma' || clause.last === undefined || passesName(clause, had, verb);
    if (!ofSubject) {
      clause.save();
      clause.subjects = [clause.subjectOf(clause.last!)];
    }
    begin(clause, asPredicate(verb, reduced));
    clause.depth = ofSubject ? 1 : 0;
    return k;
  }
  // a finite verb right behind a phrase: that phrase is its subject, surely so behind a verb of saying
  const { last } = clause;
  if (last !== undefined && (before?.kind === 'phrase' || before?.kind === 'close')) {
    const hedged = REPORTING.has(had.verb.lemma);
    clause.startVerbless();
    clause.setSubject(last);
    clause.hedged = hedged;
    clause.depth = hedged ? 0 : 2;
    const { depth } = clause;
    begin(clause, asPredicate(verb, false));
    clause.depth = depth;
    return k;
  }
  begin(clause, asPredicate(verb, false));
  return k;
}

/** "was born in X and raised in Y", "is a town and considered the finest": the second participle has the first's auxiliary. */
function sharesPassive(had: Predicate, verb: VerbGroup, next: Chunk | undefined): boolean {
  if (verb.form !== 'bare' || INTRANSITIVE.has(verb.lemma)) return false;
  if (had.verb.lemma === 'be' && !had.verb.passive) return JUDGING.has(verb.lemma);
  return had.verb.passive && (next?.kind !== 'phrase' || next.phrase.kind === 'date');
}

/** The participle behind a name tells of what stands before the name: "directed by X, starring", "a church in X known as". */
function passesName({ last, subjects }: Clause, had: Predicate, verb: VerbGroup): boolean {
  if (last?.kind === 'date' || last?.kind === 'quantity') return true;
  if (last?.kind !== 'name') return false;
  if (verb.form === 'ing') return !had.finite || CAST_VERBS.has(verb.lemma);
  return NAMING_VERBS.has(verb.lemma) && subjects[0]?.phrase.kind === 'noun';
}

function begin(clause: Clause, predicate: Predicate): void {
  clause.predicate = predicate;
  clause.depth = 0;
  clause.nominal = false;
  clause.lastText = '';
  clause.object = undefined;
  clause.last = undefined;
}

function asPredicate(
  verb: VerbGroup,
  participle: boolean,
  finite = verb.form === 'finite' || (verb.form === 'bare' && !participle),
): Predicate {
  const passive = participle || verb.passive;
  return {
    text: participle && !verb.passive ? `be ${verb.participle}` : verb.predicate,
    verb: passive === verb.passive ? verb : { ...verb, passive },
    finite,
    negated: verb.negated,
    hedged: verb.hedged,
  };
}

/** "Born in Rome, she ...": kept until the subject is known. */
function defer({ chunks }: Reading, clause: Clause, k: number, verb: VerbGroup): number {
  const text = verb.form === 'bare' ? `be ${verb.participle}` : verb.lemma;
  let i = k + 1;
  for (; i < chunks.length; i++) {
    const chunk = chunks[i]!;
    const next = chunks[i + 1];
    if (chunk.kind === 'preposition' && next?.kind === 'phrase') {
      clause.deferred.push({ text: `${text} ${chunk.word}`, whole: true, object: next.phrase });
      i++;
    } else if (chunk.kind === 'phrase' && chunks[i - 1]?.kind === 'verb') {
      clause.deferred.push({ text, whole: true, object: chunk.phrase });
    } else break;
  }
  return i - 1;
}
