/** A trie over interned words: phrases to numbers, with its edges in one open-addressing table. */

/** (node, word) -> node. */
class Edges {
  private node = new Int32Array(1 << 10).fill(-1);
  private word = new Int32Array(1 << 10);
  private target = new Int32Array(1 << 10);
  private used = 0;

  find(node: number, word: number): number {
    const mask = this.node.length - 1;
    let at = hash(node, word) & mask;
    while (this.node[at] !== -1) {
      if (this.node[at] === node && this.word[at] === word) return this.target[at]!;
      at = (at + 1) & mask;
    }
    return -1;
  }

  add(node: number, word: number, target: number): void {
    if (this.used * 2 >= this.node.length) this.grow();
    const mask = this.node.length - 1;
    let at = hash(node, word) & mask;
    while (this.node[at] !== -1) at = (at + 1) & mask;
    this.node[at] = node;
    this.word[at] = word;
    this.target[at] = target;
    this.used++;
  }

  private grow(): void {
    const { node, word, target } = this;
    this.node = new Int32Array(node.length * 2).fill(-1);
    this.word = new Int32Array(node.length * 2);
    this.target = new Int32Array(node.length * 2);
    this.used = 0;
    for (let i = 0; i < node.length; i++) if (node[i] !== -1) this.add(node[i]!, word[i]!, target[i]!);
  }
}

const hash = (node: number, word: number): number => {
  const mixed = Math.imul(node, 0x9e3779b1) ^ Math.imul(word, 0x85ebca6b);
  return mixed ^ (mixed >>> 15);
};

export class WordTrie {
  private readonly edges = new Edges();
  /** Node of each first word, 0 when no phrase begins with it. */
  private roots = new Int32Array(1024);
  private nodes = 1;

  /** Node that the phrase of words [from, to) ends at; made when it is not there. */
  plant(words: ArrayLike<number>, from = 0, to = words.length): number {
    const first = words[from]!;
    let node = this.root(first);
    if (node === 0) {
      if (first >= this.roots.length) {
        const grown = new Int32Array(Math.max(first + 1, this.roots.length * 2));
        grown.set(this.roots);
        this.roots = grown;
      }
      node = this.nodes++;
      this.roots[first] = node;
    }
    for (let i = from + 1; i < to; i++) {
      let next = this.edges.find(node, words[i]!);
      if (next < 0) {
        next = this.nodes++;
        this.edges.add(node, words[i]!, next);
      }
      node = next;
    }
    return node;
  }

  /** Node of the phrases that begin with a word, 0 when there are none. */
  root(word: number): number {
    return this.roots[word] ?? 0;
  }

  /** Node one word further, -1 when there is none. */
  step(node: number, word: number): number {
    return this.edges.find(node, word);
  }
}
