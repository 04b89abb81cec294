/** What views of one generation have read of entities and terms; forgotten with the generation, or when it grows too large. */
import type { Claim } from '../../../ports/passage-search.js';

const MOST_KEPT = 60_000;

export class EntityCache {
  /** Passages that mention an entity. */
  readonly frequencies = new Map<number, number>();
  readonly claims = new Map<number, readonly Claim[]>();
  /** Passages that hold a term, by hash. */
  readonly terms = new Map<number, number>();
  private generation = -1;

  /** For each new view. */
  open(generation: number): void {
    const size = this.frequencies.size + this.claims.size + this.terms.size;
    if (generation === this.generation && size <= MOST_KEPT) return;
    this.generation = generation;
    this.frequencies.clear();
    this.claims.clear();
    this.terms.clear();
  }
}
