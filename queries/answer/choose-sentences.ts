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
    for (const item of [...lead, sentence]) this.show(item);
  }

  /** Shows a sentence as it stands, once. */
  show(sentence: EvidenceSentence): void {
    if (this.sentences.includes(sentence)) return;
    this.sentences.push(sentence);
    for (const stem of stemsWithTitle(sentence)) this.covered.add(stem);
  }

  /** Idf that a sentence would add. */
  gain(sentence: EvidenceSentence): number {
    const stems = stemsWithTitle(sentence);
    let sum = 0;
    for (const [word, idf] of this.evidence.idf) if (!this.covered.has(word) && stems.has(word)) sum += idf;
    return sum;
  }
}

/** What the sentences of an answer are chosen by. */
export interface Grounds {
  /** Sentences of a direct answer; none when there is none. */
  readonly anchors: readonly EvidenceSentence[];
  /** The anchors need no more beside them than what leads to them. */
  readonly enough: boolean;
  /** Sentences that may hold the answer with their probability, most first. */
  readonly likely: readonly (readonly [sentence: EvidenceSentence, probability: number])[];
}

const NO_GROUNDS: Grounds = { anchors: [], enough: false, likely: [] };

/** From this probability on a sentence leads where there is no direct answer; and it is shown beside others. */
const LEADING = 0.2;
const SHOWN = 0.06;

/**
 * Sentences to show: what leads to the anchors, the anchors, what else probably holds the answer, and what covers more
 * of the question, unless the anchors are enough; without anchors, what most probably holds the answer, what the
 * subject's passages say of what is asked, or the best sentence. About four.
 */
export function chooseSentences(
  evidence: Evidence,
  { anchors, enough, likely }: Grounds = NO_GROUNDS,
): readonly EvidenceSentence[] {
  const ranked = rankSentences(evidence);
  const bridges = evidence.question.relations.filter((relation) => relation.role === 'bridge');
  const subjects = evidence.question.names
    .map((name) => findSubject(evidence, name.text, bridges))
    .filter(({ links, complete }) => complete && links.length > 0);
  const chain = new Chain(evidence, subjects);
  const probable = likely[0] !== undefined && likely[0][1] >= LEADING ? likely[0][0] : undefined;
  const first = probable ?? (subjects[0] === undefined ? undefined : saying(subjects[0]));
  const last = anchors.length > 0 ? anchors : first !== undefined ? [first] : ranked.slice(0, 1);
  for (const anchor of last) chain.add(anchor);
  if (enough) return chain.sentences;
  for (const [sentence, probability] of likely) {
    if (chain.sentences.length >= MOST_SENTENCES || probability < SHOWN) break;
    chain.show(sentence);
  }
  while (chain.sentences.length < MOST_SENTENCES) {
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
