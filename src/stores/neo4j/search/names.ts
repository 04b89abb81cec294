/** Names of what search makes for one collection: hexadecimal digits of its hash, so that they need no quoting. */
import { contentHash } from '../../../../graph-schema/index.js';

export interface SearchNames {
  readonly label: string;
  readonly words: string;
  readonly vectors: string;
}

export function searchNames(collection: string): SearchNames {
  const hash = contentHash(collection).slice(0, 16);
  return { label: `Search_${hash}`, words: `search_words_${hash}`, vectors: `search_vectors_${hash}` };
}
