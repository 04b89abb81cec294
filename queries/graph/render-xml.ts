/** A laid-out graph for other programs: GEXF 1.2 (Gephi) and GraphML (yEd, Gephi, NetworkX), with positions and colours. */
import { write as writeGexf } from 'graphology-gexf';
import { escapeXml, xmlText } from './escape-xml.js';
import { layOut } from './lay-out.js';
import type { Picture, PictureEdge, PictureNode } from './picture-graph.js';
import { TYPE_STYLES } from './type-style.js';

/** Statements of an edge, one a line, as an attribute that both formats can hold. */
function statements({ quotes }: PictureEdge): string {
  return quotes
    .map(({ statement, text, uri, start, end }) => `${statement ?? text} (${uri}, characters ${start}-${end})`)
    .join('\n');
}

export function renderGexf(picture: Picture): string {
  const places = new Map(layOut(picture.graph).map((place) => [place.id, place]));
  const node = (id: string, { label, type, kind, focus, weight }: PictureNode): object => {
    const { x, y, radius } = places.get(id)!;
    // Gephi counts upwards.
    const viz = { x, y: -y, size: radius, color: TYPE_STYLES[type].fill };
    return { label: xmlText(label), attributes: { type, kind, focus, passages: weight }, viz };
  };
  const edge = (_id: string, attributes: PictureEdge): object => {
    const { kind, label, weight, confidence, negated, hedged } = attributes;
    return {
      label: xmlText(label),
      weight,
      attributes: { kind, confidence, negated, hedged, statements: xmlText(statements(attributes)) },
    };
  };
  return writeGexf(picture.graph, {
    version: '1.2',
    formatNode: (id: string, attributes: object) => node(id, attributes as PictureNode),
    formatEdge: (id: string, attributes: object) => edge(id, attributes as PictureEdge),
  });
}

type Value = string | number | boolean;

const NODE_KEYS = {
  label: 'string',
  type: 'string',
  kind: 'string',
  focus: 'boolean',
  passages: 'int',
  x: 'double',
  y: 'double',
  size: 'double',
  color: 'string',
} as const;
const EDGE_KEYS = {
  label: 'string',
  kind: 'string',
  weight: 'int',
  confidence: 'double',
  negated: 'boolean',
  hedged: 'boolean',
  statements: 'string',
} as const;

export function renderGraphml(picture: Picture): string {
  const keys = (on: 'node' | 'edge', names: Readonly<Record<string, string>>): string[] =>
    Object.entries(names).map(
      ([name, type]) => `  <key id="${on}-${name}" for="${on}" attr.name="${name}" attr.type="${type}"/>`,
    );
  const data = (on: 'node' | 'edge', values: Readonly<Record<string, Value>>): string =>
    Object.entries(values)
      .map(([name, value]) => `<data key="${on}-${name}">${escapeXml(String(value))}</data>`)
      .join('');
  const nodes = layOut(picture.graph).map(({ id, node: { label, type, kind, focus, weight }, x, y, radius }) => {
    const values = {
      label,
      type,
      kind,
      focus,
      passages: weight,
      x,
      y,
      size: 2 * radius,
      color: TYPE_STYLES[type].fill,
    };
    return `    <node id="${escapeXml(id)}">${data('node', values)}</node>`;
  });
  const edges = picture.graph
    .mapEdges((id, edge, source, target, _s, _t, undirected) => ({ id, edge, source, target, undirected }))
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map(({ id, edge, source, target, undirected }) => {
      const { kind, label, weight, confidence, negated, hedged } = edge;
      const values = { label, kind, weight, confidence, negated, hedged, statements: statements(edge) };
      const ends = `source="${escapeXml(source)}" target="${escapeXml(target)}" directed="${!undirected}"`;
      return `    <edge id="${escapeXml(id)}" ${ends}>${data('edge', values)}</edge>`;
    });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">',
    `  <desc>${escapeXml(picture.title)}</desc>`,
    ...keys('node', NODE_KEYS),
    ...keys('edge', EDGE_KEYS),
    '  <graph id="graph" edgedefault="directed">',
    ...nodes,
    ...edges,
    '  </graph>',
    '</graphml>',
    '',
  ].join('\n');
}
