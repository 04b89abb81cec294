/** How well one sentence answers by itself, for questions without a sure span and for filling the chain of evidence. */
import type { Evidence, EvidenceSentence } from './evidence.js';

/** Share of the question that the passage's rank may take away from a sentence. */
const RANK_DECAY = 0.35;

/** 0..2: coverage of the question by sentence and title, of the relation asked, damped by the passage's rank. */
export function sentenceScore(sentence: EvidenceSentence): number {
  const { passage } = sentence;
  const damp = 1 / (1 + RANK_DECAY * passage.rank);
  return (
    (0.5 * sentence.coverage + 0.5 * sentence.titledCoverage + 0.5 * sentence.targetCoverage + 0.1 * passage.coverage) *
    damp
  );
}

/** All sentences, best first; ties by rank of the passage, then position. */
export function rankSentences(evidence: Evidence): readonly EvidenceSentence[] {
  const scored = evidence.passages.flatMap((passage) =>
    passage.sentences.map((sentence) => ({ sentence, score: sentenceScore(sentence) })),
  );
  scored.sort(
    (a, b) =>
      b.score - a.score || a.sentence.passage.rank - b.sentence.passage.rank || a.sentence.index - b.sentence.index,
  );
  return scored.map((item) => item.sentence);
}
