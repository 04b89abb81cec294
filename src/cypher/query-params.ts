/** Parameters of a statement: what a user gave, checked, and the collection, which nobody can set. */
import { CypherError } from '../errors.js';
import type { CypherParams } from '../ports/index.js';

/**
 * The parameters that the engine gets.
 * @throws CypherError `CYPHER_PARAMETER` when `collection` is given, or a name is no identifier
 */
export function queryParams(collection: string, given: CypherParams): CypherParams {
  for (const name of Object.keys(given)) {
    if (name === 'collection') {
      throw new CypherError('CYPHER_PARAMETER', 'The parameter "collection" is set by hopwise', {
        place: { field: 'params.collection' },
        remedy: 'Choose the collection by --collection or the request, not by a parameter.',
      });
    }
    if (!/^[\p{L}_][\p{L}\p{N}_]{0,127}$/u.test(name)) {
      throw new CypherError('CYPHER_PARAMETER', `${JSON.stringify(name)} is no name for a parameter`, {
        place: { field: 'params' },
        remedy: 'Names are letters, digits and underscores, the first no digit.',
      });
    }
  }
  return { ...given, collection };
}
