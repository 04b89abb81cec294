/**
 * Lists of passages that lie far apart in memory, read a little of each at once: the processor waits for many cache lines
 * together where it would wait for one after the other. Changes nothing but the time that is spent afterwards.
 */
import type { QuestionView } from './question-view.js';

/** Passages that are read at once: what belongs to them stays in the processor's second cache until it is used. */
export const FETCHED = 64;
/** Numbers of four bytes in a cache line. */
const LINE = 16;

/** For the features of passages by themselves: titles, entities, and the terms of sentences. */
export function fetchFeatures({ index, scratch }: QuestionView, passages: Uint32Array): void {
  const { documentOf, sentenceStart } = index;
  const { titleMass, walk } = scratch;
  const { titleTermStart, titleTerms, passageEntityStart, passageEntities, sentenceTermStart, sentenceTerms } =
    index.lists;
  let sum = 0;
  for (let i = 0; i < passages.length; i++) {
    const p = passages[i]!;
    sum += documentOf[p]! + titleTermStart[p]! + passageEntityStart[p]! + sentenceStart[p]! + titleMass[p]! + walk[p]!;
  }
  for (let i = 0; i < passages.length; i++) {
    const p = passages[i]!;
    if (titleTermStart[p]! < titleTermStart[p + 1]!) sum += titleTerms[titleTermStart[p]!]!;
    if (passageEntityStart[p]! < passageEntityStart[p + 1]!) sum += passageEntities[passageEntityStart[p]!]!;
    sum += sentenceTermStart[sentenceStart[p]!]!;
  }
  for (let i = 0; i < passages.length; i++) {
    const p = passages[i]!;
    const end = sentenceTermStart[sentenceStart[p + 1]!]!;
    for (let at = sentenceTermStart[sentenceStart[p]!]!; at < end; at += LINE) sum += sentenceTerms[at]!;
  }
  // Kept, so that the reads are not left out.
  scratch.fetched = sum;
}
