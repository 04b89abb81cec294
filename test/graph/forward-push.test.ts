import assert from 'node:assert/strict';
import fc from 'fast-check';
import { forwardPush } from '../../src/graph/forward-push.js';

type PassageEntityGraph = Parameters<typeof forwardPush>[0];
type PushRequest = Parameters<typeof forwardPush>[1];

/** A graph from the entities of each passage. */
function graphOf(passages: readonly (readonly number[])[], entityCount: number): PassageEntityGraph {
  const sorted = passages.map((entities) => Uint32Array.from(new Set(entities)).sort());
  const holders = Array.from({ length: entityCount }, (_, e) =>
    Uint32Array.from(sorted.flatMap((entities, p) => (entities.includes(e) ? [p] : []))),
  );
  const passageLists = flat(sorted);
  const entityLists = flat(holders);
  return {
    passageCount: passages.length,
    entityCount,
    unheld: () => 0,
    lists: {
      passageEntityStart: passageLists.start,
      passageEntities: passageLists.items,
      entityPassageStart: entityLists.start,
      entityPassages: entityLists.items,
    },
  };
}

function flat(lists: readonly Uint32Array[]): { start: Uint32Array; items: Uint32Array } {
  const start = new Uint32Array(lists.length + 1);
  lists.forEach((list, i) => {
    start[i + 1] = start[i]! + list.length;
  });
  return { start, items: Uint32Array.from(lists.flatMap((list) => [...list])) };
}

function listOf(start: Uint32Array, items: Uint32Array, at: number): Uint32Array {
  return items.subarray(start[at]!, start[at + 1]!);
}

/** PageRank by power iteration over the dense matrix; mass that cannot go on is lost, as in the push. */
function powerIteration(graph: PassageEntityGraph, request: PushRequest): number[] {
  const { passageCount, entityCount, lists } = graph;
  const isVisible = (p: number): boolean => request.visible === undefined || request.visible[p] !== 0;
  const restart = new Float64Array(passageCount + entityCount);
  request.passages.forEach((p, i) => {
    if (isVisible(p)) restart[p]! += request.passageMass[i]!;
  });
  request.entities.forEach((e, i) => {
    restart[passageCount + e]! += request.entityMass[i]!;
  });
  let rank = new Float64Array(restart.length);
  for (let step = 0; step < 200; step++) {
    const next = restart.map((mass) => mass * request.restart);
    for (let p = 0; p < passageCount; p++) {
      if (!isVisible(p)) continue;
      const entities = listOf(lists.passageEntityStart, lists.passageEntities, p);
      for (const e of entities) next[passageCount + e]! += ((1 - request.restart) * rank[p]!) / entities.length;
    }
    for (let e = 0; e < entityCount; e++) {
      const passages = [...listOf(lists.entityPassageStart, lists.entityPassages, e)].filter(isVisible);
      for (const p of passages) next[p]! += ((1 - request.restart) * rank[passageCount + e]!) / passages.length;
    }
    rank = next;
  }
  return [...rank.slice(0, passageCount)];
}

const ENTITIES = 8;
const graphs = fc.array(fc.array(fc.nat(ENTITIES - 1), { maxLength: 5 }), { minLength: 1, maxLength: 10 });

const requests = fc.record({
  passages: graphs,
  seeds: fc.array(fc.tuple(fc.nat(9), fc.double({ min: 0.01, max: 1, noNaN: true })), { maxLength: 3 }),
  entitySeeds: fc.array(fc.tuple(fc.nat(ENTITIES - 1), fc.double({ min: 0.01, max: 1, noNaN: true })), {
    minLength: 1,
    maxLength: 3,
  }),
  hidden: fc.option(fc.array(fc.nat(9), { maxLength: 4 }), { nil: undefined }),
});

function requestOf({
  passages,
  seeds,
  entitySeeds,
  hidden,
}: typeof requests extends fc.Arbitrary<infer T> ? T : never): {
  graph: PassageEntityGraph;
  request: PushRequest;
} {
  const known = seeds.filter(([p]) => p < passages.length);
  const total = [...known, ...entitySeeds].reduce((sum, [, mass]) => sum + mass, 0);
  return {
    graph: graphOf(passages, ENTITIES),
    request: {
      passages: Uint32Array.from(known, ([p]) => p),
      passageMass: Float64Array.from(known, ([, mass]) => mass / total),
      entities: Uint32Array.from(entitySeeds, ([e]) => e),
      entityMass: Float64Array.from(entitySeeds, ([, mass]) => mass / total),
      restart: 0.3,
      epsilon: 1e-7,
      ...(hidden === undefined
        ? {}
        : { visible: new Uint8Array(passages.length).map((_, p) => (hidden.includes(p) ? 0 : 1)) }),
    },
  };
}

describe('forwardPush', () => {
  it('agrees with power iteration to within its tolerance, whatever is hidden', () => {
    fc.assert(
      fc.property(requests, (drawn) => {
        const { graph, request } = requestOf(drawn);
        const { passages, mass } = forwardPush(graph, request);
        const pushed = new Float64Array(graph.passageCount);
        passages.forEach((p, i) => {
          pushed[p] = mass[i]!;
        });
        powerIteration(graph, request).forEach((exact, p) => {
          assert.ok(Math.abs(pushed[p]! - exact) < 1e-5, `passage ${p}: ${pushed[p]} instead of ${exact}`);
        });
      }),
    );
  });

  it('gives the same numbers again on the same graph, and each passage once', () => {
    const { graph, request } = requestOf({
      passages: [
        [0, 1],
        [1, 2],
        [2, 3],
        [3, 0],
      ],
      seeds: [[2, 0.5]],
      entitySeeds: [[1, 1]],
      hidden: undefined,
    });
    const first = forwardPush(graph, request);
    const second = forwardPush(graph, request);
    assert.deepEqual(first, second);
    assert.deepEqual([...first.passages].sort(), [0, 1, 2, 3]);
  });

  it('never reaches a hidden passage, nor what only it leads to', () => {
    const { graph, request } = requestOf({
      passages: [[0], [0, 1], [1, 2]],
      seeds: [],
      entitySeeds: [[0, 1]],
      hidden: [1],
    });
    assert.deepEqual([...forwardPush(graph, request).passages], [0]);
  });

  it('stops early when little is left: a coarse tolerance reaches fewer passages', () => {
    const chain = Array.from({ length: 10 }, (_, i) => (i < ENTITIES - 1 ? [i, i + 1] : [ENTITIES - 1]));
    const { graph, request } = requestOf({ passages: chain, seeds: [], entitySeeds: [[0, 1]], hidden: undefined });
    const fine = forwardPush(graph, request).passages.length;
    const coarse = forwardPush(graph, { ...request, epsilon: 0.05 }).passages.length;
    assert.ok(coarse < fine, `${coarse} of ${fine}`);
  });
});
