/** Parameters of a statement: what a user gave, checked, and the collection, which nobody can set. */
import { CypherError } from '../errors.js';
import type { CypherParams } from '../ports/index.js';

const MAX_DEPTH = 64;

/**
 * The parameters that the engine gets.
 * @throws CypherError `CYPHER_PARAMETER` when `collection` is given, a name is no identifier, or a value
 *   nests more than 64 deep
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
  checkDepth(given);
  return { ...given, collection };
}

/** Without recursion: what comes by HTTP may be nested deeper than the stack. */
function checkDepth(given: CypherParams): void {
  let level: readonly unknown[] = [given];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MAX_DEPTH) {
      throw new CypherError('CYPHER_PARAMETER', `A parameter nests more than ${MAX_DEPTH} deep`, {
        place: { field: 'params' },
        remedy: 'Give flatter lists and maps.',
      });
    }
    level = level.flatMap((value) => (typeof value === 'object' && value !== null ? Object.values(value) : []));
  }
}
