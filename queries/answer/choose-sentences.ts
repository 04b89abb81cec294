/** The sentences that carry the answer, one per hop, in the order of the reasoning. */
import type { Evidence, EvidencePassage, EvidenceSentence } from './evidence.js';
import { rankSentences } from './score-sentences.js';

const MOST_SENTENCES = 4;
const MOST_HOPS = 3;
/** Least share of the question's idf mass that one more sentence must add. */
const WORTH_ADDING = 0.12;

/** Keys under which a sentence may name the passage's document. */
function namesTitle(sentence: EvidenceSentence, passage: EvidencePassage): boolean {
  const { mentions } = sentence.passage;
  const key = passage.titleKey;
  for (const mention of mentions) {
    if (mention.key !== key) continue;
    if (mention.spans.some(([start, end]) => start >= sentence.start && end <= sentence.end)) return true;
  }
  return key !== '' && sentence.words.includes(` ${key} `);
}

/** The sentence of `from` that leads to `to`: one that names it, with the words of the bridge; undefined if none does. */
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

/** Passages that lead to `last`, first hop first, `last` itself left out: by links that the evidence shows. */
export function leadingSentences(evidence: Evidence, last: EvidencePassage): readonly EvidenceSentence[] {
  const chain: EvidenceSentence[] = [];
  const seen = new Set<EvidencePassage>([last]);
  let current = last;
  while (!current.named && chain.length < MOST_HOPS) {
    let best: EvidenceSentence | undefined;
    let bestScore = 0;
    for (const passage of evidence.passages) {
      if (seen.has(passage) || passage.document.id === current.document.id) continue;
      const sentence = linkingSentence(passage, current);
      if (sentence === undefined) continue;
      const via = current.hit.via?.passage === passage.hit.passage ? 1 : 0;
      const score = via + (passage.named ? 1 : 0) + passage.weight + sentence.bridgeCoverage + passage.coverage;
      if (score > bestScore) {
        best = sentence;
        bestScore = score;
      }
    }
    if (best === undefined) break;
    chain.unshift(best);
    seen.add(best.passage);
    current = best.passage;
  }
  return chain;
}

function stemsWithTitle(sentence: EvidenceSentence): Set<string> {
  return new Set([...sentence.stems, ...sentence.passage.titleStems]);
}

/**
 * Sentences to show: the chain that leads to the anchors (the sentences of the answer span, or the best sentence),
 * the anchors, and what covers more of the question. At most four, in the order of the reasoning.
 */
export function chooseSentences(evidence: Evidence, anchors: readonly EvidenceSentence[]): readonly EvidenceSentence[] {
  const ranked = rankSentences(evidence);
  const last = anchors.length > 0 ? anchors : ranked.slice(0, 1);
  const chosen: EvidenceSentence[] = [];
  const add = (sentence: EvidenceSentence): void => {
    if (!chosen.includes(sentence)) chosen.push(sentence);
  };
  for (const anchor of last) {
    for (const sentence of leadingSentences(evidence, anchor.passage)) add(sentence);
    add(anchor);
  }
  const covered = new Set(chosen.flatMap((sentence) => [...stemsWithTitle(sentence)]));
  const before: EvidenceSentence[] = [];
  while (chosen.length + before.length < MOST_SENTENCES) {
    let best: EvidenceSentence | undefined;
    let bestGain = WORTH_ADDING * evidence.idfMass;
    for (const sentence of ranked) {
      if (chosen.includes(sentence) || before.includes(sentence)) continue;
      let gain = 0;
      const stems = stemsWithTitle(sentence);
      for (const [word, idf] of evidence.idf) if (!covered.has(word) && stems.has(word)) gain += idf;
      if (gain > bestGain) {
        best = sentence;
        bestGain = gain;
      }
    }
    if (best === undefined) break;
    before.push(best);
    for (const word of stemsWithTitle(best)) covered.add(word);
  }
  // What the question names comes before what it leads to.
  return [
    ...before.filter((sentence) => sentence.passage.named),
    ...chosen,
    ...before.filter((sentence) => !sentence.passage.named),
  ];
}
