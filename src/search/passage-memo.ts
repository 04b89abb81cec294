/**
 * What the successive indexes of one question share: numbers of entities and terms, and what was computed of a passage
 * once, so that an index with some passages more costs what is new.
 */
import type { SearchPassage } from '../ports/passage-search.js';
import { QueryVector } from './query-vector.js';

/** A passage in the numbers of the memo. */
export interface FoldedPassage {
  /** Terms of the question that the passage holds, with their frequencies: parallel arrays. */
  readonly held: Uint32Array;
  readonly frequency: Uint16Array;
  /** Terms of the question in the sentence rows: row r has rowTerms[rowStart[r]] .. rowTerms[rowStart[r + 1]], ascending. */
  readonly rowStart: Uint32Array;
  readonly rowTerms: Uint32Array;
  /** All terms of the title, in the order of the stems, as sums over them run in an index of a whole collection. */
  readonly title: Uint32Array;
  /** Distinct, ascending. */
  readonly entities: Uint32Array;
  /** Pairs of row (of the passage) and entity, sorted, each once. */
  readonly mentionRows: Uint32Array;
  readonly mentionEntities: Uint32Array;
}

interface Comparison {
  readonly vector: Float32Array;
  readonly query: QueryVector;
  readonly best: Map<SearchPassage, number>;
}

const ROW = 0x1_0000_0000;
const NOTHING = new Uint32Array(0);

export class PassageMemo {
  /** Entities of the view by their numbers here. */
  readonly entities: number[] = [];
  /** Hashes of terms by their numbers here; those of the question first. */
  readonly hashes: number[] = [];
  readonly questionTerms: number;
  private readonly entityNumbers = new Map<number, number>();
  private readonly termNumbers = new Map<number, number>();
  private readonly asked = new Map<number, number>();
  private readonly folded = new Map<SearchPassage, FoldedPassage>();
  private readonly comparisons: Comparison[] = [];

  /** @param question hashes of the question's terms, in the order that sums over a sentence's terms run in */
  constructor(question: readonly number[]) {
    for (const hash of question) this.asked.set(hash, this.term(hash));
    this.questionTerms = this.hashes.length;
  }

  entity(entity: number): number {
    let number = this.entityNumbers.get(entity);
    if (number === undefined) {
      number = this.entities.length;
      this.entityNumbers.set(entity, number);
      this.entities.push(entity);
    }
    return number;
  }

  term(hash: number): number {
    let number = this.termNumbers.get(hash);
    if (number === undefined) {
      number = this.hashes.length;
      this.termNumbers.set(hash, number);
      this.hashes.push(hash);
    }
    return number;
  }

  of(passage: SearchPassage): FoldedPassage {
    let found = this.folded.get(passage);
    if (found === undefined) {
      found = { ...this.foldTerms(passage), ...this.foldMentions(passage) };
      this.folded.set(passage, found);
    }
    return found;
  }

  /** All terms of a sentence row, ascending. */
  rowOf({ terms }: SearchPassage, row: number): Uint32Array {
    const { hashes, rowStart, rowTerms } = terms;
    const positions = rowTerms.subarray(rowStart[row], rowStart[row + 1]);
    return Uint32Array.from(positions, (position) => this.term(hashes[position]!)).sort();
  }

  /** Greatest dot product of a passage's rows with a vector. */
  similarity(vector: Float32Array, passage: SearchPassage): number {
    const { query, best } = this.comparison(vector);
    let found = best.get(passage);
    if (found === undefined) {
      found = query.best(passage.vectors, passage.terms.rowStart.length - 1);
      best.set(passage, found);
    }
    return found;
  }

  rowSimilarity(vector: Float32Array, passage: SearchPassage, row: number): number {
    return this.comparison(vector).query.row(passage.vectors, row);
  }

  private foldTerms({ terms }: SearchPassage) {
    const { hashes, frequency, rowStart, rowTerms, title } = terms;
    const held: number[] = [];
    const often: number[] = [];
    const numbers = new Int32Array(hashes.length).fill(-1);
    for (let i = 0; i < hashes.length; i++) {
      const number = this.asked.get(hashes[i]!);
      if (number === undefined) continue;
      numbers[i] = number;
      held.push(number);
      often.push(frequency[i]!);
    }
    const start = new Uint32Array(rowStart.length);
    let items: number[] = [];
    if (held.length > 0) {
      for (let row = 0; row + 1 < rowStart.length; row++) {
        const own: number[] = [];
        for (let i = rowStart[row]!; i < rowStart[row + 1]!; i++) {
          const number = numbers[rowTerms[i]!]!;
          if (number >= 0) own.push(number);
        }
        items = items.concat(own.sort((a, b) => a - b));
        start[row + 1] = items.length;
      }
    }
    return {
      held: held.length === 0 ? NOTHING : Uint32Array.from(held),
      frequency: Uint16Array.from(often),
      rowStart: start,
      rowTerms: items.length === 0 ? NOTHING : Uint32Array.from(items),
      title: Uint32Array.from(title, (position) => this.term(hashes[position]!)),
    };
  }

  private foldMentions({ mentionRows, mentionEntities }: SearchPassage) {
    const pairs = new Float64Array(mentionEntities.length);
    for (let i = 0; i < pairs.length; i++) pairs[i] = mentionRows[i]! * ROW + this.entity(mentionEntities[i]!);
    const kept = distinct(pairs.sort());
    const rows = new Uint32Array(kept.length);
    const entities = new Uint32Array(kept.length);
    for (let i = 0; i < kept.length; i++) {
      rows[i] = kept[i]! / ROW;
      entities[i] = kept[i]! % ROW;
    }
    return { entities: distinct(entities.slice().sort()), mentionRows: rows, mentionEntities: entities };
  }

  private comparison(vector: Float32Array): Comparison {
    const known = this.comparisons.find((one) => one.vector === vector || isSame(one.vector, vector));
    if (known !== undefined) return known;
    const made = { vector, query: new QueryVector(vector), best: new Map<SearchPassage, number>() };
    this.comparisons.push(made);
    return made;
  }
}

function isSame(a: Float32Array, b: Float32Array): boolean {
  if (a.length !== b.length) return false;
  for (let j = 0; j < a.length; j++) if (a[j] !== b[j]) return false;
  return true;
}

/** Of sorted numbers each once; the array itself is shortened. */
function distinct<T extends Uint32Array | Float64Array>(sorted: T): T {
  let count = 0;
  for (let i = 0; i < sorted.length; i++) {
    if (i === 0 || sorted[i] !== sorted[i - 1]) sorted[count++] = sorted[i]!;
  }
  return sorted.subarray(0, count) as T;
}
