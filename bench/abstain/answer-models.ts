/** The models of answering, fitted on cases of several sets, with figures on questions that they did not see. */
import { abstainFeatures } from '../../queries/answer/abstain-features.js';
import { sentencesOf } from '../../queries/answer/answer-extractively.js';
import { solve } from '../../queries/answer/solve.js';
import { SPAN_FEATURES } from '../../queries/answer/span-feature-names.js';
import { type SpanModel, type SpanModelRecord, spanModelOf } from '../../queries/answer/span-model.js';
import { loadRanker } from '../../queries/retrieve/ranker.js';
import { UsageError } from '../../src/errors.js';
import { loadStaticEmbedder } from '../../src/models/static-embedder.js';
import { holdsAnswer, scoreAnswer } from '../answers/squad-metrics.js';
import { foldOf } from '../fit/folds.js';
import { loadBenchSet } from '../retrieval/bench-set.js';
import { type AnswerCase, collectCases } from './collect-cases.js';
import { type AbstainExample, FOLDS } from './fit-abstain.js';
import { fitSpans, type SpanExample, spanExample } from './fit-spans.js';

export interface CaseOptions {
  /** Folders in the bench format, each with `:N` to draw N of its questions. */
  readonly folders: readonly string[];
  /** Questions drawn from each folder that names no number; default all. */
  readonly sample?: number | undefined;
  readonly seed?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly print: (line: string) => void;
}

/** Questions of a set that are asked again without their gold documents. */
const REMOVALS = 150;

/** @throws UsageError without a folder */
export async function collectAll(options: CaseOptions): Promise<AnswerCase[]> {
  const { folders, sample, seed = 0, signal, print } = options;
  if (folders.length === 0) {
    throw new UsageError('NO_FOLDERS', 'No folder was given.', {
      remedy: 'Name folders that hold corpus.jsonl and questions.jsonl.',
    });
  }
  const embedder = await loadStaticEmbedder();
  const ranker = await loadRanker();
  const cases: AnswerCase[] = [];
  for (const folder of folders) {
    const at = /:(\d+)$/.exec(folder);
    const path = at === null ? folder : folder.slice(0, at.index);
    const set = await loadBenchSet(path, at === null ? sample : Number(at[1]), seed);
    const found = await collectCases(set, { embedder, ranker, removals: REMOVALS, signal });
    print(`${set.name}: ${found.length} cases`);
    for (const item of found) cases.push(item);
  }
  return cases;
}

/** The record of a span scorer. */
export function spanRecord(examples: readonly SpanExample[], sets: readonly string[]): SpanModelRecord {
  return { format: 'hopwise-spans/1', features: [...SPAN_FEATURES], sets, trees: fitSpans(examples) };
}

export interface SolvedCase extends AbstainExample {
  readonly kind: AnswerCase['kind'];
  /** Exact match and F1 of the direct answer; undefined for a question without gold answers. */
  readonly score: { readonly em: number; readonly f1: number } | undefined;
  /** The gold answer stands in a cited sentence; undefined without gold answers, and where they are yes or no. */
  readonly quoted: boolean | undefined;
}

/** The case with a copy of its evidence, with which goes what is measured of it: thousands of cases are held at once. */
function forgetful(item: AnswerCase): AnswerCase {
  return { ...item, evidence: { ...item.evidence } };
}

/** A case solved by a span scorer, with its features for the abstention model. */
export function solveCase(item: AnswerCase, model: SpanModel): SolvedCase {
  const { evidence } = forgetful(item);
  const solution = solve(evidence, model);
  const answered = item.kind === 'answerable' && item.answers.length > 0;
  const polar = item.answers.every((answer) => /^(?:yes|no)$/i.test(answer));
  return {
    set: item.set,
    question: item.question,
    kind: item.kind,
    answerable: item.kind === 'answerable',
    features: abstainFeatures(evidence, solution),
    score: answered ? scoreAnswer(solution?.text ?? '', item.answers) : undefined,
    quoted:
      answered && !polar
        ? sentencesOf(evidence, solution).some(({ text }) => holdsAnswer(text, item.answers))
        : undefined,
  };
}

/** Examples of the answerable cases, with the id of their question. */
export function spanExamples(
  cases: readonly AnswerCase[],
): { readonly question: string; readonly example: SpanExample }[] {
  return cases
    .filter((item) => item.kind === 'answerable')
    .flatMap((item) => {
      const example = spanExample(forgetful(item));
      return example === undefined ? [] : [{ question: item.question, example }];
    });
}

/** Every case solved by the span scorer of the folds that did not see its question, in the order of the cases. */
export function solveOutOfFold(cases: readonly AnswerCase[]): SolvedCase[] {
  const examples = spanExamples(cases);
  const solved = new Array<SolvedCase | undefined>(cases.length);
  for (let fold = 0; fold < FOLDS; fold++) {
    const known = examples.filter(({ question }) => foldOf(question, FOLDS) !== fold).map(({ example }) => example);
    const model = spanModelOf(spanRecord(known, []));
    cases.forEach((item, i) => {
      if (foldOf(item.question, FOLDS) === fold) solved[i] = solveCase(item, model);
    });
  }
  return solved.filter((item) => item !== undefined);
}
