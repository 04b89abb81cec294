/** Search over the sentence vectors: a passage is as near as its best row. */
import type { Sections } from './sections.js';

export class VectorSearch {
  private readonly scale: Float32Array;
  private readonly rows: Int8Array;
  private readonly sentenceStart: Uint32Array;

  constructor(
    sections: Sections,
    private readonly dimensions: number,
  ) {
    this.scale = sections.get('vectorScale');
    this.rows = sections.get('vectorRows');
    this.sentenceStart = sections.get('sentenceStart');
  }

  /** Dot product of one row with the query. */
  private dot(query: Float32Array, row: number): number {
    const { rows, dimensions } = this;
    const base = row * dimensions;
    let sum = 0;
    for (let j = 0; j < dimensions; j++) sum += query[j]! * rows[base + j]!;
    return sum * this.scale[row]!;
  }

  similarity(query: Float32Array, p: number): number {
    let best = -Infinity;
    for (let row = this.sentenceStart[p]!; row < this.sentenceStart[p + 1]!; row++)
      best = Math.max(best, this.dot(query, row));
    return best === -Infinity ? 0 : best;
  }

  nearest(query: Float32Array, k: number, allowed?: Uint8Array): { passages: Uint32Array; scores: Float32Array } {
    const count = this.sentenceStart.length - 1;
    const scores = new Float32Array(count);
    const order: number[] = [];
    for (let p = 0; p < count; p++) {
      if (allowed !== undefined && allowed[p] === 0) continue;
      scores[p] = this.similarity(query, p);
      order.push(p);
    }
    order.sort((a, b) => scores[b]! - scores[a]! || a - b);
    const passages = Uint32Array.from(order.slice(0, k));
    return { passages, scores: Float32Array.from(passages, (p) => scores[p]!) };
  }
}
