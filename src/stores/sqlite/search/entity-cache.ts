/** What views of one generation have read of entities and terms; forgotten with the generation, or when it grows too large. */
import type { Claim } from '../../../ports/passage-search.js';

/** Numbers kept, about 40 bytes each, and lists of claims, about 300. */
const MOST_NUMBERS = 200_000;
const MOST_CLAIMS = 20_000;

export class EntityCache {
  /** Passages that mention an entity. */
  readonly frequencies = new Map<number, number>();
  readonly claims = new Map<number, readonly Claim[]>();
  /** Passages that hold a term, by hash. */
  readonly terms = new Map<number, number>();
  private generation = -1;

  /** For each new view. */
  open(generation: number): void {
    const isNew = generation !== this.generation;
    this.generation = generation;
    for (const [kept, most] of [
      [this.frequencies, MOST_NUMBERS],
      [this.terms, MOST_NUMBERS],
      [this.claims, MOST_CLAIMS],
    ] as const) {
      if (isNew || kept.size > most) kept.clear();
    }
  }
}
