/** The nodes and relationships that rows hold, wherever in them, each once. */
import {
  type CypherNode,
  type CypherRelationship,
  type CypherRows,
  type CypherValue,
  isNode,
  isPath,
  isRelationship,
} from '../../src/index.js';

export interface CollectedGraph {
  /** In the order of their first appearance; ends of relationships that no row holds have neither labels nor properties. */
  readonly nodes: readonly CypherNode[];
  readonly relationships: readonly CypherRelationship[];
}

export async function collectGraph(result: CypherRows): Promise<CollectedGraph> {
  const nodes = new Map<string, CypherNode>();
  const relationships = new Map<string, CypherRelationship>();
  const add = (value: CypherValue): void => {
    if (isNode(value)) nodes.set(value.id, value);
    else if (isRelationship(value)) relationships.set(JSON.stringify(value), value);
    else if (isPath(value)) [...value.nodes, ...value.relationships].forEach(add);
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(add);
  };
  for await (const row of result.rows) row.forEach(add);
  for (const { from, to } of relationships.values()) {
    for (const id of [from, to]) if (!nodes.has(id)) nodes.set(id, { kind: 'node', id, labels: [], properties: {} });
  }
  return { nodes: [...nodes.values()], relationships: [...relationships.values()] };
}
