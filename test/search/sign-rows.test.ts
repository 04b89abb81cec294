import assert from 'node:assert/strict';
import fc from 'fast-check';
import { seededRandom } from '../../queries/evaluate/index.js';
import type { QuantisedVectors } from '../../src/ports/index.js';
import { MOST_SIGN_ROWS, SignKernel, takesWidth } from '../../src/search/sign-kernel.js';
import { SignSearch, signRowBytes, signRows } from '../../src/search/sign-rows.js';

function vectors(count: number, dimensions: number, seed: number): QuantisedVectors {
  const random = seededRandom(seed);
  const rows = Int8Array.from({ length: count * dimensions }, () => Math.floor(random() * 255) - 127);
  return { dimensions, scale: new Float32Array(count).fill(1 / 127), rows };
}

function query(dimensions: number, seed: number): Float32Array {
  const random = seededRandom(seed);
  return Float32Array.from({ length: dimensions }, () => random() - 0.5);
}

/** The estimate, straight from its definition. */
function estimate(of: Float32Array, signs: Uint8Array, row: number, width: number): number {
  let sum = 0;
  for (let j = 0; j < width * 8; j++) {
    const component = of[j] ?? 0;
    sum += (signs[row * width + (j >> 3)]! >> (j & 7)) & 1 ? component : -component;
  }
  return sum;
}

describe('signs of sentence vectors', () => {
  it('are as far apart as they have different bits', () => {
    const kernel = new SignKernel();
    const bits = (a: Uint8Array, b: Uint8Array): number =>
      a.reduce((sum, x, i) => sum + (x ^ b[i]!).toString(2).replaceAll('0', '').length, 0);
    fc.assert(
      fc.property(
        fc.constantFrom(8, 16, 24, 32),
        fc.integer({ min: 1, max: 50 }),
        fc.integer(),
        (width, count, seed) => {
          const random = seededRandom(seed);
          const signs = Uint8Array.from({ length: width * count }, () => Math.floor(random() * 256));
          const own = Uint8Array.from({ length: width }, () => Math.floor(random() * 256));
          const expected = Array.from({ length: count }, (_, i) =>
            bits(signs.subarray(i * width, (i + 1) * width), own),
          );
          assert.deepEqual([...kernel.distances(signs, own)], expected);
        },
      ),
    );
    assert.deepEqual([8, 12, 32, 40].map(takesWidth), [true, false, true, false]);
  });

  for (const dimensions of [256, 100, 8]) {
    it(`choose the rows of the greatest estimates, of ${dimensions} components`, () => {
      const count = 3 * MOST_SIGN_ROWS + 17;
      const mean = new Float32Array(dimensions);
      const all = signRows(vectors(count, dimensions, 7), mean, count);
      const width = signRowBytes(dimensions);
      const asked = query(dimensions, 3);
      const wanted = 40;
      const scores = Array.from({ length: count }, (_, row) => estimate(asked, all, row, width));
      const least = [...scores].sort((a, b) => b - a)[wanted - 1]!;
      for (const isAllowed of [undefined, (passage: number) => passage % 3 !== 1]) {
        const search = new SignSearch(asked, mean, wanted);
        for (let from = 0; from < count; from += 5_000) {
          const to = Math.min(count, from + 5_000);
          const passages = Float64Array.from({ length: to - from }, (_, i) => from + i);
          search.offer(passages, all.subarray(from * width, to * width), isAllowed);
        }
        const found = new Set(search.found());
        assert.equal(found.size, wanted);
        if (isAllowed !== undefined) {
          for (const passage of found) assert.ok(isAllowed(passage));
          continue;
        }
        // Where most rows are estimated, few that are among the greatest are missed; ties at the edge may go either way.
        const best = scores.map((score, row) => ({ score, row })).filter(({ score }) => score > least + 1e-9);
        const missed = best.filter(({ row }) => !found.has(row)).length;
        assert.ok(missed <= 2, `${missed} of ${best.length} missed`);
      }
    });
  }
});
