/** BM25 over the postings of a question's terms, into the scratch. */
import type { RetrievalIndex } from '../../src/index/retrieval-index.js';
import type { Analysis } from './analyse-question.js';
import { makeHits, type Scratch, termWeight } from './scratch.js';

/**
 * Adds up scores and notes every hit. Work follows the postings.
 * @param visible 1 = passage may be seen; undefined: all
 * @returns how many passages hold a term: the first of `scratch.touched`
 */
export function matchTerms(
  index: RetrievalIndex,
  { terms }: Analysis,
  visible: Uint8Array | undefined,
  scratch: Scratch,
): number {
  const { score, norm, hit, touched } = scratch;
  const postings = terms.map(({ id }) => (id < 0 ? undefined : index.postings(id)));
  let most = 0;
  for (const posting of postings) most += posting?.passages.length ?? 0;
  if (scratch.hits.value.length < 2 * (most + 1)) scratch.hits = makeHits(2 * most);
  const { value, link } = scratch.hits;
  let hits = 0;
  let count = 0;
  for (let j = 0; j < postings.length; j++) {
    const posting = postings[j];
    if (posting === undefined) continue;
    const { passages, frequency } = posting;
    const { idf } = terms[j]!;
    for (let i = 0; i < passages.length; i++) {
      const p = passages[i]!;
      if (visible !== undefined && visible[p] === 0) continue;
      const contribution = termWeight(idf, frequency[i]!, norm[4 * p + 3]!);
      const before = hit[4 * p + 2]!;
      if (before === 0) touched[count++] = p;
      hits++;
      value[2 * hits] = contribution;
      link[4 * hits + 2] = before;
      link[4 * hits + 3] = j;
      hit[4 * p + 2] = hits;
      score[2 * p]! += contribution;
    }
  }
  return count;
}
