/**
 * The collection's aliases, with the documents that claim each. The longest match wins among those that capitals allow:
 * one word must be capitalised, two need one capital or digit, three need none; scripts without case need two characters.
 */
import { ENTITY_TYPES } from '../../graph-schema/index.js';
import { countryKey } from './demonyms.js';
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

/** Claims to one alias by document id. */
export type AliasClaims = ReadonlyMap<string, AliasClaim>;

const NO_CLAIMS: AliasClaims = new Map();

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

interface Entry {
  /** Entity that the alias names: its key, or the country that it is a demonym of. */
  readonly entity: string;
  readonly claims: Map<string, AliasClaim>;
  readonly counts: number[];
  agreed: number;
}

const isClaimed = ({ claims }: Entry): boolean => claims.size > 0;

export class Gazetteer {
  private readonly trie = new WordTrie();
  private readonly entries = new Map<string, Entry>();
  /** Entity of the match that `longest` found last. */
  matched = '';
  /** Entry of each trie node. */
  private readonly ends: (Entry | undefined)[] = [];
  private readonly joined: JoinedNames<Entry>;

  constructor(private readonly words: WordTable) {
    this.joined = new JoinedNames(words);
  }

  /** Who claims an alias. */
  claims(key: string): AliasClaims {
    return this.entries.get(key)?.claims ?? NO_CLAIMS;
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
    for (const [key, { claims }] of this.entries) if (claims.size > 0) yield key;
  }

  /** Replaces one document's claim; undefined takes it back. An alias without claims is none any more. */
  claim(key: string, document: string, claim: AliasClaim | undefined): void {
    const entry = this.entry(key);
    const old = entry.claims.get(document);
    if (old !== undefined) entry.counts[old.type]!--;
    if (claim === undefined) entry.claims.delete(document);
    else {
      entry.claims.set(document, claim);
      entry.counts[claim.type]!++;
    }
    entry.agreed = agreedType(entry.counts);
  }

  private entry(key: string): Entry {
    let entry = this.entries.get(key);
    if (entry === undefined) {
      entry = { entity: countryKey(key), claims: new Map(), counts: [...NO_COUNTS], agreed: -1 };
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
