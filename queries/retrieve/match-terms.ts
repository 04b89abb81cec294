/** BM25 over the postings of a question's terms, into the scratch. */
import type { RetrievalIndex } from '../../src/index/retrieval-index.js';
import type { Analysis } from './analyse-question.js';
import { type Scratch, termWeight } from './scratch.js';

/** The postings of one question term; posting i is hit `firstHit` + i. */
export interface MatchedTerm {
  readonly frequency: Uint16Array;
  readonly firstHit: number;
}

export interface Matched {
  /** By position among the question's terms; a term that the collection lacks has no hits. */
  readonly terms: readonly MatchedTerm[];
  /** How many passages hold a term: the first of `scratch.touched`. */
  readonly touched: number;
}

/**
 * Adds up scores and notes every hit. Work follows the postings.
 * @param visible 1 = passage may be seen; undefined: all
 */
export function matchTerms(
  index: RetrievalIndex,
  { terms }: Analysis,
  visible: Uint8Array | undefined,
  scratch: Scratch,
): Matched {
  const { score, norm, hit, touched } = scratch;
  const postings = terms.map(({ id }) => (id < 0 ? undefined : index.postings(id)));
  let most = 0;
  for (const posting of postings) most += posting?.passages.length ?? 0;
  if (scratch.before.length <= most) scratch.before = new Int32Array(2 * most + 1);
  const { before } = scratch;
  const matched: MatchedTerm[] = [];
  let firstHit = 1;
  let count = 0;
  for (let j = 0; j < postings.length; j++) {
    const posting = postings[j];
    matched.push({ frequency: posting?.frequency ?? NONE, firstHit });
    if (posting === undefined) continue;
    const { passages, frequency } = posting;
    const { idf } = terms[j]!;
    for (let i = 0; i < passages.length; i++) {
      const p = passages[i]!;
      if (visible !== undefined && visible[p] === 0) continue;
      const last = hit[4 * p + 2]!;
      if (last === 0) touched[count++] = p;
      before[firstHit + i] = last;
      hit[4 * p + 2] = firstHit + i;
      score[2 * p]! += termWeight(idf, frequency[i]!, norm[4 * p + 3]!);
    }
    firstHit += passages.length;
  }
  return { terms: matched, touched: count };
}

const NONE = new Uint16Array(0);
