/** Turns texts into vectors. Adapters: `static` (shipped, default), `openai` (any OpenAI-compatible endpoint). */
export interface Embedder {
  /** Model and version, stamped on the collection, e.g. "static-minilm-256/1". */
  readonly id: string;
  readonly dimensions: number;
  /**
   * One row a text, unit length (all zeros for a text without known tokens), rows * dimensions floats.
   * @throws ModelError
   */
  embed(texts: readonly string[], kind: 'passage' | 'question', signal?: AbortSignal): Promise<Float32Array>;
  /**
   * Row 0 the title, then a row for `title + "\n" + sentence` of each sentence, written to `out` from `offset`: the same
   * bits as `embed` gives for those texts. Only adapters that compute in process have it.
   */
  embedPassage?(title: string, sentences: readonly string[], out: Float32Array, offset: number): void;
}
