/**
 * The collection's aliases, with the documents that claim each. The longest match wins among those that capitals allow:
 * one word must be capitalised, two need one capital or digit, three need none; scripts without case need two characters.
 */
import { ENTITY_TYPES } from '../../graph-schema/index.js';
import { EntityNames } from './entity-names.js';
import { typeNumber } from './entity-types.js';
import { JoinedNames } from './joined-names.js';
import { SHAPE } from './table-columns.js';
import { WORD_FLAGS, type WordTable } from './word-table.js';
import { WordTrie } from './word-trie.js';

/** One document's claim to an alias. */
export interface AliasClaim {
  readonly weight: number;
  /** `typeNumber` of what the document is about. */
  readonly type: number;
}

/** Claims of one document by key, each key once with its greatest weight. */
export function claimsOf(
  aliases: readonly {
    readonly key: string;
    readonly weight: number;
    readonly type: Parameters<typeof typeNumber>[0];
  }[],
): Map<string, AliasClaim> {
  const claims = new Map<string, AliasClaim>();
  for (const { key, weight, type } of aliases) {
    if (weight > (claims.get(key)?.weight ?? 0)) claims.set(key, { weight, type: typeNumber(type) });
  }
  return claims;
}

/** How many claims to an alias are of each type, by `typeNumber`. */
export type TypeCounts = readonly number[];

const NO_COUNTS: TypeCounts = new Array<number>(ENTITY_TYPES.length + 1).fill(0);

/** The one type of all who claim an alias, 0 when they differ or none is known, -1 when nobody claims it. */
export function agreedType(counts: TypeCounts): number {
  let agreed = -1;
  for (let type = 0; type < counts.length; type++) {
    if (counts[type] === 0) continue;
    if (agreed >= 0) return 0;
    agreed = type;
  }
  return agreed;
}

/** An alias and who claims it. Most aliases have one claim, which needs no map. */
class Entry {
  /** `agreedType` of the counts. */
  agreed = -1;
  private document: string | undefined;
  private claim: AliasClaim | undefined;
  /** All claims, once there were two. */
  private all: Map<string, AliasClaim> | undefined;
  private typeCounts: number[] | undefined;

  /** @param entity number in `names` of the entity that the alias names */
  constructor(readonly entity: number) {}

  get size(): number {
    return this.all?.size ?? (this.claim === undefined ? 0 : 1);
  }

  of(document: string): AliasClaim | undefined {
    if (this.all !== undefined) return this.all.get(document);
    return this.document === document ? this.claim : undefined;
  }

  get claims(): Iterable<readonly [document: string, claim: AliasClaim]> {
    if (this.all !== undefined) return this.all;
    return this.claim === undefined ? [] : [[this.document!, this.claim]];
  }

  get counts(): TypeCounts {
    if (this.typeCounts !== undefined) return this.typeCounts;
    if (this.claim === undefined) return NO_COUNTS;
    const { type } = this.claim;
    return NO_COUNTS.map((_, i) => (i === type ? 1 : 0));
  }

  set(document: string, claim: AliasClaim | undefined): void {
    if (this.all === undefined && (this.claim === undefined || this.document === document)) {
      this.document = document;
      this.claim = claim;
      this.agreed = claim?.type ?? -1;
      return;
    }
    this.typeCounts ??= [...this.counts];
    this.all ??= new Map(this.claims);
    const old = this.all.get(document);
    if (old !== undefined) this.typeCounts[old.type]!--;
    if (claim === undefined) this.all.delete(document);
    else {
      this.all.set(document, claim);
      this.typeCounts[claim.type]!++;
    }
    this.agreed = agreedType(this.typeCounts);
  }
}

const isClaimed = (entry: Entry): boolean => entry.size > 0;

export class Gazetteer {
  private readonly trie = new WordTrie();
  private readonly entries = new Map<string, Entry>();
  readonly names = new EntityNames();
  /** Entity of the match that `longest` found last, a number in `names`. */
  matched = 0;
  /** Entry of each trie node. */
  private readonly ends: (Entry | undefined)[] = [];
  private readonly joined: JoinedNames<Entry>;
  private readonly agreed: number[] = [];

  constructor(private readonly words: WordTable) {
    this.joined = new JoinedNames(words);
  }

  /** Who claims an alias, in no order. */
  claims(key: string): Iterable<readonly [document: string, claim: AliasClaim]> {
    return this.entries.get(key)?.claims ?? [];
  }

  /** A document's claim to an alias. */
  claimOf(key: string, document: string): AliasClaim | undefined {
    return this.entries.get(key)?.of(document);
  }

  counts(key: string): TypeCounts {
    return this.entries.get(key)?.counts ?? NO_COUNTS;
  }

  /** `agreedType` of the counts of an alias. */
  agreedType(key: string): number {
    return this.entries.get(key)?.agreed ?? -1;
  }

  /** Keys that some document claims, in no order. */
  *keys(): Iterable<string> {
    for (const [key, entry] of this.entries) if (isClaimed(entry)) yield key;
  }

  /** `agreedType` of the alias that is an entity's key, by the entity's number in `names`. */
  agreedTypeOf(entity: number): number {
    return this.agreed[entity] ?? -1;
  }

  /** Replaces one document's claim; undefined takes it back. An alias without claims is none any more. */
  claim(key: string, document: string, claim: AliasClaim | undefined): void {
    const entry = this.entry(key);
    entry.set(document, claim);
    if (this.names.keys[entry.entity] !== key) return;
    while (this.agreed.length <= entry.entity) this.agreed.push(-1);
    this.agreed[entry.entity] = entry.agreed;
  }

  private entry(key: string): Entry {
    let entry = this.entries.get(key);
    if (entry === undefined) {
      entry = new Entry(this.names.intern(key));
      this.entries.set(key, entry);
      const end = this.trie.plant(key.split(' ').map((word) => this.words.intern(word)));
      while (this.ends.length <= end) this.ends.push(undefined);
      this.ends[end] = entry;
      this.joined.add(key, entry);
    }
    return entry;
  }

  /**
   * Length in tokens of the longest alias that begins at `at` and ends by `end`, its entity in `matched`; 0 when there is none.
   * @param head first token of the segment, where a capital means little
   */
  longest(tokens: Uint32Array, shapes: Uint8Array, at: number, end: number, head: number): number {
    const joined = this.joined.longest(tokens, shapes, at, end, isClaimed);
    if (joined > 0) this.matched = this.joined.found!.entity;
    return this.longestOfWords(tokens, shapes, at, end, head, joined);
  }

  /** The longest alias of more than `longest` words, else `longest`. */
  private longestOfWords(
    tokens: Uint32Array,
    shapes: Uint8Array,
    at: number,
    end: number,
    head: number,
    longest: number,
  ): number {
    let node = this.trie.root(tokens[at]!);
    if (node === 0) return longest;
    let capitals = 0;
    let caseless = 0;
    for (let i = at; ; ) {
      if ((shapes[i]! & SHAPE) !== 0) capitals++;
      else if ((this.words.flags[tokens[i]!]! & WORD_FLAGS.caseless) !== 0) caseless++;
      const length = i - at + 1;
      const entry = this.ends[node];
      if (
        length > longest &&
        entry !== undefined &&
        isClaimed(entry) &&
        this.accepts(tokens[at]!, shapes[at]! & SHAPE, length, capitals, caseless, at === head)
      ) {
        longest = length;
        this.matched = entry.entity;
      }
      if (++i >= end) return longest;
      node = this.trie.step(node, tokens[i]!);
      if (node < 0) return longest;
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
