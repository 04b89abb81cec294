/** The answer without a language model: direct answer where it is sure, the sentences that say so, or an abstention. */
import { loadAbstainModel } from './abstain.js';
import { chooseSentences } from './choose-sentences.js';
import type { Draft } from './draft.js';
import type { Evidence, EvidenceSentence } from './evidence.js';
import { missingNames } from './missing-names.js';
import type { Solution } from './solution.js';
import { solve } from './solve.js';
import { loadSpanModel } from './span-model.js';
import { wordAbstention, wordAnswer } from './word-answer.js';

export interface ExtractiveAnswer extends Draft {
  /** Calibrated probability that the documents answer, 0..1. */
  readonly confidence: number;
}

/** What is said when the documents, or a model that read them, do not answer. */
export function abstention(evidence: Evidence): Draft {
  return wordAbstention(missingNames(evidence), chooseSentences(evidence));
}

/** Probability from which nothing but the way to it is shown beside a direct answer. */
const ENOUGH = 0.5;

/** The sentences that an answer shows. */
export function sentencesOf(evidence: Evidence, solution: Solution | undefined): readonly EvidenceSentence[] {
  const direct = solution?.likely === true ? solution : undefined;
  if (direct?.complete === true) return direct.from;
  const likely = solution?.sentences ?? [];
  const enough = direct?.sure === true && (likely.length === 0 || direct.probability >= ENOUGH);
  return chooseSentences(evidence, { anchors: direct?.from ?? [], enough, likely });
}

/** Pure but for loading the fitted models at first use. */
export async function answerExtractively(evidence: Evidence): Promise<ExtractiveAnswer> {
  const solution = solve(evidence, await loadSpanModel());
  const { confidence, abstain } = (await loadAbstainModel()).judge(evidence, solution);
  if (abstain) return { ...abstention(evidence), confidence };
  const likely = solution?.likely === true ? solution : undefined;
  const sentences = sentencesOf(evidence, solution);
  return {
    text: wordAnswer(likely?.sure === true ? likely : undefined, sentences),
    sentences,
    ...(likely?.span === undefined ? {} : { span: likely.span }),
    abstained: false,
    warnings: [],
    confidence,
  };
}
