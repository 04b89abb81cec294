/** Signals of question and corpus that tell the ranker how far to trust each feature; each in 0..1. */
import type { ContextSignals } from '../types.js';
import type { FirstStage } from './first-stage.js';
import type { QuestionView } from './question-view.js';

const COVERAGE = 5;
const SENTENCE = 6;
const MARGIN_OVER = 9;
/** Share of linked documents at which the signal saturates is 1 / this. */
const LINKED_SCALE = 5;
const MANY_ENTITIES = 3;
const MANY_TERMS = 20;

/** Share of a text's letters that are not of Latin script, 0..1. */
function foreignShare(text: string): number {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  const latin = text.match(/\p{Script=Latin}/gu)?.length ?? 0;
  return letters === 0 ? 0 : (letters - latin) / letters;
}

export function contextSignals(view: QuestionView, first: FirstStage): ContextSignals {
  let passage = 0;
  let sentence = 0;
  for (const p of first.candidates) {
    const at = first.featuresOf(p);
    passage = Math.max(passage, view.slots.features[at + COVERAGE]!);
    sentence = Math.max(sentence, view.slots.features[at + SENTENCE]!);
  }
  let titled = 0;
  for (const { alias, mass } of view.analysis.entities) if (alias !== undefined) titled += mass;
  const { scores } = view.ranked;
  let others = 0;
  const count = Math.min(MARGIN_OVER, Math.max(0, Math.min(view.index.totalPassages, MARGIN_OVER + 1) - 1));
  for (let i = 1; i <= count; i++) others += scores[i] ?? 0;
  return {
    bestPassageCoverage: passage,
    bestSentenceCoverage: sentence,
    titledNameShare: Math.min(1, titled / view.analysis.mass),
    margin: scores.length === 0 ? 0 : (scores[0]! - (count === 0 ? 0 : others / count)) / view.best,
    linkedShare: Math.min(1, view.index.linkedShare * LINKED_SCALE),
    knownEntities: Math.min(1, view.analysis.known.length / MANY_ENTITIES),
    foreign: foreignShare(view.analysis.question),
    length: Math.min(1, view.analysis.terms.length / MANY_TERMS),
  };
}
