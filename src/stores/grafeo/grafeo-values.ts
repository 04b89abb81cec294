/** Values as Grafeo's binding gives them, as values of the port. */
import { publicNodeId } from '../../cypher/node-id.js';
import type { CypherMap, CypherNode, CypherRelationship, CypherValue } from '../../ports/index.js';

type Fields = Readonly<Record<string, unknown>>;

/** Public id of a node by Grafeo's number. */
export type NodeIds = (number: number) => string;

/**
 * The value for a row. Nodes are maps with `_id` and `_labels`, relationships maps with `_type`, `_source` and `_target`,
 * paths maps of `nodes` and `edges`.
 */
export function toCypherValue(value: unknown, ids: NodeIds): CypherValue {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'number':
      return Number.isFinite(value) ? value : String(value);
    case 'bigint':
      return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
    case 'object':
      return value === null ? null : fromObject(value, ids);
    default:
      return null;
  }
}

function fromObject(value: object, ids: NodeIds): CypherValue {
  if (Array.isArray(value)) return value.map((item) => toCypherValue(item, ids));
  if (value instanceof Date) return value.toISOString();
  if (Buffer.isBuffer(value)) return value.toString('base64');
  if (value instanceof Float32Array) return Array.from(value);
  const fields = value as Fields;
  if (isNodeFields(fields)) return toNode(fields, ids);
  if (isEdgeFields(fields)) return toRelationship(fields, ids);
  return toPath(fields, ids) ?? toMap(Object.entries(fields), ids);
}

interface NodeFields extends Fields {
  readonly _id: number;
  readonly _labels: readonly string[];
}

interface EdgeFields extends Fields {
  readonly _type: string;
  readonly _source: number;
  readonly _target: number;
}

function isNodeFields(fields: Fields): fields is NodeFields {
  return typeof fields['_id'] === 'number' && Array.isArray(fields['_labels']);
}

function isEdgeFields(fields: Fields): fields is EdgeFields {
  return (
    typeof fields['_type'] === 'string' &&
    typeof fields['_source'] === 'number' &&
    typeof fields['_target'] === 'number'
  );
}

function toNode({ _id, _labels, ...properties }: NodeFields, ids: NodeIds): CypherNode {
  return {
    kind: 'node',
    id: publicNodeId(_labels, properties),
    labels: [..._labels].sort(),
    properties: toMap(Object.entries(properties), ids),
  };
}

function toRelationship({ _id, _type, _source, _target, ...properties }: EdgeFields, ids: NodeIds): CypherRelationship {
  return {
    kind: 'relationship',
    type: _type,
    from: ids(_source),
    to: ids(_target),
    properties: toMap(Object.entries(properties), ids),
  };
}

function toPath(fields: Fields, ids: NodeIds): CypherValue | undefined {
  const { nodes, edges } = fields;
  if (!Array.isArray(nodes) || !Array.isArray(edges) || Object.keys(fields).length !== 2) return undefined;
  if (nodes.length !== edges.length + 1 || !nodes.every(isFields) || !edges.every(isFields)) return undefined;
  if (!nodes.every(isNodeFields) || !edges.every(isEdgeFields)) return undefined;
  return {
    kind: 'path',
    nodes: nodes.map((node) => toNode(node, ids)),
    relationships: edges.map((edge) => toRelationship(edge, ids)),
  };
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}

function toMap(entries: readonly (readonly [string, unknown])[], ids: NodeIds): CypherMap {
  const sorted = [...entries].sort(([a], [b]) => (a < b ? -1 : 1));
  // Object.fromEntries keeps a key `__proto__`, which an assignment would not.
  return Object.fromEntries(sorted.map(([key, item]) => [key, toCypherValue(item, ids)]));
}
