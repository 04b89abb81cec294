/** Edges as lines from rim to rim, and predicates along them where they hide nothing. */
import { labelGap, type PlacedNode } from './lay-out.js';
import type { PictureEdge, PictureGraph } from './picture-graph.js';
import { cutText, textWidth } from './text-box.js';

export interface EdgeLabel {
  readonly text: string;
  /** Middle of the label, and its turn in degrees, -90..90. */
  readonly x: number;
  readonly y: number;
  readonly angle: number;
}

export interface PlacedEdge {
  readonly id: string;
  readonly edge: PictureEdge;
  readonly source: PlacedNode;
  readonly target: PlacedNode;
  readonly directed: boolean;
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
  readonly width: number;
  readonly label?: EdgeLabel;
}

export const EDGE_FONT_SIZE = 10;
const GAP = 3;
const MOST_LABEL = 110;
/** Characters that a cut label has at least: less says nothing. */
const LEAST_CUT = 10;

/** Edges in the order to draw them: ties of shared passages first, then by id. */
export function routeEdges(graph: PictureGraph, nodes: readonly PlacedNode[]): readonly PlacedEdge[] {
  const at = new Map(nodes.map((node) => [node.id, node]));
  const edges = graph
    .mapEdges((id, edge, source, target, _s, _t, undirected) =>
      routed(id, edge, at.get(source)!, at.get(target)!, !undirected),
    )
    .sort((a, b) => order(a) - order(b) || (a.id < b.id ? -1 : 1));
  const labels = placeLabels(edges, nodes);
  return edges.map((edge) => {
    const label = labels.get(edge.id);
    return label === undefined ? edge : { ...edge, label };
  });
}

function order({ edge }: PlacedEdge): number {
  return edge.kind === 'path' ? 2 : edge.kind === 'relation' ? 1 : 0;
}

/** From a node's centre to where a line that leaves it that way is seen: behind its shape, and behind its label below. */
function reach({ radius, y, box, node, fontSize, lines }: PlacedNode, ux: number, uy: number): number {
  const rim = radius + GAP;
  const half = Math.max(...lines.map((line) => textWidth(line, fontSize))) * 0.46;
  const top = radius + labelGap(node);
  if (uy <= 0 || Math.abs(ux) * top > half * uy) return rim;
  return Math.max(rim, Math.min(half / Math.max(Math.abs(ux), 1e-9), (box.bottom - y) / uy) + 1);
}

function routed(id: string, edge: PictureEdge, source: PlacedNode, target: PlacedNode, directed: boolean): PlacedEdge {
  const [dx, dy] = [target.x - source.x, target.y - source.y];
  const length = Math.hypot(dx, dy) || 1;
  const [ux, uy] = [dx / length, dy / length];
  let from = reach(source, ux, uy);
  let to = reach(target, -ux, -uy) + (directed ? 2 : 0);
  // Too close for both labels: the line is seen between the shapes, behind a label.
  if (from + to > length - 6) {
    from = source.radius + GAP;
    to = target.radius + GAP;
  }
  const rounded = (value: number): number => Math.round(value * 10) / 10;
  return {
    id,
    edge,
    source,
    target,
    directed,
    x1: rounded(source.x + (dx * from) / length),
    y1: rounded(source.y + (dy * from) / length),
    x2: rounded(target.x - (dx * to) / length),
    y2: rounded(target.y - (dy * to) / length),
    width: rounded(Math.min(5, (edge.kind === 'path' ? 1.6 : 0.8) + 0.6 * Math.log2(edge.weight))),
  };
}

/** A label as a chain of discs: enough to see what it would hide. */
interface Disc {
  readonly x: number;
  readonly y: number;
}
const DISC = EDGE_FONT_SIZE * 0.6;
/** Along the edge, the middle first. */
const PLACES = [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74];

function placeLabels(edges: readonly PlacedEdge[], nodes: readonly PlacedNode[]): Map<string, EdgeLabel> {
  const taken: Disc[] = [];
  const labels = new Map<string, EdgeLabel>();
  const wanted = edges
    .filter(({ edge }) => edge.label !== '')
    .sort(
      (a, b) =>
        order(b) - order(a) ||
        Number(touchesFocus(b)) - Number(touchesFocus(a)) ||
        b.edge.confidence - a.edge.confidence ||
        (a.id < b.id ? -1 : 1),
    );
  for (const routedEdge of wanted) {
    const { x1, y1, x2, y2, edge } = routedEdge;
    const length = Math.hypot(x2 - x1, y2 - y1);
    const text = cutText(edge.label, EDGE_FONT_SIZE, Math.min(MOST_LABEL, length - 14));
    const width = textWidth(text, EDGE_FONT_SIZE);
    if ((text !== edge.label && text.length < LEAST_CUT) || width > length - 8) continue;
    let angle = (Math.atan2(y2 - y1, x2 - x1) * 180) / Math.PI;
    if (angle > 90) angle -= 180;
    if (angle <= -90) angle += 180;
    for (const place of PLACES) {
      if (place * length < width / 2 + 4 || (1 - place) * length < width / 2 + 4) continue;
      const [x, y] = [x1 + (x2 - x1) * place, y1 + (y2 - y1) * place];
      const discs = chain(x, y, angle, width);
      if (discs.some((disc) => hitsNode(disc, nodes) || taken.some((other) => near(disc, other)))) continue;
      taken.push(...discs);
      labels.set(routedEdge.id, {
        text,
        x: Math.round(x * 10) / 10,
        y: Math.round(y * 10) / 10,
        angle: Math.round(angle * 10) / 10,
      });
      break;
    }
  }
  return labels;
}

function touchesFocus({ source, target }: PlacedEdge): boolean {
  return source.node.focus || target.node.focus;
}

function chain(x: number, y: number, angle: number, width: number): Disc[] {
  const count = Math.max(1, Math.ceil(width / DISC));
  const turn = (angle * Math.PI) / 180;
  return Array.from({ length: count + 1 }, (_, i) => {
    const along = (i / count - 0.5) * width;
    return { x: x + along * Math.cos(turn), y: y + along * Math.sin(turn) };
  });
}

function hitsNode({ x, y }: Disc, nodes: readonly PlacedNode[]): boolean {
  return nodes.some(
    ({ box }) => x > box.left - DISC && x < box.right + DISC && y > box.top - DISC && y < box.bottom + DISC,
  );
}

function near(a: Disc, b: Disc): boolean {
  return Math.hypot(a.x - b.x, a.y - b.y) < 2 * DISC;
}
