/** Aliases of the index: which documents have each, with weight and type. */
import type { Gazetteer } from '../graph/gazetteer.js';
import { Uint32Column } from './columns.js';
import type { SectionArrays } from './sections.js';
import { encodeStrings, sortStrings } from './string-table.js';

export type FoldedAliases = Pick<
  SectionArrays,
  'aliasBytes' | 'aliasOffsets' | 'aliasStart' | 'aliasDocuments' | 'aliasWeights' | 'aliasTypes'
>;

/**
 * Folds the aliases of a gazetteer; `numbers` are the aliases' positions by key.
 * @param numberOf index number of each document id
 */
export function foldAliases(
  gazetteer: Gazetteer,
  numberOf: ReadonlyMap<string, number>,
): { readonly numbers: ReadonlyMap<string, number>; readonly sections: FoldedAliases } {
  const keys = sortStrings([...gazetteer.keys()]);
  const aliasStart = new Uint32Array(keys.length + 1);
  const documents = new Uint32Column();
  const types: number[] = [];
  const weights: number[] = [];
  const numbers = new Map<string, number>();
  keys.forEach((key, a) => {
    numbers.set(key, a);
    const claims = [...gazetteer.claims(key)].map(([document, claim]) => ({
      document: numberOf.get(document)!,
      ...claim,
    }));
    claims.sort((x, y) => x.document - y.document);
    for (const claim of claims) {
      documents.push(claim.document);
      weights.push(claim.weight);
      types.push(claim.type);
    }
    aliasStart[a + 1] = documents.length;
  });
  const { bytes: aliasBytes, offsets: aliasOffsets } = encodeStrings(keys);
  return {
    numbers,
    sections: {
      aliasBytes,
      aliasOffsets,
      aliasStart,
      aliasDocuments: documents.copy(),
      aliasWeights: Float32Array.from(weights),
      aliasTypes: Uint8Array.from(types),
    },
  };
}
