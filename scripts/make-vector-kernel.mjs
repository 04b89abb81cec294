/** Assembles src/index/vector-kernel.wat into src/index/vector-kernel-binary.ts. Run after every change of the first. */
import { readFile, writeFile } from 'node:fs/promises';
import wabt from 'wabt';

const source = new URL('../src/index/vector-kernel.wat', import.meta.url);
const target = new URL('../src/index/vector-kernel-binary.ts', import.meta.url);

const { parseWat } = await wabt();
const { buffer } = parseWat('vector-kernel.wat', await readFile(source, 'utf8'), { simd: true }).toBinary({});
const lines = Buffer.from(buffer)
  .toString('base64')
  .match(/.{1,110}/g)
  .map((line) => `  '${line}'`);
await writeFile(
  target,
  `/** Made from vector-kernel.wat by scripts/make-vector-kernel.mjs; do not edit. */\nexport const VECTOR_KERNEL =\n${lines.join(' +\n')};\n`,
);
