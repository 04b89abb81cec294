/**
 * Where everything stands. ForceAtlas2 from a circle in the order of ids, turned so that the longer way is level,
 * stretched to the room that the labels need, then pushed apart: circles by noverlap, at last the boxes of nodes with
 * their labels themselves. Nothing is left to chance, and positions are rounded: one graph, one picture.
 */
import { forceAtlas2, noverlap, type Position } from './layouts.js';
import type { PictureGraph, PictureNode } from './picture-graph.js';
import { separateBoxes } from './separate-boxes.js';
import { labelLines, textWidth } from './text-box.js';

export interface PlacedNode {
  readonly id: string;
  readonly node: PictureNode;
  /** Centre of the shape. */
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly fontSize: number;
  readonly lines: readonly string[];
  /** Of shape and label together. */
  readonly box: { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number };
}

const ITERATIONS = 800;
const NOVERLAP_ITERATIONS = 300;
const MARGIN = 7;
/** Width beyond which a label is broken, then cut. */
const LABEL_WIDTH = 128;
/** Of the picture: width to height. */
const ASPECT = 1.5;
/** Area of the picture to that of its boxes, and how much more one way may be stretched than the other. */
const AIR = 3;
const MOST_STRETCH = 1.6;
export const LINE_HEIGHT = 1.2;

interface Size {
  readonly radius: number;
  readonly fontSize: number;
  readonly lines: readonly string[];
  readonly width: number;
  readonly height: number;
}

function sizeOf(node: PictureNode): Size {
  const radius = node.focus && node.kind === 'entity' ? Math.max(18, radiusOf(node)) : radiusOf(node);
  const fontSize = node.focus ? 14 : node.kind === 'value' ? 11 : 12;
  const lines = labelLines(node.label, fontSize, node.focus ? 1.4 * LABEL_WIDTH : LABEL_WIDTH);
  const width = Math.max(2 * radius, ...lines.map((line) => textWidth(line, fontSize)));
  return {
    radius,
    fontSize,
    lines,
    width,
    height: 2 * radius + labelGap(node) + lines.length * fontSize * LINE_HEIGHT,
  };
}

/** Between shape and label: more where a ring is around the shape. */
export function labelGap({ focus }: PictureNode): number {
  return focus ? 8 : 3;
}

function radiusOf({ kind, weight }: PictureNode): number {
  if (kind === 'value') return 6;
  if (kind === 'question') return 18;
  if (kind !== 'entity') return 14;
  return Math.min(20, 7 + 2.2 * Math.log2(1 + weight));
}

/** Places every node; edges follow. Coordinates start at 0 and grow to the right and down. */
export function layOut(graph: PictureGraph): readonly PlacedNode[] {
  const ids = graph.nodes().sort();
  if (ids.length === 0) return [];
  const sizes = new Map(ids.map((id) => [id, sizeOf(graph.getNodeAttributes(id))]));
  const spread = spreadOut(level(forced(graph, ids)), [...sizes.values()]);
  const circles = circlesApart(graph, spread, sizes);
  const centres = separateBoxes(
    circles.map((position, i) => {
      const { width, height } = sizes.get(ids[i]!)!;
      return { ...position, width: width + MARGIN, height: height + MARGIN };
    }),
  );
  return framed(graph, ids, sizes, centres);
}

/** ForceAtlas2 from a circle in the order of ids; the focus starts in the middle. Positions in the order of ids. */
function forced(graph: PictureGraph, ids: readonly string[]): readonly Position[] {
  const copy = graph.copy() as PictureGraph;
  ids.forEach((id, i) => {
    const angle = (2 * Math.PI * i) / ids.length;
    const radius = graph.getNodeAttribute(id, 'focus') ? 5 : 100;
    copy.mergeNodeAttributes(id, { x: radius * Math.cos(angle), y: radius * Math.sin(angle) } as Partial<PictureNode>);
  });
  const settings = { gravity: 0.6, scalingRatio: 12, slowDown: 4, edgeWeightInfluence: 1, barnesHutOptimize: false };
  const placed = forceAtlas2(
    copy,
    ITERATIONS,
    settings,
    (edge) => 1 + Math.log2(copy.getEdgeAttribute(edge, 'weight')),
  );
  return ids.map((id) => placed[id]!);
}

/** Turned about its middle so that its longest way lies level (the first principal axis). */
function level(positions: readonly Position[]): readonly Position[] {
  const count = positions.length;
  const [cx, cy] = [sum(positions.map(({ x }) => x)) / count, sum(positions.map(({ y }) => y)) / count];
  const moved = positions.map(({ x, y }) => ({ x: x - cx, y: y - cy }));
  const xx = sum(moved.map(({ x }) => x * x));
  const yy = sum(moved.map(({ y }) => y * y));
  const xy = sum(moved.map(({ x, y }) => x * y));
  const angle = Math.atan2(2 * xy, xx - yy) / 2;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return moved.map(({ x, y }) => ({ x: x * cos + y * sin, y: y * cos - x * sin }));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** Stretched to the area that the boxes need with air around them; no two on one spot. */
function spreadOut(positions: readonly Position[], sizes: readonly Size[]): readonly Position[] {
  const room = sum(sizes.map(({ width, height }) => (width + 2 * MARGIN) * (height + 2 * MARGIN))) * AIR;
  const wide = Math.sqrt(room * ASPECT);
  const extent = (values: readonly number[]): number => Math.max(...values) - Math.min(...values) || 1;
  const across = wide / extent(positions.map(({ x }) => x));
  const down = wide / ASPECT / extent(positions.map(({ y }) => y));
  // A line of nodes stays about a line: neither way is stretched much more than the other.
  const [sx, sy] = [Math.min(across, MOST_STRETCH * down), Math.min(down, MOST_STRETCH * across)];
  return positions.map(({ x, y }, i) => ({ x: x * sx + i * 1e-3, y: y * sy }));
}

/** Noverlap on circles, in a space pressed together sideways so that a circle there is as wide as a label here. */
function circlesApart(
  graph: PictureGraph,
  positions: readonly Position[],
  sizes: ReadonlyMap<string, Size>,
): readonly Position[] {
  const all = [...sizes.values()];
  const press = Math.max(1, sum(all.map(({ width }) => width)) / sum(all.map(({ height }) => height)));
  const at = new Map([...sizes.keys()].map((id, i) => [id, positions[i]!]));
  const placed = noverlap(graph, NOVERLAP_ITERATIONS, MARGIN / 2, (id) => {
    const { width, height } = sizes.get(id)!;
    const { x, y } = at.get(id)!;
    return { x: x / press, y, size: Math.max(width / press, height) / 2 };
  });
  return [...sizes.keys()].map((id) => ({ x: placed[id]!.x * press, y: placed[id]!.y }));
}

/** Moves everything to start at 0 and says where shape and label of each stand; `centres` are those of the boxes. */
function framed(
  graph: PictureGraph,
  ids: readonly string[],
  sizes: ReadonlyMap<string, Size>,
  centres: readonly Position[],
): readonly PlacedNode[] {
  const left = Math.min(...ids.map((id, i) => centres[i]!.x - sizes.get(id)!.width / 2));
  const top = Math.min(...ids.map((id, i) => centres[i]!.y - sizes.get(id)!.height / 2));
  return ids.map((id, i) => {
    const { radius, fontSize, lines, width, height } = sizes.get(id)!;
    const x = Math.round(centres[i]!.x - left);
    const y = Math.round(centres[i]!.y - height / 2 - top + radius);
    const box = { left: x - width / 2, top: y - radius, right: x + width / 2, bottom: y - radius + height };
    return { id, node: graph.getNodeAttributes(id), x, y, radius, fontSize, lines, box };
  });
}
