import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import wabt from 'wabt';
import { VECTOR_KERNEL } from '../../src/index/vector-kernel-binary.js';

describe('vector kernel', () => {
  it('is what its source assembles to', async () => {
    const source = await readFile(new URL('../../src/index/vector-kernel.wat', import.meta.url), 'utf8');
    const { parseWat } = await wabt();
    const { buffer } = parseWat('vector-kernel.wat', source, { simd: true }).toBinary({});
    assert.equal(VECTOR_KERNEL, Buffer.from(buffer).toString('base64'));
  });
});
