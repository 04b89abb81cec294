/** The layouts of graphology. Both packages export a function by CommonJS though their types say `default`; see require below. */
import { createRequire } from 'node:module';
import type { ForceAtlas2Settings } from 'graphology-layout-forceatlas2';
import type { PictureGraph } from './picture-graph.js';

export interface Position {
  readonly x: number;
  readonly y: number;
}

type Layout = (graph: unknown, parameters: object) => Readonly<Record<string, Position>>;

const require = createRequire(import.meta.url);
const layoutOf = (name: string): Layout => require(name) as Layout;

/** ForceAtlas2 (Jacomy et al. 2014) from the positions that the nodes have, for a fixed number of rounds. */
export function forceAtlas2(
  graph: PictureGraph,
  iterations: number,
  settings: ForceAtlas2Settings,
  weight: (edge: string) => number,
): Readonly<Record<string, Position>> {
  return layoutOf('graphology-layout-forceatlas2')(graph, { iterations, settings, getEdgeWeight: weight });
}

/** Pushes circles apart until none overlap. Circles on one spot would be pushed by chance, so no two may start there. */
export function noverlap(
  graph: PictureGraph,
  maxIterations: number,
  margin: number,
  circle: (node: string) => Position & { readonly size: number },
): Readonly<Record<string, Position>> {
  return layoutOf('graphology-layout-noverlap')(graph, {
    maxIterations,
    settings: { margin, expansion: 1.1, gridSize: 20, speed: 3 },
    inputReducer: circle,
  });
}
