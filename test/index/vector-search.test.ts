import assert from 'node:assert/strict';
import { MemorySections, type SectionArrays } from '../../src/index/sections.js';
import { signBits } from '../../src/index/sign-bits.js';
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

const TOLERANCE = 5e-5;

interface Sample {
  readonly search: VectorSearch;
  readonly query: Float32Array;
  /** Best row's dot product of each passage, computed plainly. */
  readonly exact: number[];
}

/** Rows around some centres, as sentences of a corpus lie around its topics. */
function sample(passages: number, rowsEach: number, dimensions: number, signs = false): Sample {
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
    vectorSigns: signs ? signBits(vectorRows, vectorScale, vectorMean) : new Uint8Array(0),
    sentenceStart: Uint32Array.from({ length: passages + 1 }, (_, p) => p * rowsEach),
  };
  const near = centres[7]!.map((x) => x + 1.5 * random());
  const length = Math.hypot(...near);
  const query = near.map((x) => x / length);
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
      const best = ranking(exact);
      passages.forEach((p, i) => {
        // The query is compared in integers of 16 bits.
        assert.ok(Math.abs(exact[p]! - exact[best[i]!]!) < TOLERANCE);
        assert.ok(Math.abs(scores[i]! - exact[p]!) < TOLERANCE);
        assert.equal(scores[i], Math.fround(search.similarity(query, p)));
      });
    });
  }

  it('keeps nearly all of the best passages when sign bits choose the rows', () => {
    for (const dimensions of [128, 256]) {
      const one = sample(12_000, 3, dimensions, true);
      assert.ok(kept(one, 10) >= 0.9, `${dimensions}: ${kept(one, 10)}`);
      assert.ok(kept(one, 60) >= 0.9, `${dimensions}: ${kept(one, 60)}`);
    }
  });

  it('gives the passages that signs chose their exact scores', () => {
    const { search, query, exact } = sample(9_001, 3, 64, true);
    const { passages, scores } = search.nearest(query, 30);
    passages.forEach((p, i) => {
      assert.ok(Math.abs(scores[i]! - exact[p]!) < TOLERANCE);
    });
  });

  for (const signs of [false, true]) {
    it(`finds nothing but allowed passages, and all of them when they are few, ${signs ? 'by signs' : 'by scan'}`, () => {
      const { search, query, exact } = sample(3_000, 4, 64, signs);
      const few = new Uint8Array(3_000).map((_, p) => (p % 100 === 0 ? 1 : 0));
      assert.deepEqual([...search.nearest(query, 50, few).passages], ranking(exact, few));
      const half = new Uint8Array(3_000).map((_, p) => p % 2);
      const found = search.nearest(query, 50, half).passages;
      assert.equal(found.length, 50);
      assert.ok(found.every((p) => half[p] === 1));
    });
  }

  it('sees that a query array was changed in place, and finds nothing in an empty collection', () => {
    const { search, query } = sample(40, 1, 64);
    const reused = query.slice();
    const first = search.similarity(reused, 3);
    reused.forEach((x, j) => {
      reused[j] = -x;
    });
    assert.ok(first !== 0);
    assert.equal(search.similarity(reused, 3), -first);
    const empty = {
      vectorRows: new Int8Array(0),
      vectorScale: new Float32Array(0),
      vectorMean: new Float32Array(64),
      vectorSigns: new Uint8Array(0),
      sentenceStart: Uint32Array.of(0),
    };
    const none = new VectorSearch(new MemorySections(empty as unknown as SectionArrays), 64).nearest(query, 5);
    assert.equal(none.passages.length, 0);
  });

  it('ranks ties by passage and survives queries and rows of zeros', () => {
    const rows = new Int8Array(5 * 8);
    rows.set([9, 9], 8);
    rows.set([9, 9], 24);
    const sections = {
      vectorRows: rows,
      vectorScale: new Float32Array(5).fill(0.01),
      vectorMean: new Float32Array(8),
      vectorSigns: new Uint8Array(0),
      sentenceStart: Uint32Array.of(0, 1, 2, 3, 4, 5),
    };
    const search = new VectorSearch(new MemorySections(sections as unknown as SectionArrays), 8);
    assert.deepEqual([...search.nearest(Float32Array.of(1, 0, 0, 0, 0, 0, 0, 0), 3).passages], [1, 3, 0]);
    assert.deepEqual([...search.nearest(new Float32Array(8), 2).scores], [0, 0]);
  });
});
