/** Values of the driver as those of the port: safe as JSON, nodes by ids that every store gives them. */
import neo4j, { type Integer, type Node, type Path, type Relationship } from 'neo4j-driver';
import { publicNodeId } from '../../cypher/node-id.js';
import type {
  CypherMap,
  CypherNode,
  CypherParam,
  CypherPath,
  CypherRelationship,
  CypherValue,
} from '../../ports/index.js';

/** Public ids of nodes by the server's own; relationships know their ends by the latter alone. */
export type NodeIds = Map<string, string>;

/** Notes the ids of all nodes in the value, and which ends of relationships are not known yet. */
export function noteNodes(value: unknown, ids: NodeIds, unknown: Set<string>): void {
  if (neo4j.isNode(value)) note(value, ids);
  else if (neo4j.isRelationship(value)) {
    for (const end of [value.startNodeElementId, value.endNodeElementId]) if (!ids.has(end)) unknown.add(end);
  } else if (neo4j.isPath(value)) {
    for (const { start, end } of [...value.segments, value]) {
      note(start, ids);
      note(end, ids);
    }
  } else if (Array.isArray(value)) for (const item of value) noteNodes(item, ids, unknown);
  else if (isPlainMap(value)) for (const item of Object.values(value)) noteNodes(item, ids, unknown);
}

function note({ elementId, labels, properties }: Node, ids: NodeIds): void {
  if (!ids.has(elementId)) ids.set(elementId, publicNodeId(labels, properties));
}

/** The value for the port; the ends of its relationships must be in `ids`. */
export function portValue(value: unknown, ids: NodeIds): CypherValue {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (neo4j.isInt(value)) return integer(value);
  if (neo4j.isNode(value)) return portNode(value, ids);
  if (neo4j.isRelationship(value)) return portRelationship(value, ids);
  if (neo4j.isPath(value)) return portPath(value, ids);
  if (neo4j.isPoint(value)) return portMap(value, ids);
  if (ArrayBuffer.isView(value))
    return Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64');
  if (Array.isArray(value)) return value.map((item) => portValue(item, ids));
  // Dates and times write themselves as ISO 8601; of a duration without a time the driver leaves the T.
  if (neo4j.isDuration(value)) return value.toString().replace(/T$/, '');
  return isPlainMap(value) ? portMap(value, ids) : String(value);
}

function integer(value: Integer): CypherValue {
  return value.inSafeRange() ? value.toNumber() : value.toString();
}

function portMap(map: object, ids: NodeIds): CypherMap {
  const entries = Object.entries(map).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries.map(([key, value]) => [key, portValue(value, ids)]));
}

function sortedMap(map: object, ids: NodeIds): CypherMap {
  const made = portMap(map, ids);
  const keys = Object.keys(made).sort();
  return Object.fromEntries(keys.map((key) => [key, made[key] ?? null]));
}

function portNode({ elementId, labels, properties }: Node, ids: NodeIds): CypherNode {
  const id = ids.get(elementId) ?? publicNodeId(labels, properties);
  return { kind: 'node', id, labels: [...labels].sort(), properties: sortedMap(properties, ids) };
}

function portRelationship(value: Relationship, ids: NodeIds): CypherRelationship {
  return {
    kind: 'relationship',
    type: value.type,
    from: ids.get(value.startNodeElementId) ?? '',
    to: ids.get(value.endNodeElementId) ?? '',
    properties: sortedMap(value.properties, ids),
  };
}

function portPath({ start, segments }: Path, ids: NodeIds): CypherPath {
  return {
    kind: 'path',
    nodes: [start, ...segments.map(({ end }) => end)].map((node) => portNode(node, ids)),
    relationships: segments.map(({ relationship }) => portRelationship(relationship, ids)),
  };
}

function isPlainMap(value: unknown): value is object {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

/** A parameter for the driver: whole numbers become Cypher's INTEGER. */
export function driverParam(value: CypherParam): unknown {
  if (typeof value === 'number') return Number.isSafeInteger(value) && !Object.is(value, -0) ? neo4j.int(value) : value;
  if (Array.isArray(value)) return value.map((item: CypherParam) => driverParam(item));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, driverParam(item)]));
}
