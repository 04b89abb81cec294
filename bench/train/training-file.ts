/** Features as the fitting script reads them: a JSON header, and beside it one raw little-endian array a name. */
import { closeSync, openSync, writeFileSync, writeSync } from 'node:fs';

/** Questions that a fit uses: all, or all but one fold, or those of some sets. */
export interface FitJob {
  /** Fold left out. */
  readonly fold?: number;
  /** Sets used, by number. */
  readonly sets?: readonly number[];
  /** Fewer iterations (from the first job's weights) and trees of one seed. */
  readonly quick?: boolean;
}

export interface TrainingHeader {
  /** Numbers a row. */
  readonly width: number;
  /** Context signals a question. */
  readonly contexts: number;
  readonly sets: readonly string[];
  /** How much each set counts, relative to the others. */
  readonly setWeights: readonly number[];
  readonly jobs: readonly FitJob[];
}

export interface TrainingQuestion {
  readonly set: number;
  readonly fold: number;
  readonly context: Float64Array;
  /** Row by row. */
  readonly features: Float64Array;
  /** Linear: number of the gold document of each row, -1 for none. Trees: grade, -1 for a row to leave out. */
  readonly labels: Int32Array;
  /** Trees: the score of each row that they start from. */
  readonly prior?: Float64Array;
}

const KINDS = {
  features: '<f8',
  prior: '<f8',
  start: '<i8',
  context: '<f8',
  label: '<i4',
  fold: '<i4',
  set: '<i4',
  gold: '<i4',
};

/** Writes question by question, so that the features of a whole run need not fit in memory. */
export class TrainingFile {
  private readonly features: number;
  private readonly start: bigint[] = [0n];
  private readonly context: number[] = [];
  private readonly labels: Int32Array[] = [];
  private readonly priors: number[] = [];
  private readonly folds: number[] = [];
  private readonly sets: number[] = [];
  private readonly gold: number[] = [];
  private rows = 0;

  constructor(
    readonly path: string,
    private readonly header: TrainingHeader,
  ) {
    this.features = openSync(`${path}.features`, 'w');
  }

  add(question: TrainingQuestion): void {
    const { buffer, byteOffset, byteLength } = question.features;
    writeSync(this.features, new Uint8Array(buffer, byteOffset, byteLength));
    this.rows += question.labels.length;
    this.start.push(BigInt(this.rows));
    for (const value of question.context) this.context.push(value);
    this.labels.push(question.labels);
    for (const value of question.prior ?? []) this.priors.push(value);
    this.folds.push(question.fold);
    this.sets.push(question.set);
    this.gold.push(question.labels.some((label) => label >= 0) ? 1 : 0);
  }

  finish(): void {
    closeSync(this.features);
    const label = new Int32Array(this.rows);
    let at = 0;
    for (const labels of this.labels) {
      label.set(labels, at);
      at += labels.length;
    }
    const write = (name: string, array: ArrayBufferView): void => {
      writeFileSync(`${this.path}.${name}`, new Uint8Array(array.buffer, array.byteOffset, array.byteLength));
    };
    write('start', BigInt64Array.from(this.start));
    write('context', Float64Array.from(this.context));
    write('label', label);
    write('prior', Float64Array.from(this.priors));
    write('fold', Int32Array.from(this.folds));
    write('set', Int32Array.from(this.sets));
    write('gold', Int32Array.from(this.gold));
    writeFileSync(this.path, JSON.stringify({ ...this.header, arrays: KINDS }));
  }
}
