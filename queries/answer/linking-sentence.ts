/** The sentence by which one passage leads to another document. */
import type { EvidencePassage, EvidenceSentence } from './evidence.js';
import { namesTitle } from './names-title.js';

/** One of `from` that names the document of `to`, with the most words of the bridge; undefined if none does. */
export function linkingSentence(from: EvidencePassage, to: EvidencePassage): EvidenceSentence | undefined {
  let best: EvidenceSentence | undefined;
  let bestScore = -1;
  for (const sentence of from.sentences) {
    if (!namesTitle(sentence, to)) continue;
    const score = sentence.bridgeCoverage + 0.5 * sentence.targetCoverage + sentence.coverage;
    if (score > bestScore) {
      best = sentence;
      bestScore = score;
    }
  }
  return best;
}
