/**
 * The collection's aliases as a trie over interned words, with the documents that have each alias. Longest match wins
 * among the matches that capitals allow: one word must be capitalised, two need one capital or digit, three need none.
 */
import { WORD_FLAGS, type WordTable } from './word-table.js';

/** One document's claim to an alias. */
export interface AliasClaim {
  readonly document: string;
  readonly weight: number;
  /** `typeNumber`. */
  readonly type: number;
}

export interface GazetteerEntry {
  readonly key: string;
  readonly claims: Map<string, AliasClaim>;
}

/** Trie edges in one open-addressing table: (node, word) -> node. */
class Edges {
  private node = new Int32Array(1 << 12).fill(-1);
  private word = new Int32Array(1 << 12);
  private target = new Int32Array(1 << 12);
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

/** What the gazetteer finds at a place. */
export interface GazetteerMatch {
  length: number;
  entry: GazetteerEntry | undefined;
}

export class Gazetteer {
  private readonly edges = new Edges();
  /** Node of each first word, 0 when no alias begins with it. */
  private roots = new Int32Array(1024);
  private readonly entryAt: (GazetteerEntry | undefined)[] = [undefined];
  private readonly entries = new Map<string, GazetteerEntry>();
  private readonly match: GazetteerMatch = { length: 0, entry: undefined };

  constructor(private readonly words: WordTable) {}

  entry(key: string): GazetteerEntry | undefined {
    const entry = this.entries.get(key);
    return entry === undefined || entry.claims.size === 0 ? undefined : entry;
  }

  /** All aliases that some document has, in no order. */
  *live(): Iterable<GazetteerEntry> {
    for (const entry of this.entries.values()) if (entry.claims.size > 0) yield entry;
  }

  /** A document's claim; the greatest weight counts when it claims a key twice. */
  add(key: string, claim: AliasClaim): void {
    let entry = this.entries.get(key);
    if (entry === undefined) {
      entry = { key, claims: new Map() };
      this.entries.set(key, entry);
      this.plant(key.split(' '), entry);
    }
    const known = entry.claims.get(claim.document);
    if (known === undefined || known.weight < claim.weight) entry.claims.set(claim.document, claim);
  }

  remove(key: string, document: string): void {
    this.entries.get(key)?.claims.delete(document);
  }

  private plant(words: readonly string[], entry: GazetteerEntry): void {
    const first = this.words.intern(words[0]!);
    if (first >= this.roots.length) {
      const grown = new Int32Array(Math.max(first + 1, this.roots.length * 2));
      grown.set(this.roots);
      this.roots = grown;
    }
    let node = this.roots[first]!;
    if (node === 0) node = this.roots[first] = this.newNode();
    for (let i = 1; i < words.length; i++) {
      const word = this.words.intern(words[i]!);
      let next = this.edges.find(node, word);
      if (next < 0) {
        next = this.newNode();
        this.edges.add(node, word, next);
      }
      node = next;
    }
    this.entryAt[node] = entry;
  }

  private newNode(): number {
    this.entryAt.push(undefined);
    return this.entryAt.length - 1;
  }

  /**
   * Longest alias that begins at `at` and ends by `end`; the same object is returned each time.
   * @param head first token of the segment, where a capital means little
   */
  longest(tokens: Uint32Array, shapes: Uint8Array, at: number, end: number, head: number): GazetteerMatch {
    const { match } = this;
    match.length = 0;
    match.entry = undefined;
    let node = this.roots[tokens[at]!] ?? 0;
    if (node === 0) return match;
    let capitals = 0;
    let caseless = 0;
    for (let i = at; ; i++) {
      const word = tokens[i]!;
      if (shapes[i] !== 0) capitals++;
      else if ((this.words.flags[word]! & WORD_FLAGS.caseless) !== 0) caseless++;
      const entry = this.entryAt[node];
      const length = i - at + 1;
      if (
        entry !== undefined &&
        entry.claims.size > 0 &&
        this.accepts(tokens[at]!, shapes[at]!, length, capitals, caseless, at === head)
      ) {
        match.length = length;
        match.entry = entry;
      }
      if (i + 1 >= end) return match;
      node = this.edges.find(node, tokens[i + 1]!);
      if (node < 0) return match;
    }
  }

  private accepts(
    first: number,
    shape: number,
    length: number,
    capitals: number,
    caseless: number,
    atHead: boolean,
  ): boolean {
    const flags = this.words.flags[first]!;
    if (caseless > 0 && capitals + caseless === length) {
      return length > 1 || (this.words.words[first]!.length > 1 && (flags & WORD_FLAGS.stop) === 0);
    }
    if (capitals === 0 && length < 3) return false;
    if (length > 1) return true;
    return shape === 1 && (flags & WORD_FLAGS.stop) === 0 && !(atHead && (flags & WORD_FLAGS.head) !== 0);
  }
}
