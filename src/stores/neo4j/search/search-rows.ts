/** The rows that documents become in what search keeps. */
import { contentHash } from '../../../../graph-schema/index.js';
import type { StoredDocument } from '../../../ports/index.js';
import { derivePassages } from '../../../search/derive-passages.js';
import { meanVector } from '../../../search/mean-vector.js';
import { encodeTerms } from '../../../search/terms-codec.js';
import { indexedValue } from '../indexed-text.js';
import { int, toBytes } from '../values.js';
import type { SearchCounts } from './search-state.js';

export type ChangedDocument = Omit<StoredDocument, 'text'>;

/** Equal when nothing that the search keeps has changed but whether the document is enabled. */
export function printOf({ document, passages }: ChangedDocument): string {
  const parts = passages.map(({ passage, contribution }) => [passage.id, contribution.extractor]);
  return contentHash(JSON.stringify([document.title, parts]));
}

/** Rows of documents, passages and aliases; adds to the counts, and to how often passages hold each term. */
export function searchRows(documents: readonly ChangedDocument[], counts: SearchCounts, terms: Map<number, number>) {
  const derived = derivePassages(documents);
  const rows = documents.map((source) => ({
    id: source.document.id,
    print: printOf(source),
    enabled: source.document.enabled,
    passages: int(source.passages.length),
  }));
  const passages = derived.flatMap(({ source, passages: own }) => {
    const bundles = [...source.passages].sort((a, b) => a.passage.ordinal - b.passage.ordinal);
    return own.map(({ language, length, terms: held, words }, i) => {
      const { passage, vectors } = bundles[i]!;
      for (const hash of held.hashes) terms.set(hash, (terms.get(hash) ?? 0) + 1);
      counts.add(language, length, 1);
      const { id, ordinal } = passage;
      const document = source.document.id;
      const encoded = toBytes(encodeTerms(held));
      return {
        id,
        document,
        ordinal: int(ordinal),
        language,
        length: int(length),
        terms: encoded,
        words,
        vector: meanVector(vectors) ?? null,
      };
    });
  });
  const aliases = derived.flatMap(({ source, aliases: own }) =>
    [...own].map(([key, weight]) => ({ key: indexedValue(key), document: source.document.id, weight })),
  );
  return { rows, passages, aliases };
}
