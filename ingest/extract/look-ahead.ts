/** Questions about the chunks around a position, without state. */
import type { Chunk, VerbGroup } from './chunk.js';
import { NAMING_VERBS, PARTICIPLES_ONLY, SUBJECT_PRONOUN } from './clause-words.js';
import type { TaggedTokens } from './tagger.js';

/** Next chunk that is no adjective or adverb: "published monthly by". */
export function nextSolid(chunks: readonly Chunk[], k: number): Chunk | undefined {
  let i = k + 1;
  while (chunks[i]?.kind === 'adjective') i++;
  return chunks[i];
}

/** The phrase at `k` is the subject of a verb of its own. */
export function startsClause(t: TaggedTokens, chunks: readonly Chunk[], k: number): boolean {
  const chunk = chunks[k]!;
  if (chunk.kind !== 'phrase') return false;
  if (chunk.phrase.kind === 'pronoun' && SUBJECT_PRONOUN.test(t.word[chunk.phrase.head]!)) return true;
  let i = k + 1;
  while (i < chunks.length) {
    const kind = chunks[i]!.kind;
    if ((kind === 'preposition' || kind === 'and') && chunks[i + 1]?.kind === 'phrase') i += 2;
    else if (kind === 'open') {
      while (i < chunks.length && chunks[i]!.kind !== 'close') i++;
      i++;
    } else break;
  }
  const verb = chunks[i];
  if (verb?.kind !== 'verb') return false;
  if (verb.verb.form === 'finite') return true;
  return (
    verb.verb.form === 'bare' &&
    i === k + 1 &&
    nextSolid(chunks, i)?.kind !== 'preposition' &&
    !PARTICIPLES_ONLY.has(verb.verb.participle)
  );
}

/** A list goes on to "and" before anything else happens. */
export function andAhead(chunks: readonly Chunk[], k: number): boolean {
  for (let i = k + 1; i < chunks.length; i++) {
    const { kind } = chunks[i]!;
    if (kind === 'and') return true;
    if (kind !== 'comma' && kind !== 'phrase') return false;
  }
  return false;
}

/** Three more names follow, comma by comma: a list, for no address is so deep. */
export function listAhead(chunks: readonly Chunk[], k: number): boolean {
  for (let n = 1; n <= 5; n += 2) {
    const name = chunks[k + n + 1];
    if (chunks[k + n]?.kind !== 'comma' || name?.kind !== 'phrase' || name.phrase.kind !== 'name') return false;
  }
  return true;
}

/** A finite verb follows in the same clause. */
function finiteAhead(chunks: readonly Chunk[], k: number): boolean {
  for (let i = k; i < chunks.length; i++) {
    const chunk = chunks[i]!;
    if (chunk.kind === 'verb') return chunk.verb.form === 'finite';
    if (chunk.kind === 'break' || chunk.kind === 'subordinator' || chunk.kind === 'relative' || chunk.kind === 'and')
      return false;
  }
  return false;
}

/**
 * A bare past form that is a participle ("a journal published by ..."), not a tense.
 * @param inClause the clause has a verb already
 */
export function isReduced(chunks: readonly Chunk[], k: number, verb: VerbGroup, inClause: boolean): boolean {
  if (verb.form !== 'bare') return false;
  const next = nextSolid(chunks, k);
  if (next?.kind === 'preposition' && next.word === 'by') return true;
  if (PARTICIPLES_ONLY.has(verb.participle)) return true;
  const before = chunks[k - 1];
  if (NAMING_VERBS.has(verb.lemma) && next?.kind === 'phrase' && (verb.naming || before?.kind === 'comma')) return true;
  if (inClause && before?.kind === 'phrase' && next?.kind === 'verb' && next.verb.form === 'infinitive') return true;
  if (before?.kind === 'and' || next?.kind !== 'preposition') return false;
  if (inClause) return before?.kind === 'phrase' || before?.kind === 'comma';
  return finiteAhead(chunks, k + 1);
}
