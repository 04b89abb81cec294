/** How many hops of the evidence lie between the question and a passage, and how well the link that leads there speaks of the bridge. */

import { type Evidence, type EvidencePassage, type EvidenceSentence, saysRelation } from './evidence.js';
import { linkingSentence } from './linking-sentence.js';
import type { RelationWord } from './relation-words.js';

export interface Hop {
  /** 0: the question names the document; 1..3 links away from such a one; 4: no way found. */
  readonly depth: number;
  /** Sentence that names the document, in the passage before; undefined at depth 0 and 4. */
  readonly link: EvidenceSentence | undefined;
  /** Closeness of a bridge word to the name in that sentence, 0..1. */
  readonly linkNear: number;
}

const NOWHERE = 4;
const REACH = 12;

/** Token positions at which the words of a key stand in a sentence. */
function positionsOf(sentence: EvidenceSentence, key: string): number[] {
  const words = key.split(' ');
  const found: number[] = [];
  for (let i = 0; i + words.length <= sentence.tokens.count; i++) {
    if (words.every((word, j) => sentence.tokens.words[i + j] === word)) found.push(i);
  }
  return found;
}

/** Closeness, 0..1, of a word of the relations to the passage's title in a sentence that names it; nearer before than after. */
export function nameCloseness(
  sentence: EvidenceSentence,
  passage: EvidencePassage,
  relations: readonly RelationWord[],
): number {
  const length = passage.titleKey.split(' ').length;
  let best = 0;
  for (const at of positionsOf(sentence, passage.titleKey)) {
    for (let i = Math.max(0, at - REACH); i < Math.min(sentence.tokens.count, at + length + REACH); i++) {
      const stem = sentence.stems[i]!;
      if (stem === '' || (i >= at && i < at + length)) continue;
      const distance = i < at ? at - i : 1.5 * (i - at - length + 1);
      const near = Math.exp(-(distance - 1) / 4);
      if (near > best && relations.some((relation) => saysRelation(relation, [stem]))) best = near;
    }
  }
  return best;
}

/** Breadth-first over the links between the passages of the evidence. */
export function measureHops(evidence: Evidence): ReadonlyMap<EvidencePassage, Hop> {
  const bridges = evidence.question.relations.filter((relation) => relation.role === 'bridge');
  const hops = new Map<EvidencePassage, Hop>();
  let frontier: EvidencePassage[] = [];
  for (const passage of evidence.passages) {
    if (!passage.named) continue;
    hops.set(passage, { depth: 0, link: undefined, linkNear: 0 });
    frontier.push(passage);
  }
  for (let depth = 1; depth < NOWHERE && frontier.length > 0; depth++) {
    const next: EvidencePassage[] = [];
    for (const passage of evidence.passages) {
      if (hops.has(passage)) continue;
      let best: Hop | undefined;
      for (const from of frontier) {
        if (from.document.id === passage.document.id) continue;
        const link = linkingSentence(from, passage);
        if (link === undefined) continue;
        const linkNear = nameCloseness(link, passage, bridges);
        if (best === undefined || linkNear > best.linkNear) best = { depth, link, linkNear };
      }
      if (best !== undefined) {
        hops.set(passage, best);
        next.push(passage);
      }
    }
    frontier = next;
  }
  for (const passage of evidence.passages) {
    if (!hops.has(passage)) hops.set(passage, { depth: NOWHERE, link: undefined, linkNear: 0 });
  }
  return hops;
}
