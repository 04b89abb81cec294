/**
 * What the successive indexes of one question share: numbers of entities and terms, and what was computed of a passage
 * once, so that an index with some passages more costs what is new.
 */
import type { SearchPassage } from '../ports/passage-search.js';
import { QueryVector } from './query-vector.js';

export interface PassageNames {
  /** Distinct, ascending. */
  readonly entities: Uint32Array;
  /** Pairs of row (of the passage) and entity, sorted, each once. */
  readonly rows: Uint32Array;
  readonly rowEntities: Uint32Array;
}

export class PassageMemo {
  /** Entities of the view by their numbers here. */
  readonly entities: number[] = [];
  /** Hashes of terms by their numbers here. */
  readonly hashes: number[] = [];
  private readonly entityNumbers = new Map<number, number>();
  private readonly termNumbers = new Map<number, number>();
  private readonly names = new Map<SearchPassage, PassageNames>();
  private readonly titles = new Map<SearchPassage, Uint32Array>();
  private readonly rows = new Map<SearchPassage, (Uint32Array | undefined)[]>();
  private readonly similarities = new Map<string, { query: QueryVector; best: Map<SearchPassage, number> }>();

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

  namesOf(passage: SearchPassage): PassageNames {
    let found = this.names.get(passage);
    if (found === undefined) {
      const { mentionRows, mentionEntities } = passage;
      const numbers = mentionEntities.map((entity) => this.entity(entity));
      const order = numbers.map((_, i) => i);
      order.sort((a, b) => mentionRows[a]! - mentionRows[b]! || numbers[a]! - numbers[b]!);
      const kept = order.filter(
        (i, at) => at === 0 || mentionRows[i] !== mentionRows[order[at - 1]!] || numbers[i] !== numbers[order[at - 1]!],
      );
      found = {
        entities: Uint32Array.from(new Set(numbers)).sort(),
        rows: Uint32Array.from(kept, (i) => mentionRows[i]!),
        rowEntities: Uint32Array.from(kept, (i) => numbers[i]!),
      };
      this.names.set(passage, found);
    }
    return found;
  }

  /** Terms of the title, in the order of the stems, as sums over them run in an index of a whole collection. */
  titleOf(passage: SearchPassage): Uint32Array {
    let found = this.titles.get(passage);
    if (found === undefined) {
      const { hashes, title } = passage.terms;
      found = Uint32Array.from(title, (position) => this.term(hashes[position]!));
      this.titles.set(passage, found);
    }
    return found;
  }

  /** Terms of a sentence row, ascending. */
  rowOf(passage: SearchPassage, row: number): Uint32Array {
    let rows = this.rows.get(passage);
    if (rows === undefined) {
      rows = [];
      this.rows.set(passage, rows);
    }
    let found = rows[row];
    if (found === undefined) {
      const { hashes, rowStart, rowTerms } = passage.terms;
      const positions = rowTerms.subarray(rowStart[row], rowStart[row + 1]);
      found = Uint32Array.from(positions, (position) => this.term(hashes[position]!)).sort();
      rows[row] = found;
    }
    return found;
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

  private last: { vector: Float32Array; of: { query: QueryVector; best: Map<SearchPassage, number> } } | undefined;

  private comparison(vector: Float32Array): { query: QueryVector; best: Map<SearchPassage, number> } {
    if (this.last?.vector === vector) return this.last.of;
    const key = Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength).toString('latin1');
    let of = this.similarities.get(key);
    if (of === undefined) {
      of = { query: new QueryVector(vector), best: new Map() };
      this.similarities.set(key, of);
    }
    this.last = { vector, of };
    return of;
  }
}
