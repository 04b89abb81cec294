/** What an answering step hands on before it becomes the public answer object. */
import type { EvidenceSentence } from './evidence.js';

export interface Draft {
  /** Text with `[n]`, n = position in `sentences` + 1. */
  readonly text: string;
  /** Cited sentences, in the order of the reasoning. */
  readonly sentences: readonly EvidenceSentence[];
  readonly span?: string;
  readonly abstained: boolean;
  readonly warnings: readonly string[];
}
