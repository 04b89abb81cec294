/** An embedder that asks for the vectors of one question once, however often the question is ranked. */
import type { Embedder } from '../../src/ports/index.js';
import type { Analysis } from '../retrieve/analyse-question.js';
import { embedQuestion } from '../retrieve/retrieve.js';

export class RememberingEmbedder implements Embedder {
  readonly id: string;
  readonly dimensions: number;
  private readonly known = new Map<string, Promise<Float32Array>>();

  constructor(private readonly embedder: Embedder) {
    this.id = embedder.id;
    this.dimensions = embedder.dimensions;
  }

  embed(texts: readonly string[], kind: 'question' | 'passage', signal?: AbortSignal): Promise<Float32Array> {
    const key = JSON.stringify([kind, texts]);
    let found = this.known.get(key);
    if (found === undefined) {
      found = this.embedder.embed(texts, kind, signal);
      this.known.set(key, found);
    }
    return found;
  }

  /** Vector of a whole question. */
  async question(analysis: Analysis, signal?: AbortSignal): Promise<Float32Array> {
    return (await embedQuestion(this, analysis, signal)).whole;
  }
}
