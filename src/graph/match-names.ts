/**
 * The fold of one passage: gazetteer matches first, then the capital runs outside them, then the parts of both at
 * connectives ("University of Oxford" also names Oxford). Demonyms stand for their country.
 */
import type { Gazetteer } from './gazetteer.js';
import { phraseKey } from './name-key.js';
import type { PassageTable } from './passage-table.js';
import { GLUED, SHAPE } from './table-columns.js';
import { WORD_FLAGS } from './word-table.js';
import { WordTrie } from './word-trie.js';

/** Receives one mention: tokens [from, to) of the passage, its sentence row, and the entity's number in the gazetteer's `names`. */
export type OnMention = (from: number, to: number, row: number, entity: number) => void;

const MIN_PART_CHARACTERS = 3;

export class NameMatcher {
  /** Spans found in the segment at hand, flat. */
  private readonly spans: number[] = [];
  /** Entity of each gazetteer match in `spans`. */
  private readonly matched: number[] = [];
  /** Phrases met outside the gazetteer, and one more than the entity of each of its nodes. */
  private readonly phrases = new WordTrie();
  private readonly entityOf: number[] = [];
  private tokens: Uint32Array = new Uint32Array(0);
  private shapes: Uint8Array = new Uint8Array(0);

  constructor(
    private readonly table: PassageTable,
    private readonly gazetteer: Gazetteer,
  ) {}

  /** Reports the mentions of a slot, segment by segment; each span once a segment. */
  match(slot: number, onMention: OnMention): void {
    const { tokenStart, tokenWords, tokenShapes, segmentStart, segmentEnd, segmentRow, runStart, runFrom, runTo } =
      this.table.columns;
    const first = tokenStart[slot]!;
    const last = tokenStart[slot + 1]!;
    this.tokens = tokenWords.subarray(first, last);
    this.shapes = tokenShapes.subarray(first, last);
    let run = runStart[slot]!;
    const runEnd = runStart[slot + 1]!;
    let from = 0;
    for (let segment = segmentStart[slot]!; segment < segmentStart[slot + 1]!; segment++) {
      const to = segmentEnd[segment]!;
      this.spans.length = 0;
      this.matched.length = 0;
      this.matchAliases(from, to);
      for (; run < runEnd && runFrom[run]! < to; run++) this.addRun(runFrom[run]!, runTo[run]!);
      this.addParts();
      const row = segmentRow[segment]!;
      for (let i = 0; i < this.spans.length; i += 2) {
        const a = this.spans[i]!;
        const b = this.spans[i + 1]!;
        onMention(a, b, row, this.matched[i >> 1] ?? this.entity(a, b));
      }
      from = to;
    }
  }

  private matchAliases(from: number, to: number): void {
    for (let at = from; at < to; ) {
      const length = this.gazetteer.longest(this.tokens, this.shapes, at, to, from);
      if (length > 0) {
        this.spans.push(at, at + length);
        this.matched.push(this.gazetteer.matched);
      }
      at += Math.max(length, 1);
    }
  }

  private addRun(a: number, b: number): void {
    for (let i = 0; i < this.matched.length * 2; i += 2) if (this.spans[i]! <= a && this.spans[i + 1]! >= b) return;
    this.add(a, b);
  }

  private add(a: number, b: number): void {
    for (let i = 0; i < this.spans.length; i += 2) if (this.spans[i] === a && this.spans[i + 1] === b) return;
    this.spans.push(a, b);
  }

  private addParts(): void {
    const whole = this.spans.length;
    const { words, flags } = this.table.words;
    for (let i = 0; i < whole; i += 2) {
      const a = this.spans[i]!;
      const b = this.spans[i + 1]!;
      if (b - a < 2) continue;
      let start = a;
      for (let x = a; x <= b; x++) {
        if (x < b && (flags[this.tokens[x]!]! & WORD_FLAGS.connective) === 0 && (this.shapes[x]! & SHAPE) !== 0)
          continue;
        if (x > start && x - start < b - a && (this.shapes[start]! & SHAPE) === 1) {
          const single = x - start === 1;
          const word = this.tokens[start]!;
          const tooShort =
            single && ((flags[word]! & WORD_FLAGS.stop) !== 0 || words[word]!.length < MIN_PART_CHARACTERS);
          if (!tooShort) this.add(start, x);
        }
        start = x + 1;
      }
    }
  }

  /** Entity of a name that is no alias. Its key is spelt out only when the words are met for the first time. */
  private entity(a: number, b: number): number {
    const { flags } = this.table.words;
    const from = b - a > 1 && (flags[this.tokens[a]!]! & WORD_FLAGS.article) !== 0 ? a + 1 : a;
    for (let i = from + 1; i < b; i++) {
      if ((this.shapes[i]! & GLUED) !== 0) return this.gazetteer.names.intern(this.key(from, b));
    }
    const node = this.phrases.plant(this.tokens, from, b);
    while (this.entityOf.length <= node) this.entityOf.push(0);
    if (this.entityOf[node] === 0) this.entityOf[node] = 1 + this.gazetteer.names.intern(this.key(from, b));
    return this.entityOf[node]! - 1;
  }

  private key(from: number, to: number): string {
    const words = Array.from(this.tokens.subarray(from, to), (word) => this.table.words.words[word]!);
    return phraseKey(words, (i) => (this.shapes[from + i]! & GLUED) !== 0);
  }
}
