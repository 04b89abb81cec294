/** The data card of a trained ranker: what it was fitted on, and what it gets on questions and sets that it did not see. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bootstrapMean } from '../../queries/evaluate/index.js';
import { CONTEXT_SIGNALS, FIRST_FEATURES, ROUND_FEATURES, ROUNDS } from '../../queries/retrieve/features.js';
import type { BenchSet } from '../retrieval/bench-set.js';
import type { SetFigures } from './evaluate-ranker.js';

export interface CardRow {
  readonly set: BenchSet;
  readonly passages: number;
  readonly bm25: SetFigures;
  readonly hybrid: SetFigures;
  readonly outOfFold: SetFigures;
  readonly leftOut: SetFigures | undefined;
}

const NO_LICENCE = 'not stated';

/** The sentences of the folder's SOURCE.txt that speak of a licence. */
async function licenceOf(folder: string): Promise<string> {
  let source: string;
  try {
    source = await readFile(join(folder, 'SOURCE.txt'), 'utf8');
  } catch {
    return NO_LICENCE;
  }
  const names = source.match(/\b(?:CC[ -]BY(?:-SA)?[ -]\d\.\d|Apache-2\.0|MIT|none stated)\b/g) ?? [];
  return names.length === 0 ? NO_LICENCE : [...new Set(names)].join(', ');
}

const figures = ({ means }: SetFigures): string =>
  `${means['recall@2'].toFixed(1)} / ${means['recall@5'].toFixed(1)} / ${means['ndcg@10'].toFixed(1)}`;

function difference(a: SetFigures, b: SetFigures): string {
  const { mean, low, high } = bootstrapMean(a.each.map((value, i) => 100 * (value - b.each[i]!)));
  const signed = (x: number): string => `${x >= 0 ? '+' : ''}${x.toFixed(1)}`;
  return `${signed(mean)} (${signed(low)} to ${signed(high)})`;
}

/** Markdown of the card. */
export async function dataCard(rows: readonly CardRow[]): Promise<string> {
  const parts = [
    '# Data card of the ranker',
    '',
    'Written by `npm run train:ranker`; do not edit. `assets/ranker.json` holds the weights and trees that this describes.',
    '',
    `- Model: ${ROUNDS + 1} linear stages (${FIRST_FEATURES.length} features, then ${FIRST_FEATURES.length + ROUND_FEATURES.length} in each of ${ROUNDS} rounds), each feature also times ${CONTEXT_SIGNALS.length} signals of question and corpus; boosted trees (LambdaMART) last.`,
    '- Fit: L-BFGS on the log softmax of gold documents, L2 .001 (features) and .003 (products); three folds by hash of the question id; every set weighs the same. Samples are drawn with seed 0, trees grown with seeds 1, 2 and 3.',
    '- Figures: Recall@2 / Recall@5 / nDCG@10 in per cent, documents ranked by their best passage.',
    '- *Out of fold*: by the models of the folds that did not see the question. *Left out*: by a model fitted without the set (its rounds learn on the out-of-fold scores of the others).',
    '- Differences are of nDCG@10 against the better of BM25 and hybrid, with paired-bootstrap 95 % intervals.',
    '',
    '| set | licence | documents | passages | questions | BM25 | hybrid | out of fold | difference | left out | difference |',
    '|---|---|---|---|---|---|---|---|---|---|---|',
  ];
  for (const { set, passages, bm25, hybrid, outOfFold, leftOut } of rows) {
    const better = bm25.means['ndcg@10'] >= hybrid.means['ndcg@10'] ? bm25 : hybrid;
    const cells = [
      set.name,
      await licenceOf(set.folder),
      set.documents.length,
      passages,
      set.questions.length,
      figures(bm25),
      figures(hybrid),
      figures(outOfFold),
      difference(outOfFold, better),
      leftOut === undefined ? '' : figures(leftOut),
      leftOut === undefined ? '' : difference(leftOut, better),
    ];
    parts.push(`| ${cells.join(' | ')} |`);
  }
  return `${parts.join('\n')}\n`;
}
