/**
 * Boosted regression trees flattened into typed arrays. Up to 32 rows go down together as a set of bits: the answers of a
 * test to all of them are one number, so that no step waits for or guesses a comparison (after "QuickScorer: A Fast
 * Algorithm to Rank Documents with Additive Ensembles of Regression Trees", Lucchese et al., SIGIR 2015).
 */

/** One tree as [feature, threshold, left, right, leaf values]; x <= threshold goes left; a child < 0 is leaf ~child. */
export type TreeRecord = readonly [
  features: readonly number[],
  thresholds: readonly number[],
  left: readonly number[],
  right: readonly number[],
  leaves: readonly number[],
];

/** Rows that go down together: one bit each. */
const TOGETHER = 32;

export class Trees {
  readonly count: number;
  /** Features tested, and their tests by falling threshold: [start[f], start[f + 1]) of `thresholds` and `nodeOf`. */
  private readonly features: Uint32Array;
  private readonly start: Uint32Array;
  private readonly thresholds: Float64Array;
  private readonly nodeOf: Uint32Array;
  /** Root of each tree: a node, or ~leaf. */
  private readonly roots: Int32Array;
  /** [2 node], [2 node + 1]: left and right child, a node or ~leaf. A child comes after its parent. */
  private readonly children: Int32Array;
  private readonly leaf: Float64Array;
  /** By node: the rows that go right, and the rows that arrive. */
  private readonly right: Int32Array;
  private readonly arrived: Int32Array;

  constructor(records: readonly TreeRecord[]) {
    const roots: number[] = [];
    const children: number[] = [];
    const leaf: number[] = [];
    const tests: { readonly feature: number; readonly threshold: number; readonly node: number }[] = [];
    for (const [features, thresholds, left, right, leaves] of records) {
      const add = (child: number): number => {
        if (child < 0) return ~(leaf.push(leaves[~child]!) - 1);
        const node = tests.length;
        tests.push({ feature: features[child]!, threshold: thresholds[child]!, node });
        children.push(0, 0);
        children[2 * node] = add(left[child]!);
        children[2 * node + 1] = add(right[child]!);
        return node;
      };
      roots.push(add(features.length === 0 ? ~0 : 0));
    }
    this.count = records.length;
    this.roots = Int32Array.from(roots);
    this.children = Int32Array.from(children);
    this.leaf = Float64Array.from(leaf);
    this.right = new Int32Array(tests.length);
    this.arrived = new Int32Array(tests.length);
    tests.sort((a, b) => a.feature - b.feature || b.threshold - a.threshold);
    const features = [...new Set(tests.map(({ feature }) => feature))];
    this.features = Uint32Array.from(features);
    this.start = Uint32Array.of(
      ...features.map((feature) => tests.findIndex((test) => test.feature === feature)),
      tests.length,
    );
    this.thresholds = Float64Array.from(tests, ({ threshold }) => threshold);
    this.nodeOf = Uint32Array.from(tests, ({ node }) => node);
  }

  /** Sum over the trees, in their order, for each of the first `count` rows of `width` numbers. */
  predict(rows: Float64Array, width: number, count: number): Float64Array {
    const sums = new Float64Array(count);
    for (let from = 0; from < count; from += TOGETHER) {
      const together = Math.min(TOGETHER, count - from);
      this.test(rows, width, from, together);
      this.descend(sums, from, together);
    }
    return sums;
  }

  /** Rows that go right at each node. */
  private test(rows: Float64Array, width: number, from: number, count: number): void {
    const { features, start, thresholds, nodeOf, right } = this;
    // First the rows whose value is above a threshold, but not above the one before it, then their sums from there on.
    right.fill(0);
    for (let f = 0; f < features.length; f++) {
      const first = start[f]!;
      const end = start[f + 1]!;
      for (let row = 0, at = from * width + features[f]!; row < count; row++, at += width) {
        const value = rows[at]!;
        let low = first;
        let high = end;
        while (low < high) {
          const middle = (low + high) >>> 1;
          if (value <= thresholds[middle]!) low = middle + 1;
          else high = middle;
        }
        if (low < end) right[nodeOf[low]!]! |= 1 << row;
      }
      let above = 0;
      for (let i = first; i < end; i++) {
        above |= right[nodeOf[i]!]!;
        right[nodeOf[i]!] = above;
      }
    }
  }

  private descend(sums: Float64Array, from: number, count: number): void {
    const { roots, children, right, arrived } = this;
    const all = count === TOGETHER ? -1 : (1 << count) - 1;
    let node = 0;
    for (let t = 0; t < roots.length; t++) {
      const root = roots[t]!;
      if (root < 0) {
        this.add(sums, from, all, ~root);
        continue;
      }
      arrived[root] = all;
      const end = this.end(t);
      for (node = root; node < end; node++) {
        const here = arrived[node]!;
        const toLeft = here & ~right[node]!;
        const toRight = here & right[node]!;
        const left = children[2 * node]!;
        const other = children[2 * node + 1]!;
        if (left >= 0) arrived[left] = toLeft;
        else this.add(sums, from, toLeft, ~left);
        if (other >= 0) arrived[other] = toRight;
        else this.add(sums, from, toRight, ~other);
      }
    }
  }

  /** Adds a leaf's value to the sums of a set of rows. */
  private add(sums: Float64Array, from: number, set: number, leaf: number): void {
    const value = this.leaf[leaf]!;
    for (let bits = set; bits !== 0; bits &= bits - 1) sums[from + 31 - Math.clz32(bits & -bits)]! += value;
  }

  /** One behind the last node of a tree. */
  private end(tree: number): number {
    for (let t = tree + 1; t < this.roots.length; t++) if (this.roots[t]! >= 0) return this.roots[t]!;
    return this.right.length;
  }
}
