/**
 * Gradient boosted regression trees on histograms (Friedman, "Greedy function approximation", 2001; leaf-wise growth as
 * in LightGBM), small enough to fit in the product's own language. Deterministic: no sampling, sums in row order, ties
 * to the smaller feature and threshold.
 */
import type { TreeRecord } from '../../queries/retrieve/trees.js';

export interface TreeOptions {
  readonly trees: number;
  readonly leaves: number;
  /** Shrinkage of each tree. */
  readonly rate: number;
  /** Added to the sum of second derivatives of a leaf. */
  readonly l2: number;
  /** Least sum of second derivatives of a leaf. */
  readonly leastHessian: number;
}

/** Fills the first and second derivative of the loss at the present scores, one a row. */
export type Derivatives = (scores: Float64Array, gradient: Float64Array, hessian: Float64Array) => void;

const BINS = 64;

interface Binned {
  readonly bins: Uint8Array;
  /** Upper edge of each bin by feature. */
  readonly edges: readonly (readonly number[])[];
}

/** Quantile bins of each feature; a feature with few values gets one bin a value. */
function binFeatures(rows: Float64Array, width: number): Binned {
  const count = rows.length / width;
  const bins = new Uint8Array(rows.length);
  const edges: number[][] = [];
  const column = new Float64Array(count);
  for (let f = 0; f < width; f++) {
    for (let r = 0; r < count; r++) column[r] = rows[r * width + f]!;
    const sorted = Float64Array.from(column).sort();
    const cuts: number[] = [];
    const distinct: number[] = [];
    for (let r = 0; r < count && distinct.length <= BINS; r++) {
      if (distinct.length === 0 || sorted[r] !== distinct[distinct.length - 1]) distinct.push(sorted[r]!);
    }
    if (distinct.length <= BINS) {
      for (let i = 0; i + 1 < distinct.length; i++) cuts.push((distinct[i]! + distinct[i + 1]!) / 2);
    } else {
      for (let b = 1; b < BINS; b++) {
        const value = sorted[Math.floor((b * count) / BINS)]!;
        if (cuts.length === 0 || value > cuts[cuts.length - 1]!) cuts.push(value);
      }
    }
    edges.push(cuts);
    for (let r = 0; r < count; r++) {
      let low = 0;
      let high = cuts.length;
      const value = column[r]!;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (value <= cuts[middle]!) high = middle;
        else low = middle + 1;
      }
      bins[r * width + f] = low;
    }
  }
  return { bins, edges };
}

interface Leaf {
  readonly rows: Uint32Array;
  /** Sums of first and second derivatives by feature and bin: width * BINS each. */
  readonly sums: readonly [gradient: Float64Array, hessian: Float64Array];
  readonly gradient: number;
  readonly hessian: number;
  readonly split: Split | undefined;
}

interface Split {
  readonly gain: number;
  readonly feature: number;
  readonly bin: number;
}

/** One tree's view of the data. */
class Grower {
  constructor(
    private readonly binned: Binned,
    private readonly width: number,
    private readonly gradient: Float64Array,
    private readonly hessian: Float64Array,
    private readonly options: TreeOptions,
  ) {}

  root(count: number): Leaf {
    const rows = new Uint32Array(count);
    for (let r = 0; r < count; r++) rows[r] = r;
    return this.leaf(rows, this.sum(rows));
  }

  /** The two sides of a leaf's best split; only the smaller one is summed, the other is what remains. */
  halves(leaf: Leaf, { feature, bin }: Split): [Leaf, Leaf] {
    const { bins } = this.binned;
    const low = leaf.rows.filter((r) => bins[r * this.width + feature]! <= bin);
    const high = leaf.rows.filter((r) => bins[r * this.width + feature]! > bin);
    const small = this.sum(low.length <= high.length ? low : high);
    const rest = [0, 1].map((k) => leaf.sums[k]!.map((value, i) => value - small[k]![i]!));
    const other: Leaf['sums'] = [rest[0]!, rest[1]!];
    return low.length <= high.length
      ? [this.leaf(low, small), this.leaf(high, other)]
      : [this.leaf(low, other), this.leaf(high, small)];
  }

  private sum(rows: Uint32Array): Leaf['sums'] {
    const { width, gradient, hessian } = this;
    const { bins } = this.binned;
    const sumG = new Float64Array(width * BINS);
    const sumH = new Float64Array(width * BINS);
    for (const r of rows) {
      const g = gradient[r]!;
      const h = hessian[r]!;
      for (let f = 0, at = 0, cell = r * width; f < width; f++, at += BINS, cell++) {
        const slot = at + bins[cell]!;
        sumG[slot]! += g;
        sumH[slot]! += h;
      }
    }
    return [sumG, sumH];
  }

  private leaf(rows: Uint32Array, sums: Leaf['sums']): Leaf {
    let gradient = 0;
    let hessian = 0;
    for (const r of rows) {
      gradient += this.gradient[r]!;
      hessian += this.hessian[r]!;
    }
    return { rows, sums, gradient, hessian, split: this.bestSplit(sums, gradient, hessian) };
  }

  private bestSplit([sumG, sumH]: Leaf['sums'], gradient: number, hessian: number): Split | undefined {
    const { l2, leastHessian } = this.options;
    const value = (g: number, h: number): number => (g * g) / (h + l2);
    const whole = value(gradient, hessian);
    let best: Split | undefined;
    for (let f = 0; f < this.width; f++) {
      let g = 0;
      let h = 0;
      for (let b = 0; b < this.binned.edges[f]!.length; b++) {
        g += sumG[f * BINS + b]!;
        h += sumH[f * BINS + b]!;
        if (h < leastHessian || hessian - h < leastHessian) continue;
        const gain = value(g, h) + value(gradient - g, hessian - h) - whole;
        if (gain > 1e-9 && (best === undefined || gain > best.gain)) best = { gain, feature: f, bin: b };
      }
    }
    return best;
  }
}

const round = (x: number): number => Number(x.toPrecision(6));

/** One tree grown leaf by leaf; adds its values to `scores`. */
function growTree(
  binned: Binned,
  width: number,
  gradient: Float64Array,
  hessian: Float64Array,
  scores: Float64Array,
  options: TreeOptions,
): TreeRecord {
  const features: number[] = [];
  const thresholds: number[] = [];
  const left: number[] = [];
  const right: number[] = [];
  const grower = new Grower(binned, width, gradient, hessian, options);
  const leaves: Leaf[] = [grower.root(scores.length)];
  /** Where a leaf hangs: node and side; the root hangs nowhere. */
  const parents: ({ readonly node: number; readonly side: 'left' | 'right' } | undefined)[] = [undefined];
  while (leaves.length < options.leaves) {
    let at = -1;
    leaves.forEach((leaf, i) => {
      if (leaf.split !== undefined && (at < 0 || leaf.split.gain > leaves[at]!.split!.gain)) at = i;
    });
    if (at < 0) break;
    const leaf = leaves[at]!;
    const { feature, bin } = leaf.split!;
    const node = features.length;
    features.push(feature);
    thresholds.push(round(binned.edges[feature]![bin]!));
    left.push(0);
    right.push(0);
    const parent = parents[at];
    if (parent !== undefined) (parent.side === 'left' ? left : right)[parent.node] = node;
    const [low, high] = grower.halves(leaf, leaf.split!);
    leaves[at] = low;
    parents[at] = { node, side: 'left' };
    leaves.push(high);
    parents.push({ node, side: 'right' });
  }
  const values = leaves.map((leaf) => round((-options.rate * leaf.gradient) / (leaf.hessian + options.l2)));
  leaves.forEach((leaf, i) => {
    const parent = parents[i];
    if (parent !== undefined) (parent.side === 'left' ? left : right)[parent.node] = ~i;
    for (const r of leaf.rows) scores[r]! += values[i]!;
  });
  return [features, thresholds, left, right, values];
}

/** Fits trees to a loss given by its derivatives; `rows` holds `width` numbers a row. */
export function fitTrees(
  rows: Float64Array,
  width: number,
  derivatives: Derivatives,
  options: TreeOptions,
): TreeRecord[] {
  const count = rows.length / width;
  const binned = binFeatures(rows, width);
  const scores = new Float64Array(count);
  const gradient = new Float64Array(count);
  const hessian = new Float64Array(count);
  const trees: TreeRecord[] = [];
  for (let t = 0; t < options.trees; t++) {
    derivatives(scores, gradient, hessian);
    trees.push(growTree(binned, width, gradient, hessian, scores, options));
  }
  return trees;
}
