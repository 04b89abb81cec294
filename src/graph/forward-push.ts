/**
 * Personalised PageRank by forward push over the graph of passages and the entities that they mention, edges alike
 * (Andersen, Chung and Lang, "Local Graph Partitioning using PageRank Vectors", FOCS 2006, section 3). Work follows the
 * mass that is pushed, at most 1 / (restart * epsilon) edges, never the size of the collection.
 */
import type { IndexLists, RetrievalIndex } from '../index/retrieval-index.js';

/** What the walk needs of an index. */
type PassageEntityGraph = Pick<RetrievalIndex, 'passageCount' | 'entityCount' | 'unheld'> & {
  readonly lists: Pick<IndexLists, 'passageEntityStart' | 'passageEntities' | 'entityPassageStart' | 'entityPassages'>;
};

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
  /** Passages reached, in order of arrival. */
  readonly passages: Uint32Array;
  readonly mass: Float64Array;
}

/** Over passages, then entities; zero between calls. */
interface Work {
  /** [2 node]: mass waiting; [2 node + 1]: mass settled. Together, so that a push touches one cache line. */
  readonly mass: Float64Array;
  /** What was read ahead, of no meaning. */
  fetched: number;
  readonly queued: Uint8Array;
  queue: Uint32Array;
  reached: Uint32Array;
}

const made = new WeakMap<PassageEntityGraph, Work>();
const FIRST_NODES = 1_024;
/**
 * Nodes of the queue whose lists are read ahead, and neighbours whose mass is, before any of it is used: nodes lie far apart,
 * and the processor waits for many cache lines together where it would wait for one after the other.
 */
const NODES_AHEAD = 16;
const MASS_AHEAD = 32;

function workOf(index: PassageEntityGraph): Work {
  let work = made.get(index);
  if (work === undefined) {
    const nodes = index.passageCount + index.entityCount;
    work = {
      mass: new Float64Array(2 * nodes),
      fetched: 0,
      queued: new Uint8Array(nodes),
      queue: new Uint32Array(FIRST_NODES),
      reached: new Uint32Array(FIRST_NODES),
    };
    made.set(index, work);
  }
  return work;
}

function longer(array: Uint32Array): Uint32Array {
  const grown = new Uint32Array(2 * array.length);
  grown.set(array);
  return grown;
}

/** Passages reached from the restarts, with their share of the walk. Deterministic: nodes are pushed in order of arrival. */
export function forwardPush(index: PassageEntityGraph, options: PushOptions): PushResult {
  const { passages, passageMass, entities, entityMass, restart, epsilon, visible } = options;
  const work = workOf(index);
  const { mass, queued } = work;
  let { queue, reached } = work;
  let queueEnd = 0;
  let reachedEnd = 0;
  const n = index.passageCount;
  const { passageEntityStart, passageEntities, entityPassageStart, entityPassages } = index.lists;

  const add = (node: number, share: number): void => {
    const before = mass[2 * node]!;
    if (before === 0 && mass[2 * node + 1] === 0) {
      if (reachedEnd === reached.length) reached = longer(reached);
      reached[reachedEnd++] = node;
    }
    const after = before + share;
    mass[2 * node] = after;
    if (after > epsilon && queued[node] === 0) {
      queued[node] = 1;
      if (queueEnd === queue.length) queue = longer(queue);
      queue[queueEnd++] = node;
    }
  };

  for (let i = 0; i < passages.length; i++) {
    const p = passages[i]!;
    if (passageMass[i]! > 0 && (visible === undefined || visible[p] !== 0)) add(p, passageMass[i]!);
  }
  for (let i = 0; i < entities.length; i++) if (entityMass[i]! > 0) add(n + entities[i]!, entityMass[i]!);
  let fetched = 0;
  let ahead = 0;
  for (let at = 0; at < queueEnd; at++) {
    if (at === ahead) {
      ahead = Math.min(queueEnd, at + NODES_AHEAD);
      for (let i = at; i < ahead; i++) {
        const node = queue[i]!;
        fetched += node < n ? passageEntityStart[node]! : entityPassageStart[node - n]!;
      }
      for (let i = at; i < ahead; i++) {
        const node = queue[i]!;
        const start = node < n ? passageEntityStart : entityPassageStart;
        const item = node < n ? node : node - n;
        if (start[item]! < start[item + 1]!) fetched += (node < n ? passageEntities : entityPassages)[start[item]!]!;
      }
    }
    const node = queue[at]!;
    queued[node] = 0;
    const waiting = mass[2 * node]!;
    const isPassage = node < n;
    const start = isPassage ? passageEntityStart : entityPassageStart;
    const next = isPassage ? passageEntities : entityPassages;
    const item = isPassage ? node : node - n;
    const from = start[item]!;
    const to = start[item + 1]!;
    const bounded = !isPassage && visible !== undefined;
    let degree = to - from;
    if (bounded) for (let i = from; i < to; i++) if (visible[next[i]!] === 0) degree--;
    // What leads out of a partly held graph takes its share of the mass, and is not followed.
    if (!isPassage) degree += index.unheld(item);
    if (waiting <= epsilon * degree) continue;
    mass[2 * node] = 0;
    mass[2 * node + 1]! += restart * waiting;
    const share = ((1 - restart) * waiting) / degree;
    const offset = isPassage ? n : 0;
    for (let some = from; some < to; some += MASS_AHEAD) {
      const end = Math.min(to, some + MASS_AHEAD);
      for (let i = some; i < end; i++) fetched += mass[2 * (next[i]! + offset)]!;
      for (let i = some; i < end; i++) {
        const other = next[i]!;
        if (!bounded || visible[other] !== 0) add(other + offset, share);
      }
    }
  }

  let count = 0;
  for (let i = 0; i < reachedEnd; i++) if (reached[i]! < n && mass[2 * reached[i]! + 1]! > 0) count++;
  const found = new Uint32Array(count);
  const settled = new Float64Array(count);
  let to = 0;
  for (let i = 0; i < reachedEnd; i++) {
    const node = reached[i]!;
    if (node < n && mass[2 * node + 1]! > 0) {
      found[to] = node;
      settled[to++] = mass[2 * node + 1]!;
    }
    mass[2 * node] = 0;
    mass[2 * node + 1] = 0;
  }
  work.fetched = fetched;
  work.queue = queue;
  work.reached = reached;
  return { passages: found, mass: settled };
}
