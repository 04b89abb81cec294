/** Boosted regression trees flattened into typed arrays and evaluated by a loop. */

/** One tree as [feature, threshold, left, right, leaf values]; x <= threshold goes left; a child < 0 is leaf ~child. */
export type TreeRecord = readonly [
  features: readonly number[],
  thresholds: readonly number[],
  left: readonly number[],
  right: readonly number[],
  leaves: readonly number[],
];

export class Trees {
  private readonly roots: Int32Array;
  private readonly feature: Uint16Array;
  private readonly threshold: Float64Array;
  private readonly left: Int32Array;
  private readonly right: Int32Array;
  private readonly leaf: Float64Array;

  constructor(records: readonly TreeRecord[]) {
    const roots: number[] = [];
    const feature: number[] = [];
    const threshold: number[] = [];
    const left: number[] = [];
    const right: number[] = [];
    const leaf: number[] = [];
    for (const [features, thresholds, lefts, rights, leaves] of records) {
      const base = feature.length;
      const first = leaf.length;
      const child = (c: number): number => (c < 0 ? ~(~c + first) : c + base);
      roots.push(features.length === 0 ? ~first : base);
      feature.push(...features);
      threshold.push(...thresholds);
      left.push(...lefts.map(child));
      right.push(...rights.map(child));
      leaf.push(...leaves);
    }
    this.roots = Int32Array.from(roots);
    this.feature = Uint16Array.from(feature);
    this.threshold = Float64Array.from(threshold);
    this.left = Int32Array.from(left);
    this.right = Int32Array.from(right);
    this.leaf = Float64Array.from(leaf);
  }

  get count(): number {
    return this.roots.length;
  }

  /** Sum over the trees for the row of numbers that starts at `at`. */
  predict(rows: Float64Array, at: number): number {
    let sum = 0;
    for (let t = 0; t < this.roots.length; t++) {
      let node = this.roots[t]!;
      while (node >= 0) {
        node = rows[at + this.feature[node]!]! <= this.threshold[node]! ? this.left[node]! : this.right[node]!;
      }
      sum += this.leaf[~node]!;
    }
    return sum;
  }
}
