/** The passages that speak of a name in the question, directly or through a bridge ("the director of [film]"). */
import { nameKey } from '../../src/graph/name-key.js';
import type { RelationWord } from './analyse-question.js';
import { linkingSentence } from './choose-sentences.js';
import { bareTitle, type Evidence, type EvidencePassage, type EvidenceSentence } from './evidence.js';
import { nameCloseness } from './hops.js';

/** Share of a name's words that a title must hold when none is equal. */
const ALIKE = 0.75;

function alike(a: string, b: string): number {
  const left = new Set(a.split(' '));
  const right = new Set(b.split(' '));
  let shared = 0;
  for (const word of left) if (right.has(word)) shared++;
  return shared / Math.max(left.size, right.size);
}

/** Passages of the document that bears the name; without such a document, those that mention the name. */
export function passagesNamed(evidence: Evidence, name: string): readonly EvidencePassage[] {
  const full = nameKey(name);
  const bare = nameKey(bareTitle(name));
  const likeness = (passage: EvidencePassage): number => {
    if (passage.fullTitleKey === full) return 3;
    if (passage.titleKey === bare || passage.titleKey === full) return 2;
    const share = alike(passage.titleKey, bare);
    return share >= ALIKE ? share : 0;
  };
  const best = Math.max(0, ...evidence.passages.map(likeness));
  if (best > 0) {
    const first = evidence.passages.find((passage) => likeness(passage) === best)!;
    return evidence.passages.filter((passage) => passage.document.id === first.document.id);
  }
  return evidence.passages.filter(
    (passage) =>
      passage.mentions.some((mention) => mention.key === bare) ||
      passage.sentences.some((sentence) => sentence.words.includes(` ${bare} `)),
  );
}

export interface Subject {
  /** Passages that speak of what the question asks about. */
  readonly passages: readonly EvidencePassage[];
  /** The sentence that leads from the name to it; undefined when the name itself is asked about. */
  readonly link: EvidenceSentence | undefined;
}

/**
 * What a question asks about when it names something: the name's passages, or, with bridge words, those of the document
 * that one of their sentences names close to such a word. Without such a document, the name's own.
 */
export function findSubject(evidence: Evidence, name: string, bridges: readonly RelationWord[]): Subject {
  const named = passagesNamed(evidence, name);
  if (bridges.length === 0 || named.length === 0) return { passages: named, link: undefined };
  let best: { passage: EvidencePassage; link: EvidenceSentence } | undefined;
  let bestNear = 0.05;
  for (const from of named) {
    for (const passage of evidence.passages) {
      if (passage.document.id === from.document.id) continue;
      const link = linkingSentence(from, passage);
      if (link === undefined) continue;
      const near = nameCloseness(link, passage, bridges);
      if (near > bestNear) {
        best = { passage, link };
        bestNear = near;
      }
    }
  }
  if (best === undefined) return { passages: named, link: undefined };
  const { passage, link } = best;
  return { passages: evidence.passages.filter((other) => other.document.id === passage.document.id), link };
}
