/**
 * Personalised PageRank by forward push over the graph of passages and the entities that they mention, edges alike
 * (Andersen, Chung and Lang, "Local Graph Partitioning using PageRank Vectors", FOCS 2006, section 3). Work follows the
 * mass that is pushed, at most 1 / (restart * epsilon) edges, never the size of the collection.
 */
import type { RetrievalIndex } from '../index/retrieval-index.js';

/** What the walk needs of an index. */
type PassageEntityGraph = Pick<
  RetrievalIndex,
  'passageCount' | 'entityCount' | 'entitiesOf' | 'passagesOfEntity' | 'unheld'
>;

export interface PushOptions {
  /** Where walks restart, and with which share of the mass; all shares together at most 1. */
  readonly passages: Uint32Array;
  readonly passageMass: Float64Array;
  readonly entities: Uint32Array;
  readonly entityMass: Float64Array;
  /** Probability of a restart at each step, 0..1. */
  readonly restart: number;
  /** Mass an edge below which a node is not pushed on. */
  readonly epsilon: number;
  /** 1 = passage may be walked; undefined: all. */
  readonly visible?: Uint8Array | undefined;
}

export interface PushResult {
  /** Passages reached, ascending. */
  readonly passages: Uint32Array;
  readonly mass: Float64Array;
}

/** Arrays over passages, then entities; zero between calls. */
interface Work {
  readonly settled: Float64Array;
  readonly waiting: Float64Array;
  readonly queued: Uint8Array;
}

const made = new WeakMap<PassageEntityGraph, Work>();

function workOf(index: PassageEntityGraph): Work {
  let work = made.get(index);
  if (work === undefined) {
    const nodes = index.passageCount + index.entityCount;
    work = { settled: new Float64Array(nodes), waiting: new Float64Array(nodes), queued: new Uint8Array(nodes) };
    made.set(index, work);
  }
  return work;
}

/** Passages reached from the restarts, with their share of the walk. Deterministic: nodes are pushed in order of arrival. */
export function forwardPush(index: PassageEntityGraph, options: PushOptions): PushResult {
  const { passages, passageMass, entities, entityMass, restart, epsilon, visible } = options;
  const { settled, waiting, queued } = workOf(index);
  const n = index.passageCount;
  const queue: number[] = [];
  const reached: number[] = [];
  const add = (node: number, mass: number): void => {
    const before = waiting[node]!;
    if (before === 0 && settled[node] === 0) reached.push(node);
    const after = before + mass;
    waiting[node] = after;
    if (after > epsilon && queued[node] === 0) {
      queued[node] = 1;
      queue.push(node);
    }
  };
  for (let i = 0; i < passages.length; i++) {
    const p = passages[i]!;
    if (passageMass[i]! > 0 && (visible === undefined || visible[p] !== 0)) add(p, passageMass[i]!);
  }
  for (let i = 0; i < entities.length; i++) if (entityMass[i]! > 0) add(n + entities[i]!, entityMass[i]!);
  for (let at = 0; at < queue.length; at++) {
    const node = queue[at]!;
    queued[node] = 0;
    const mass = waiting[node]!;
    const isPassage = node < n;
    let next = isPassage ? index.entitiesOf(node) : index.passagesOfEntity(node - n);
    if (!isPassage && visible !== undefined) next = next.filter((p) => visible[p] !== 0);
    // What leads out of a partly held graph takes its share of the mass, and is not followed.
    const degree = next.length + (isPassage ? 0 : index.unheld(node - n));
    if (mass <= epsilon * degree) continue;
    waiting[node] = 0;
    settled[node]! += restart * mass;
    const share = ((1 - restart) * mass) / degree;
    const offset = isPassage ? n : 0;
    for (let i = 0; i < next.length; i++) add(next[i]! + offset, share);
  }
  const found = reached.filter((node) => node < n && settled[node]! > 0).sort((a, b) => a - b);
  const mass = Float64Array.from(found, (p) => settled[p]!);
  for (const node of reached) {
    settled[node] = 0;
    waiting[node] = 0;
  }
  return { passages: Uint32Array.from(found), mass };
}
