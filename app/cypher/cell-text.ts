/** A value as one line for people, in the style of Cypher. */
import {
  type CypherNode,
  type CypherPath,
  type CypherRelationship,
  type CypherValue,
  isNode,
  isPath,
  isRelationship,
} from '../../src/index.js';

const MOST = 100;
const MOST_OF_A_NAME = 40;

/** @returns at most 100 characters, without line ends and control characters */
export function cellText(value: CypherValue): string {
  return clip(full(value), MOST);
}

function full(value: CypherValue): string {
  if (value === null) return 'null';
  if (typeof value !== 'object') return String(value);
  if (isNode(value)) return node(value);
  if (isRelationship(value)) return relationship(value);
  if (isPath(value)) return path(value);
  if (Array.isArray(value)) return `[${value.map(full).join(', ')}]`;
  return `{${Object.entries(value)
    .map(([key, item]) => `${key}: ${full(item)}`)
    .join(', ')}}`;
}

function node({ id, labels, properties }: CypherNode): string {
  const { name, title } = properties as Readonly<Record<string, CypherValue>>;
  const caption = [name, title].find((text) => typeof text === 'string') ?? id;
  return `(${clip(String(caption), MOST_OF_A_NAME)}${labels.map((label) => `:${label}`).join('')})`;
}

function relationship({ type, from, to }: CypherRelationship): string {
  return `(${from})-[:${type}]->(${to})`;
}

/** Its nodes without labels, each arrow as it points. */
function path({ nodes, relationships }: CypherPath): string {
  return nodes
    .map((one, i) => {
      const next = relationships[i];
      const caption = node({ ...one, labels: [] });
      if (next === undefined) return caption;
      return next.from === one.id ? `${caption}-[:${next.type}]->` : `${caption}<-[:${next.type}]-`;
    })
    .join('');
}

function clip(text: string, most: number): string {
  const line = text.replaceAll(/[\s\p{Cc}\p{Cf}]+/gu, ' ').trim();
  return line.length <= most ? line : `${line.slice(0, most - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}
