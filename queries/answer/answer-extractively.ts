/** The answer without a language model: direct answer where it is sure, the sentences that say so, or an abstention. */
import { loadAbstainModel } from './abstain.js';
import { chooseSentences } from './choose-sentences.js';
import type { Draft } from './draft.js';
import type { Evidence } from './evidence.js';
import { missingNames } from './missing-names.js';
import { solve } from './solve.js';
import { loadSpanModel } from './span-model.js';
import { wordAbstention, wordAnswer } from './word-answer.js';

export interface ExtractiveAnswer extends Draft {
  /** Calibrated probability that the documents answer, 0..1. */
  readonly confidence: number;
}

/** What is said when the documents, or a model that read them, do not answer. */
export function abstention(evidence: Evidence): Draft {
  return wordAbstention(missingNames(evidence), chooseSentences(evidence, []));
}

/** Pure but for loading the fitted models at first use. */
export async function answerExtractively(evidence: Evidence): Promise<ExtractiveAnswer> {
  const solution = solve(evidence, await loadSpanModel());
  const { confidence, abstain } = (await loadAbstainModel()).judge(evidence, solution);
  if (abstain) return { ...abstention(evidence), confidence };
  const likely = solution?.likely === true ? solution : undefined;
  const sentences = chooseSentences(evidence, likely?.from ?? [], likely?.sure === true);
  return {
    text: wordAnswer(likely?.sure === true ? likely : undefined, sentences),
    sentences,
    ...(likely?.span === undefined ? {} : { span: likely.span }),
    abstained: false,
    warnings: [],
    confidence,
  };
}
