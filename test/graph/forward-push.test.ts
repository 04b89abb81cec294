import assert from 'node:assert/strict';
import fc from 'fast-check';
import { forwardPush } from '../../src/graph/forward-push.js';
import type { RetrievalIndex } from '../../src/index/retrieval-index.js';

/** The part of an index that the push reads, from passage -> entities. */
function graph(entities: readonly (readonly number[])[], entityCount: number): RetrievalIndex {
  const passages = Array.from({ length: entityCount }, (_, e) =>
    Uint32Array.from(entities.keys()).filter((p) => entities[p]!.includes(e)),
  );
  return {
    passageCount: entities.length,
    entityCount,
    entitiesOf: (p: number) => Uint32Array.from(entities[p]!),
    passagesOfEntity: (e: number) => passages[e]!,
  } as unknown as RetrievalIndex;
}

/** Power iteration over the same walk; a walk that has no way on ends. */
function oracle(index: RetrievalIndex, restarts: Float64Array, restart: number): Float64Array {
  const n = index.passageCount;
  let at = restarts.slice();
  const settled = new Float64Array(restarts.length);
  for (let step = 0; step < 400; step++) {
    const next = new Float64Array(at.length);
    at.forEach((mass, node) => {
      settled[node]! += restart * mass;
      const ways = node < n ? index.entitiesOf(node) : index.passagesOfEntity(node - n);
      for (const way of ways) next[way + (node < n ? n : 0)]! += ((1 - restart) * mass) / ways.length;
    });
    at = next;
  }
  return settled;
}

const walks = fc
  .integer({ min: 1, max: 6 })
  .chain((entityCount) =>
    fc
      .array(fc.uniqueArray(fc.integer({ min: 0, max: entityCount - 1 }), { minLength: 1 }), {
        minLength: 1,
        maxLength: 8,
      })
      .map((entities) => ({ entityCount, entities })),
  );

describe('forwardPush', () => {
  it('comes within epsilon times the edges of power iteration, from below', () => {
    fc.assert(
      fc.property(walks, ({ entityCount, entities }) => {
        const index = graph(entities, entityCount);
        const restarts = new Float64Array(entities.length + entityCount);
        restarts[0] = 0.5;
        restarts[entities.length] = 0.5;
        const exact = oracle(index, restarts, 0.3);
        const epsilon = 1e-6;
        const { passages, mass } = forwardPush(index, {
          passages: Uint32Array.of(0),
          passageMass: Float64Array.of(0.5),
          entities: Uint32Array.of(0),
          entityMass: Float64Array.of(0.5),
          restart: 0.3,
          epsilon,
        });
        const edges = 2 * entities.reduce((sum, list) => sum + list.length, 0) + 2;
        const found = new Map(Array.from(passages, (p, i) => [p, mass[i]!]));
        for (let p = 0; p < entities.length; p++) {
          const difference = exact[p]! - (found.get(p) ?? 0);
          assert.ok(difference > -1e-9 && difference <= epsilon * edges, `passage ${p}: ${difference}`);
        }
      }),
    );
  });

  it('does not walk through passages that may not be seen', () => {
    // Passage 1 alone joins entity 0 and entity 1, which leads to passage 2.
    const index = graph([[0], [0, 1], [1]], 2);
    const from = {
      passages: Uint32Array.of(0),
      passageMass: Float64Array.of(1),
      entities: new Uint32Array(0),
      entityMass: new Float64Array(0),
      restart: 0.3,
      epsilon: 1e-9,
    };
    assert.deepEqual([...forwardPush(index, from).passages], [0, 1, 2]);
    assert.deepEqual([...forwardPush(index, { ...from, visible: Uint8Array.of(1, 0, 1) }).passages], [0]);
  });
});
