/** Boosted regression trees flattened into typed arrays and evaluated by a loop. */

/** One tree as [feature, threshold, left, right, leaf values]; x <= threshold goes left; a child < 0 is leaf ~child. */
export type TreeRecord = readonly [
  features: readonly number[],
  thresholds: readonly number[],
  left: readonly number[],
  right: readonly number[],
  leaves: readonly number[],
];

/** Numbers a node takes in `nodes`: feature, left child, right child. */
const STRIDE = 3;

export class Trees {
  private readonly roots: Int32Array;
  private readonly nodes: Int32Array;
  private readonly threshold: Float64Array;
  private readonly leaf: Float64Array;

  constructor(records: readonly TreeRecord[]) {
    const roots: number[] = [];
    const nodes: number[] = [];
    const threshold: number[] = [];
    const leaf: number[] = [];
    for (const [features, thresholds, lefts, rights, leaves] of records) {
      const base = threshold.length;
      const first = leaf.length;
      const child = (c: number): number => (c < 0 ? ~(~c + first) : c + base);
      roots.push(features.length === 0 ? ~first : base);
      features.forEach((feature, i) => {
        nodes.push(feature, child(lefts[i]!), child(rights[i]!));
      });
      threshold.push(...thresholds);
      leaf.push(...leaves);
    }
    this.roots = Int32Array.from(roots);
    this.nodes = Int32Array.from(nodes);
    this.threshold = Float64Array.from(threshold);
    this.leaf = Float64Array.from(leaf);
  }

  get count(): number {
    return this.roots.length;
  }

  /** Sum over the trees for each of the first `count` rows of `width` numbers; tree by tree, so that a tree stays cached. */
  predict(rows: Float64Array, width: number, count: number): Float64Array {
    const { roots, nodes, threshold, leaf } = this;
    const sums = new Float64Array(count);
    for (let t = 0; t < roots.length; t++) {
      const root = roots[t]!;
      for (let row = 0, at = 0; row < count; row++, at += width) {
        let node = root;
        while (node >= 0) {
          const base = node * STRIDE;
          node = nodes[rows[at + nodes[base]!]! <= threshold[node]! ? base + 1 : base + 2]!;
        }
        sums[row]! += leaf[~node]!;
      }
    }
    return sums;
  }
}
