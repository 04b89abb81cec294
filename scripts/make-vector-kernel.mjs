/** Assembles the kernels of src into the modules that hold their bytes. Run after every change of a .wat file. */
import { readFile, writeFile } from 'node:fs/promises';
import wabt from 'wabt';

const { parseWat } = await wabt();

async function assemble(folder, name, constant) {
  const place = (file) => new URL(`../src/${folder}/${file}`, import.meta.url);
  const source = await readFile(place(`${name}.wat`), 'utf8');
  const { buffer } = parseWat(`${name}.wat`, source, { simd: true }).toBinary({});
  const lines = Buffer.from(buffer)
    .toString('base64')
    .match(/.{1,110}/g)
    .map((line) => `  '${line}'`);
  await writeFile(
    place(`${name}-binary.ts`),
    `/** Made from ${name}.wat by scripts/make-vector-kernel.mjs; do not edit. */\nexport const ${constant} =\n${lines.join(' +\n')};\n`,
  );
}

await assemble('index', 'vector-kernel', 'VECTOR_KERNEL');
await assemble('search', 'sign-kernel', 'SIGN_KERNEL');
