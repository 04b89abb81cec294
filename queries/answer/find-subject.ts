/** The passages that speak of a name in the question, directly or through a bridge ("the director of [film]"). */
import { nameKey } from '../../src/graph/name-key.js';
import { bareTitle, type Evidence, type EvidencePassage, type EvidenceSentence } from './evidence.js';
import { nameCloseness } from './hops.js';
import { namesTitle } from './names-title.js';
import type { RelationWord } from './relation-words.js';

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
  /** Passages that speak of what the question asks about; of the name itself when no bridge could be crossed. */
  readonly passages: readonly EvidencePassage[];
  /** The sentences that lead from the name to it, first hop first. */
  readonly links: readonly EvidenceSentence[];
  /** Every bridge of the question was crossed, or there is none. */
  readonly complete: boolean;
}

/** Least closeness of a bridge word to the name that it leads to. */
const NEAR = 0.05;

/** The document that a sentence of the passages names closest to a word of the relations. */
function crossBridge(
  evidence: Evidence,
  from: readonly EvidencePassage[],
  relations: readonly RelationWord[],
): { readonly document: string; readonly link: EvidenceSentence } | undefined {
  let best: { document: string; link: EvidenceSentence } | undefined;
  let bestNear = NEAR;
  for (const passage of from) {
    for (const to of evidence.passages) {
      if (to.document.id === passage.document.id) continue;
      for (const link of passage.sentences) {
        if (!namesTitle(link, to)) continue;
        const near = nameCloseness(link, to, relations);
        if (near > bestNear) {
          best = { document: to.document.id, link };
          bestNear = near;
        }
      }
    }
  }
  return best;
}

/**
 * What a question asks about when it names something: the name's passages, or, with bridge words, those of the document
 * that one of their sentences names close to such a word, hop by hop.
 */
export function findSubject(evidence: Evidence, name: string, bridges: readonly RelationWord[]): Subject {
  const named = passagesNamed(evidence, name);
  let passages = named;
  const links: EvidenceSentence[] = [];
  const levels = [...new Set(bridges.map((relation) => relation.level))].sort((a, b) => a - b);
  for (const level of levels) {
    const crossed = crossBridge(
      evidence,
      passages,
      bridges.filter((relation) => relation.level === level),
    );
    if (crossed === undefined) return { passages, links, complete: false };
    links.push(crossed.link);
    passages = evidence.passages.filter((passage) => passage.document.id === crossed.document);
  }
  return { passages, links, complete: named.length > 0 };
}
