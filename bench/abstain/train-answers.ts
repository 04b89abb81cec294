/** Fits the span scorer and the abstention model, and writes them with their data card. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { SpanModelRecord } from '../../queries/answer/span-model.js';
import { assetPath, packageRoot } from '../../src/assets.js';
import { type AbstainRow, abstainRows, abstainTable } from './abstain-report.js';
import { collectAll, type SolvedCase, solveOutOfFold, spanExamples, spanRecord } from './answer-models.js';
import { FOLDS, fitAbstain, leaveSetOut, outOfFold } from './fit-abstain.js';

export interface TrainAnswersOptions {
  /** Folders in the bench format, each with `:N` to draw N of its questions. */
  readonly folders: readonly string[];
  /** Folder of the models; default `assets`. */
  readonly out?: string | undefined;
  /** The data card; default `docs/answers-card.md`. */
  readonly card?: string | undefined;
  readonly print: (line: string) => void;
}

interface SpanFigures {
  readonly set: string;
  readonly questions: number;
  /** Per cent. */
  readonly em: number;
  readonly f1: number;
  /** Per cent of the questions whose answer is not yes or no. */
  readonly quoted: number;
}

function spanFigures(solved: readonly SolvedCase[]): SpanFigures[] {
  const sets = [...new Set(solved.map(({ set }) => set))];
  return sets.flatMap((set) => {
    const scores = solved
      .filter((item) => item.set === set)
      .flatMap(({ score }) => (score === undefined ? [] : [score]));
    if (scores.length === 0) return [];
    const mean = (pick: (score: (typeof scores)[number]) => number): number =>
      (100 * scores.reduce((sum, score) => sum + pick(score), 0)) / scores.length;
    const quotes = solved.flatMap((item) => (item.set === set && item.quoted !== undefined ? [item.quoted] : []));
    const quoted = quotes.length === 0 ? 0 : (100 * quotes.filter(Boolean).length) / quotes.length;
    return [{ set, questions: scores.length, em: mean(({ em }) => em), f1: mean(({ f1 }) => f1), quoted }];
  });
}

function cardOf(spans: readonly SpanFigures[], folds: readonly AbstainRow[], leftOut: readonly AbstainRow[]): string {
  const abstain = (rows: readonly AbstainRow[]): string[] => [
    '| set | answerable | not | precision | recall | F1 | AUC | ECE |',
    '|---|---|---|---|---|---|---|---|',
    ...rows.map(
      ({ set, answerable, unanswerable, precision, recall, f1, auc, ece }) =>
        `| ${set} | ${answerable} | ${unanswerable} | ${[precision, recall, f1, auc, ece].map((value) => value.toFixed(3)).join(' | ')} |`,
    ),
  ];
  return `${[
    '# Data card of the answering models',
    '',
    'Written by `npm run train:abstain`; do not edit. `assets/spans.json` and `assets/abstain.json` hold the models.',
    '',
    '- Span scorer: softmax over the candidate spans of a question by boosted trees; fitted on questions that ask for a span.',
    '- Abstention: logistic regression on evidence features; every set weighs the same, and in each set both classes. Not answerable: the same questions after their gold documents were deleted from the collection (all of them, or those alone that hold the answer), and the set’s own unanswerable ones.',
    `- Folds: ${FOLDS}, by hash of the question id. The abstention model sees the span scorer only through folds that did not see the question. No randomness.`,
    '- Licences and sources of the sets: SOURCE.txt in each.',
    '',
    '## Direct answers, out of fold',
    '',
    'Exact match and F1 by SQuAD’s normalisation; questions without a direct answer count as wrong; no abstention. In quotes: the gold answer stands in a cited sentence, yes and no aside.',
    '',
    '| set | questions | EM | F1 | in quotes |',
    '|---|---|---|---|---|',
    ...spans.map(
      ({ set, questions, em, f1, quoted }) =>
        `| ${set} | ${questions} | ${em.toFixed(1)} | ${f1.toFixed(1)} | ${quoted.toFixed(1)} |`,
    ),
    '',
    '## Abstention, out of fold',
    '',
    ...abstain(folds),
    '',
    '## Abstention, each set left out',
    '',
    ...abstain(leftOut),
  ].join('\n')}\n`;
}

/** Trains and writes. @throws UsageError without a folder; SourceError for a folder that cannot be read */
export async function trainAnswers(options: TrainAnswersOptions): Promise<void> {
  const cases = await collectAll(options);
  const sets = [...new Set(cases.map(({ set }) => set))];
  const spans = spanRecord(
    spanExamples(cases).map(({ example }) => example),
    sets,
  );
  writeModels(solveOutOfFold(cases), spans, options);
}

/** Fits the abstention model to cases solved out of fold, and writes both models and the card. */
export function writeModels(
  solved: readonly SolvedCase[],
  spanModel: SpanModelRecord,
  {
    print,
    out = dirname(assetPath('spans.json')),
    card = join(packageRoot(), 'docs', 'answers-card.md'),
  }: Pick<TrainAnswersOptions, 'print' | 'out' | 'card'>,
): void {
  const { sets } = spanModel;
  const spans = spanFigures(solved);
  for (const { set, em, f1, quoted } of spans) {
    print(`${set}: EM ${em.toFixed(1)} F1 ${f1.toFixed(1)} in quotes ${quoted.toFixed(1)} out of fold`);
  }
  const reported = (confidences: readonly number[]): AbstainRow[] =>
    abstainRows(solved.map(({ set, kind }, i) => ({ set, kind, confidence: confidences[i]! })));
  const folds = reported(outOfFold(solved));
  for (const line of abstainTable(folds)) print(line);
  const leftOut = sets.length < 2 ? [] : reported(leaveSetOut(solved));
  mkdirSync(out, { recursive: true });
  writeFileSync(join(out, 'spans.json'), `${JSON.stringify(spanModel)}\n`);
  writeFileSync(join(out, 'abstain.json'), `${JSON.stringify(fitAbstain(solved, sets))}\n`);
  mkdirSync(dirname(card), { recursive: true });
  writeFileSync(card, cardOf(spans, folds, leftOut));
  print(`Wrote spans.json and abstain.json to ${out} and ${card}.`);
}
