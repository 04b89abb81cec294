import assert from 'node:assert/strict';
import fc from 'fast-check';
import { seededRandom } from '../../queries/evaluate/index.js';
import { StoreError } from '../../src/errors.js';
import { quantise } from '../../src/models/quantise.js';
import { chooseTerms } from '../../src/search/choose-terms.js';
import { rowOfSpan } from '../../src/search/derive-passages.js';
import { meanVector } from '../../src/search/mean-vector.js';
import { QueryVector } from '../../src/search/query-vector.js';
import { SignSearch, signRows } from '../../src/search/sign-rows.js';
import { termHash } from '../../src/search/term-hash.js';
import { decodeTerms, encodeTerms } from '../../src/search/terms-codec.js';

const hash = fc.integer({ min: 0, max: 2 ** 48 - 1 });

describe('terms of a passage as bytes', () => {
  const passage = fc
    .record({
      hashes: fc.uniqueArray(hash, { maxLength: 30 }),
      rows: fc.array(fc.array(fc.nat(29), { maxLength: 5 }), { minLength: 1, maxLength: 6 }),
    })
    .map(({ hashes, rows }) => {
      const kept = rows.map((row) => row.filter((position) => position < hashes.length));
      const rowStart = [0];
      for (const row of kept) rowStart.push(rowStart[rowStart.length - 1]! + row.length);
      return {
        hashes: Float64Array.from(hashes),
        frequency: Uint16Array.from(hashes, (_, i) => (i * 7919) % 65_536),
        rowStart: Uint32Array.from(rowStart),
        rowTerms: Uint16Array.from(kept.flat()),
        title: Uint16Array.from(hashes.slice(0, 3), (_, i) => i),
        sentenceEnds: Uint32Array.from(kept.slice(1), (_, i) => 100_000 * (i + 1)),
      };
    });

  it('come back as they were, wherever the bytes lie', () => {
    fc.assert(
      fc.property(passage, fc.nat(7), (terms, shift) => {
        const bytes = encodeTerms(terms);
        const moved = new Uint8Array(bytes.length + shift);
        moved.set(bytes, shift);
        assert.deepEqual(decodeTerms(moved.subarray(shift)), terms);
      }),
    );
  });

  it('are refused when damaged', () => {
    const bytes = encodeTerms({
      hashes: Float64Array.of(5, 2 ** 47),
      frequency: Uint16Array.of(1, 2),
      rowStart: Uint32Array.of(0, 1, 2),
      rowTerms: Uint16Array.of(0, 1),
      title: Uint16Array.of(0),
      sentenceEnds: Uint32Array.of(40),
    });
    for (const broken of [bytes.subarray(0, 12), bytes.subarray(0, bytes.length - 1), new Uint8Array(bytes.length)]) {
      assert.throws(() => decodeTerms(broken), StoreError);
    }
  });

  it('have hashes of 48 bits that tell words apart', () => {
    const seen = new Map<number, string>();
    for (let i = 0; i < 200_000; i++) {
      const stem = i.toString(36);
      const found = termHash(stem);
      assert.ok(Number.isSafeInteger(found) && found >= 0 && found < 2 ** 48);
      assert.equal(seen.get(found), undefined, `${stem} and ${seen.get(found)}`);
      seen.set(found, stem);
    }
    assert.notEqual(termHash('ab'), termHash('ba'));
  });
});

describe('the row of a span', () => {
  it('is that of the first sentence that ends behind its start, else the last', () => {
    const ends = Uint32Array.of(10, 20, 30);
    assert.deepEqual(
      [0, 9, 10, 19, 20, 29, 30, 99].map((start) => rowOfSpan(ends, start)),
      [1, 1, 2, 2, 3, 3, 3, 3],
    );
  });
});

describe('the choice of terms', () => {
  it('takes the rarest that fit, two at least, and leaves out what nothing holds', () => {
    const term = (stem: string, df: number) => ({ stem, df });
    assert.deepEqual(chooseTerms([term('a', 90_000), term('b', 0), term('c', 50_000)]), [
      term('c', 50_000),
      term('a', 90_000),
    ]);
    assert.deepEqual(
      chooseTerms([term('common', 30_000), term('rare', 3), term('some', 9_000), term('more', 35_000)]),
      [term('rare', 3), term('some', 9_000), term('common', 30_000)],
    );
  });
});

describe('vectors by signs', () => {
  const dimensions = 64;
  const random = seededRandom(3);
  const normal = (): number => random() + random() + random() + random() - 2;
  const vectors = Array.from({ length: 3_000 }, () =>
    quantise(Float32Array.from({ length: 2 * dimensions }, normal), dimensions),
  );

  it('find most of the nearest passages among a twentieth of the rows', () => {
    const query = Float32Array.from({ length: dimensions }, normal);
    const exact = new QueryVector(query);
    const best = vectors
      .map((rows, passage) => ({ passage, score: exact.best(rows, 2) }))
      .sort((a, b) => b.score - a.score)
      .slice(0, 30);
    const mean = new Float32Array(dimensions);
    const search = new SignSearch(query, mean, 300);
    for (let at = 0; at < vectors.length; at += 500) {
      const block = vectors.slice(at, at + 500);
      const passages = Float64Array.from(block.flatMap((_, i) => [at + i, at + i]));
      search.offer(passages, Buffer.concat(block.map((rows) => signRows(rows, mean, 2))));
    }
    const found = new Set(search.found());
    const kept = best.filter(({ passage }) => found.has(passage)).length;
    assert.ok(kept >= 27, `${kept} of 30`);
  });

  it('leave out what is not allowed', () => {
    const mean = new Float32Array(dimensions);
    const search = new SignSearch(new Float32Array(dimensions).fill(1), mean, 10);
    const rows = vectors.slice(0, 50);
    const passages = Float64Array.from(rows.flatMap((_, i) => [i, i]));
    search.offer(passages, Buffer.concat(rows.map((one) => signRows(one, mean, 2))), (passage) => passage % 2 === 1);
    assert.ok(search.found().length > 0);
    assert.ok(search.found().every((passage) => passage % 2 === 1));
  });

  it('have a mean at unit length, none when they cancel out', () => {
    const mean = meanVector(quantise(Float32Array.of(3, 0, 0, 4), 2))!;
    assert.ok(Math.abs(Math.hypot(...mean) - 1) < 1e-6);
    assert.ok(Math.abs(mean[0]! / mean[1]! - 3 / 4) < 0.02);
    assert.equal(meanVector(quantise(Float32Array.of(1, 0, -1, 0), 2)), undefined);
  });
});
