/** The training run: index the sets, fit, measure out of fold and with each set left out, write ranker and data card. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DEFAULT_SPLIT } from '../../ingest/split/split.js';
import { rankBaseline } from '../../queries/retrieve/baselines.js';
import { makeRanker } from '../../queries/retrieve/ranker.js';
import { assetPath, packageRoot } from '../../src/assets.js';
import { UsageError } from '../../src/errors.js';
import { loadStaticEmbedder } from '../../src/models/static-embedder.js';
import type { Embedder } from '../../src/ports/index.js';
import { loadBenchSet } from '../retrieval/bench-set.js';
import { indexSet } from '../retrieval/index-set.js';
import { type CardRow, dataCard } from './data-card.js';
import { documentsOf, evaluateRanker, figuresOf, type SetFigures } from './evaluate-ranker.js';
import { fittingPython } from './python.js';
import { fitRanker, foldRankers, rankerRecord } from './train-ranker.js';
import { type TrainingSet, trainingSet } from './training-set.js';

/** Of the sample of questions, where a folder names a number. */
export const SAMPLE_SEED = 0;
const BASELINE_DEPTH = 100;
const FOLDER = /^(?:([\w-]+)=)?(.*?)(?::(\d+))?(?:%(\d+))?(?:@([\d.]+))?$/;

export interface TrainingOptions {
  /** Folders in the bench format: `[KIND=]DIR[:N][%WORDS][@WEIGHT]`: N questions drawn, documents split to WORDS words (default as in the product). Sets of one kind are left out together (default: each folder its own). */
  readonly folders: readonly string[];
  readonly out?: string | undefined;
  readonly card?: string | undefined;
  readonly work?: string | undefined;
  /** Leaves out the leave-one-set-out fits and the data card. */
  readonly quick?: boolean | undefined;
  readonly print: (line: string) => void;
}

async function baselineFigures(set: TrainingSet, embedder: Embedder, system: 'bm25' | 'hybrid'): Promise<SetFigures> {
  const { index, set: bench } = set.indexed;
  const rankings: string[][] = [];
  for (const { question } of bench.questions) {
    const { ids } = await rankBaseline(system, { index, embedder }, question, BASELINE_DEPTH);
    rankings.push(documentsOf(set, ids));
  }
  return figuresOf(set, rankings);
}

const short = ({ means }: SetFigures): string =>
  `${means['recall@2'].toFixed(1)}/${means['recall@5'].toFixed(1)} n${means['ndcg@10'].toFixed(1)}`;

/** Trains and writes; see `TrainingOptions`. */
export async function runTraining(options: TrainingOptions): Promise<void> {
  const { folders, print, quick = false } = options;
  if (folders.length === 0) {
    throw new UsageError('NO_FOLDERS', 'No training folder was given.', {
      remedy: 'Run `npm run train:ranker -- DIR[:N]...` with folders that hold corpus.jsonl and questions.jsonl.',
    });
  }
  const embedder = await loadStaticEmbedder();
  const sets: TrainingSet[] = [];
  for (const folder of folders) {
    const [, kind, path, count, words, weight] = FOLDER.exec(folder)!;
    const whole = await loadBenchSet(path!, count === undefined ? undefined : Number(count), SAMPLE_SEED);
    const set = words === undefined ? whole : { ...whole, name: `${whole.name}, ${words} words` };
    const split = words === undefined ? DEFAULT_SPLIT : { ...DEFAULT_SPLIT, targetWords: Number(words) };
    const indexed = await indexSet(set, embedder, split);
    sets.push(await trainingSet(indexed, embedder, kind ?? whole.name, weight === undefined ? 1 : Number(weight)));
    print(`${set.name}: ${set.documents.length} documents, ${set.questions.length} questions indexed`);
  }
  const python = await fittingPython();
  const work = options.work ?? join(tmpdir(), `hopwise-train-${process.pid}`);
  const models = await fitRanker({ sets, python, work, leaveOut: !quick, print });

  const byFold = foldRankers(models.folds);
  const rows: CardRow[] = [];
  for (const set of sets) {
    const bm25 = await baselineFigures(set, embedder, 'bm25');
    const hybrid = await baselineFigures(set, embedder, 'hybrid');
    const linear = evaluateRanker(set, foldRankers(models.folds.map(({ weights }) => ({ weights, trees: [] }))));
    const outOfFold = evaluateRanker(set, byFold);
    const without = models.without.get(set.kind);
    const leftOut =
      without === undefined ? undefined : evaluateRanker(set, [makeRanker(without.weights, without.trees)]);
    rows.push({ set: set.indexed.set, passages: set.indexed.index.passageCount, bm25, hybrid, outOfFold, leftOut });
    print(
      [
        set.indexed.set.name.padEnd(20),
        `bm25 ${short(bm25)}`,
        `hybrid ${short(hybrid)}`,
        `linear ${short(linear)}`,
        `out of fold ${short(outOfFold)}`,
        ...(leftOut === undefined ? [] : [`left out ${short(leftOut)}`]),
      ].join(' | '),
    );
  }

  const out = options.out ?? assetPath('ranker.json');
  mkdirSync(dirname(out), { recursive: true });
  writeFileSync(
    out,
    `${JSON.stringify(
      rankerRecord(
        models.whole,
        sets.map(({ indexed }) => indexed.set.name),
      ),
    )}\n`,
  );
  print(`written: ${out}`);
  if (quick) return;
  const card = options.card ?? join(packageRoot(), 'docs', 'ranker-card.md');
  writeFileSync(card, await dataCard(rows));
  print(`written: ${card}`);
}
