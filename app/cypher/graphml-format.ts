import type { CypherMap, CypherRows, CypherValue } from '../../src/index.js';
import { collectGraph } from './collect-graph.js';

type Owner = 'node' | 'edge';
type AttributeType = 'string' | 'long' | 'double' | 'boolean';

interface Attribute {
  readonly id: string;
  readonly owner: Owner;
  readonly name: string;
  readonly type: AttributeType;
}

/**
 * GraphML 1.0 of the nodes and relationships in the rows, as Gephi, yEd and Cytoscape read it: a directed graph, `labels`
 * and `type` beside the properties; lists and maps as JSON. Needs all rows before it writes.
 */
export async function* graphmlFormat(result: CypherRows): AsyncGenerator<string> {
  const { nodes, relationships } = await collectGraph(result);
  const vertices = nodes.map(({ id, labels, properties }) => ({
    open: `<node id="${xmlText(id)}">`,
    data: { labels: labels.map((label) => `:${label}`).join(''), ...properties },
  }));
  const edges = relationships.map(({ type, from, to, properties }, i) => ({
    open: `<edge id="r${i}" source="${xmlText(from)}" target="${xmlText(to)}">`,
    // The name under which Neo4j's own export has the type.
    data: { label: type, ...properties },
  }));
  const attributes = new Map<string, Attribute>();
  for (const { data } of vertices) declare(attributes, 'node', data);
  for (const { data } of edges) declare(attributes, 'edge', data);
  yield '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n';
  for (const { id, owner, name, type } of attributes.values())
    yield `  <key id="${id}" for="${owner}" attr.name="${xmlText(name)}" attr.type="${type}"/>\n`;
  yield '  <graph edgedefault="directed">\n';
  for (const { open, data } of vertices) yield `    ${open}${fields(attributes, 'node', data)}</node>\n`;
  for (const { open, data } of edges) yield `    ${open}${fields(attributes, 'edge', data)}</edge>\n`;
  yield '  </graph>\n</graphml>\n';
}

function declare(attributes: Map<string, Attribute>, owner: Owner, data: CypherMap): void {
  for (const [name, value] of Object.entries(data)) {
    if (value === null) continue;
    const place = `${owner} ${name}`;
    const known = attributes.get(place);
    const type = known === undefined ? typeOf(value) : wider(known.type, typeOf(value));
    attributes.set(place, { id: known?.id ?? `${owner[0]}${attributes.size}`, owner, name, type });
  }
}

function typeOf(value: CypherValue): AttributeType {
  if (typeof value === 'boolean') return 'boolean';
  if (typeof value !== 'number') return 'string';
  return Number.isInteger(value) ? 'long' : 'double';
}

function wider(a: AttributeType, b: AttributeType): AttributeType {
  if (a === b) return a;
  return (a === 'long' && b === 'double') || (a === 'double' && b === 'long') ? 'double' : 'string';
}

function fields(attributes: ReadonlyMap<string, Attribute>, owner: Owner, data: CypherMap): string {
  return Object.entries(data)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => {
      const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
      return `<data key="${attributes.get(`${owner} ${name}`)?.id}">${xmlText(text)}</data>`;
    })
    .join('');
}

// What XML 1.0 cannot hold in any form: control characters, lone surrogates, U+FFFE and U+FFFF.
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu;
const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#13;',
  '\n': '&#10;',
  '\t': '&#9;',
};

function xmlText(text: string): string {
  return text.replaceAll(FORBIDDEN, '\ufffd').replaceAll(/[&<>"\r\n\t]/g, (character) => ENTITIES[character] ?? '');
}
