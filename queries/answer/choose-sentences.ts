/** The sentences that carry the answer, one per hop, in the order of the reasoning. */
import type { Evidence, EvidencePassage, EvidenceSentence } from './evidence.js';
import { findSubject, type Subject } from './find-subject.js';
import { linkingSentence } from './linking-sentence.js';
import { rankSentences } from './score-sentences.js';

const MOST_SENTENCES = 4;
const MOST_HOPS = 3;
/** Least share of the question's idf mass that one more sentence must add. */
const WORTH_ADDING = 0.12;

/** Sentences that lead to `last`, first hop first: by the titles that the evidence's sentences name. */
function leadingSentences(evidence: Evidence, last: EvidencePassage): readonly EvidenceSentence[] {
  const chain: EvidenceSentence[] = [];
  const seen = new Set<string>([last.document.id]);
  let current = last;
  while (!current.named && chain.length < MOST_HOPS) {
    let best: EvidenceSentence | undefined;
    let bestScore = 0;
    for (const passage of evidence.passages) {
      if (seen.has(passage.document.id)) continue;
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
    seen.add(best.passage.document.id);
    current = best.passage;
  }
  return chain;
}

function stemsWithTitle(sentence: EvidenceSentence): Set<string> {
  return new Set([...sentence.stems, ...sentence.passage.titleStems]);
}

/** The sentence of a subject that says most of what is asked. */
function saying({ passages }: Subject): EvidenceSentence | undefined {
  let best: EvidenceSentence | undefined;
  let bestScore = -1;
  for (const { sentences } of passages) {
    for (const sentence of sentences) {
      const score = sentence.targetCoverage + sentence.coverage;
      if (score > bestScore) {
        best = sentence;
        bestScore = score;
      }
    }
  }
  return best;
}

/** Collects sentences, each once, with those that lead to it before it. */
class Chain {
  readonly sentences: EvidenceSentence[] = [];
  readonly covered = new Set<string>();

  constructor(
    private readonly evidence: Evidence,
    private readonly subjects: readonly Subject[],
  ) {}

  add(sentence: EvidenceSentence): void {
    const subject = this.subjects.find(({ passages }) => passages.includes(sentence.passage));
    const lead = subject?.links ?? leadingSentences(this.evidence, sentence.passage);
    for (const item of [...lead, sentence]) {
      if (this.sentences.includes(item)) continue;
      this.sentences.push(item);
      for (const stem of stemsWithTitle(item)) this.covered.add(stem);
    }
  }

  /** Idf that a sentence would add. */
  gain(sentence: EvidenceSentence): number {
    const stems = stemsWithTitle(sentence);
    let sum = 0;
    for (const [word, idf] of this.evidence.idf) if (!this.covered.has(word) && stems.has(word)) sum += idf;
    return sum;
  }
}

/**
 * Sentences to show: what leads to the anchors (the sentences of a direct answer), the anchors, and what covers more of
 * the question, unless the anchors are enough; without anchors, what the subject's passages say of what is asked, else
 * the best sentence. About four.
 */
export function chooseSentences(
  evidence: Evidence,
  anchors: readonly EvidenceSentence[],
  enough = false,
): readonly EvidenceSentence[] {
  const ranked = rankSentences(evidence);
  const bridges = evidence.question.relations.filter((relation) => relation.role === 'bridge');
  const subjects = evidence.question.names
    .map((name) => findSubject(evidence, name.text, bridges))
    .filter(({ links, complete }) => complete && links.length > 0);
  const chain = new Chain(evidence, subjects);
  const first = subjects[0] === undefined ? undefined : saying(subjects[0]);
  const last = anchors.length > 0 ? anchors : first !== undefined ? [first] : ranked.slice(0, 1);
  for (const anchor of last) chain.add(anchor);
  while (!enough && chain.sentences.length < MOST_SENTENCES) {
    let best: EvidenceSentence | undefined;
    let bestGain = WORTH_ADDING * evidence.idfMass;
    for (const sentence of ranked) {
      const gain = chain.sentences.includes(sentence) ? 0 : chain.gain(sentence);
      if (gain > bestGain) {
        best = sentence;
        bestGain = gain;
      }
    }
    if (best === undefined) break;
    chain.add(best);
  }
  return chain.sentences;
}
