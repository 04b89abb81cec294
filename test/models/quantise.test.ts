import assert from 'node:assert/strict';
import fc from 'fast-check';
import { dequantise, quantise } from '../../src/models/quantise.js';

describe('quantise', () => {
  it('scales each row to 127 at its greatest absolute value, halves away from zero', () => {
    const { dimensions, scale, rows } = quantise(Float32Array.of(127, -2.5, 2.5, -0.4, 0, -0.5, 0.25, 0), 4);
    assert.equal(dimensions, 4);
    assert.deepEqual([...scale], [1, Math.fround(0.5 / 127)]);
    assert.deepEqual([...rows], [127, -3, 3, 0, 0, -127, 64, 0]);
  });

  it('gives scale 0 to rows of zeros and to rows that hold no finite number', () => {
    const { scale, rows } = quantise(Float32Array.of(0, 0, Number.NaN, 1, 1, Number.POSITIVE_INFINITY, 3, 3), 2);
    assert.deepEqual([...scale], [0, 0, 0, Math.fround(3 / 127)]);
    assert.deepEqual([...rows], [0, 0, 0, 0, 0, 0, 127, 127]);
  });

  it('gives nothing for nothing', () => {
    assert.deepEqual(quantise(new Float32Array(0), 4), {
      dimensions: 4,
      scale: new Float32Array(0),
      rows: new Int8Array(0),
    });
  });

  it('comes back within half a step', () => {
    const row = fc.array(fc.float({ noNaN: true, min: -1, max: 1 }), { minLength: 8, maxLength: 8 });
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 4 }), (vectors) => {
        const flat = Float32Array.from(vectors.flat());
        const stored = quantise(flat, 8);
        const back = dequantise(stored);
        for (let i = 0; i < flat.length; i++) {
          assert.ok(Math.abs(back[i]! - flat[i]!) <= stored.scale[i >> 3]! * 0.5001);
        }
      }),
    );
  });
});
