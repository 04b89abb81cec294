import assert from 'node:assert/strict';
import { signBits, signWords } from '../../src/index/fold-vectors.js';
import { MemorySections, type SectionArrays } from '../../src/index/sections.js';
import { VectorSearch } from '../../src/index/vector-search.js';

/** Repeatable numbers in -1..1, summed so that they lie about normally. */
function gaussian(seed: number): () => number {
  let state = seed;
  const next = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return state / 2 ** 31;
  };
  return () => next() + next() + next() + next();
}

interface Sample {
  readonly search: VectorSearch;
  readonly query: Float32Array;
  /** Best row's dot product of each passage, computed plainly. */
  readonly exact: number[];
}

/** Rows around some centres, as sentences of a corpus lie around its topics. */
function sample(passages: number, rowsEach: number, dimensions: number): Sample {
  const random = gaussian(passages + dimensions);
  const centres = Array.from({ length: 50 }, () => Float32Array.from({ length: dimensions }, random));
  const count = passages * rowsEach;
  const vectorRows = new Int8Array(count * dimensions);
  const vectorScale = new Float32Array(count);
  for (let row = 0; row < count; row++) {
    const centre = centres[Math.floor(row / rowsEach) % centres.length]!;
    const vector = centre.map((x) => x + 1.5 * random());
    const norm = Math.hypot(...vector);
    const greatest = Math.max(...vector.map(Math.abs));
    vectorScale[row] = greatest / 127 / norm;
    vector.forEach((x, j) => {
      vectorRows[row * dimensions + j] = Math.round((x / greatest) * 127);
    });
  }
  const vectorMean = new Float32Array(dimensions);
  const sections = {
    vectorRows,
    vectorScale,
    vectorMean,
    vectorSigns: signBits(vectorRows, vectorScale, vectorMean),
    sentenceStart: Uint32Array.from({ length: passages + 1 }, (_, p) => p * rowsEach),
  };
  const query = centres[7]!.map((x) => x + 1.5 * random());
  const exact = Array.from({ length: passages }, (_, p) => {
    let best = -Infinity;
    for (let row = p * rowsEach; row < (p + 1) * rowsEach; row++) {
      let sum = 0;
      for (let j = 0; j < dimensions; j++) sum += query[j]! * vectorRows[row * dimensions + j]!;
      best = Math.max(best, sum * vectorScale[row]!);
    }
    return best;
  });
  return {
    search: new VectorSearch(new MemorySections(sections as unknown as SectionArrays), dimensions),
    query,
    exact,
  };
}

/** Passages by score, ties by number. */
const ranking = (exact: readonly number[], allowed?: Uint8Array): number[] =>
  [...exact.keys()]
    .filter((p) => allowed === undefined || allowed[p] !== 0)
    .sort((a, b) => exact[b]! - exact[a]! || a - b);

/** Share of the k best that the search finds. */
function kept({ search, query, exact }: Sample, k: number): number {
  const found = new Set(search.nearest(query, 100).passages);
  return (
    ranking(exact)
      .slice(0, k)
      .filter((p) => found.has(p)).length / k
  );
}

describe('VectorSearch', () => {
  for (const dimensions of [20, 256, 384, 1536]) {
    it(`finds exactly the nearest passages of a small collection in ${dimensions} dimensions`, () => {
      const { search, query, exact } = sample(300, 3, dimensions);
      const { passages, scores } = search.nearest(query, 20);
      assert.deepEqual([...passages], ranking(exact).slice(0, 20));
      passages.forEach((p, i) => {
        assert.ok(Math.abs(scores[i]! - exact[p]!) < 1e-5);
        assert.equal(scores[i], Math.fround(search.similarity(query, p)));
      });
    });
  }

  it('keeps nearly all of the best passages when sign bits choose the rows', () => {
    for (const dimensions of [256, 384]) {
      const one = sample(3_000, 4, dimensions);
      assert.ok(kept(one, 10) >= 0.9, `${dimensions}: ${kept(one, 10)}`);
      assert.ok(kept(one, 60) >= 0.8, `${dimensions}: ${kept(one, 60)}`);
    }
  });

  it('keeps most of the best when the first step looks at two words only', () => {
    const one = sample(22_000, 4, 128);
    assert.ok(kept(one, 10) >= 0.8, String(kept(one, 10)));
  });

  it('finds nothing but allowed passages, and all of them when they are few', () => {
    const { search, query, exact } = sample(3_000, 4, 64);
    const few = new Uint8Array(3_000).map((_, p) => (p % 100 === 0 ? 1 : 0));
    assert.deepEqual([...search.nearest(query, 50, few).passages], ranking(exact, few));
    const half = new Uint8Array(3_000).map((_, p) => p % 2);
    const found = search.nearest(query, 50, half).passages;
    assert.equal(found.length, 50);
    assert.ok(found.every((p) => half[p] === 1));
  });

  it('keeps the signs of at most 384 components', () => {
    assert.deepEqual([20, 256, 384, 1536].map(signWords), [1, 8, 12, 12]);
  });
});
