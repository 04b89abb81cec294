/** Tells the typed values of a row apart; a map of a statement's own making that looks like one is taken for one. */
import type { CypherMap, CypherNode, CypherPath, CypherRelationship, CypherValue } from '../ports/index.js';

function isMap(value: CypherValue): value is CypherMap | CypherNode | CypherRelationship | CypherPath {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isNode(value: CypherValue): value is CypherNode {
  return isMap(value) && value['kind'] === 'node' && 'labels' in value && 'properties' in value;
}

export function isRelationship(value: CypherValue): value is CypherRelationship {
  return isMap(value) && value['kind'] === 'relationship' && 'from' in value && 'properties' in value;
}

export function isPath(value: CypherValue): value is CypherPath {
  return isMap(value) && value['kind'] === 'path' && 'nodes' in value && 'relationships' in value;
}
