import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { assetPath } from '../../src/assets.js';
import { ModelError } from '../../src/errors.js';
import { loadStaticEmbedder, StaticEmbedder } from '../../src/models/static-embedder.js';
import type { Embedder } from '../../src/ports/index.js';

/** Text, first components and SHA-256 prefix of all 256 floats, from the reference reader of the file format. */
const REFERENCE: readonly (readonly [string, readonly number[], string])[] = [
  [
    'Marie Curie discovered polonium and radium in 1898.',
    [-0.20558702945709229, 0.08774284273386002, -0.04025769233703613, 0.1351975053548813],
    'f7889387f13151fd',
  ],
  [
    'The U.S. Army’s café in Zürich (1999): naïve, façade & co-operate!',
    [0.07403379678726196, 0.26051992177963257, -0.16883255541324615, 0.08217043429613113],
    '7678490d0d9907c3',
  ],
  [
    'antidisestablishmentarianism zzzxq',
    [-0.02519058808684349, 0.2586876153945923, 0.2565573453903198, -0.014039997942745686],
    '444deb93517fee27',
  ],
  [
    '∑ α β-carotene 5% x² — “quoted”',
    [0.06022459268569946, 0.15851105749607086, -0.021946918219327927, 0.04550933092832565],
    'f52f6bf390fa4948',
  ],
];

const vectorOf = (embedder: StaticEmbedder, text: string): Float32Array => {
  const out = new Float32Array(embedder.dimensions);
  embedder.embedInto(text, out);
  return out;
};
const dot = (a: Float32Array, b: Float32Array): number => a.reduce((sum, value, i) => sum + value * b[i]!, 0);

describe('StaticEmbedder', () => {
  let embedder: StaticEmbedder;
  before(async () => {
    embedder = await loadStaticEmbedder();
  });

  it('names its model and its dimensions, and is read once', async () => {
    assert.equal(embedder.id, 'static-minilm-256/1');
    assert.equal(embedder.dimensions, 256);
    assert.equal(await loadStaticEmbedder(), embedder);
  });

  for (const [text, first, hash] of REFERENCE) {
    it(`gives the bits of the reference for ${JSON.stringify(text)}`, () => {
      const vector = vectorOf(embedder, text);
      assert.deepEqual([...vector.subarray(0, 4)], first);
      assert.equal(createHash('sha256').update(new Uint8Array(vector.buffer)).digest('hex').slice(0, 16), hash);
    });
  }

  it('gives unit vectors, and zeros for a text without tokens', () => {
    for (const text of ['a', 'Oslo', 'Москва', '東京', 'word '.repeat(10_000)]) {
      const vector = vectorOf(embedder, text);
      assert.ok(Math.abs(dot(vector, vector) - 1) < 1e-6, text);
    }
    for (const text of ['', ' \n', '\u0000\ufffd']) assert.ok(vectorOf(embedder, text).every((value) => value === 0));
  });

  it('writes at the offset asked and nowhere else', () => {
    const out = new Float32Array(3 * 256).fill(7);
    embedder.embedInto('Oslo', out, 256);
    assert.ok(out.subarray(0, 256).every((value) => value === 7) && out.subarray(512).every((value) => value === 7));
    assert.deepEqual(out.slice(256, 512), vectorOf(embedder, 'Oslo'));
  });

  it('embeds a passage as its title and each sentence under the title, to the bit', () => {
    const sentences = ['It is the capital of Norway.', 'Осло — столица.', '', 'a b c d e f g'];
    const out = new Float32Array(2 + 5 * 256);
    embedder.embedPassage('Oslo (city)', sentences, out, 2);
    const texts = ['Oslo (city)', ...sentences.map((sentence) => `Oslo (city)\n${sentence}`)];
    for (const [row, text] of texts.entries()) {
      assert.deepEqual(out.slice(2 + row * 256, 2 + (row + 1) * 256), vectorOf(embedder, text), text);
    }
  });

  it('gives through the port what it gives directly', async () => {
    const port: Embedder = embedder;
    const out = await port.embed(['Oslo', '', 'Bergen'], 'passage');
    assert.equal(out.length, 3 * 256);
    assert.deepEqual(out.slice(512), vectorOf(embedder, 'Bergen'));
  });

  it('brings words outside its vocabulary near their inflections', () => {
    const pairs = [
      ['Московский университет основан', 'университета в Москве', 'красивая зелёная собака бежит'],
      ['中国的首都是北京', '北京是首都', '我喜欢吃苹果'],
      ['กรุงเทพมหานครเป็นเมืองหลวง', 'เมืองหลวงกรุงเทพมหานคร', 'ฉันชอบกินข้าวผัด'],
    ] as const;
    for (const [text, near, far] of pairs) {
      const vector = vectorOf(embedder, text);
      assert.ok(dot(vector, vectorOf(embedder, near)) > 0.25 + dot(vector, vectorOf(embedder, far)), text);
    }
  });

  it('refuses a file that is not its own, cut short or inconsistent, with the remedy', async () => {
    const bytes = new Uint8Array(await readFile(assetPath('static-minilm-256.bin')));
    const wrongMagic = bytes.slice();
    wrongMagic[0] = 0;
    for (const [broken, what] of [
      [wrongMagic, /does not begin with SEMB0001/],
      [bytes.subarray(0, 4), /does not begin/],
      [bytes.slice(0, 1_000_000), /has 1000000 of \d+ bytes/],
    ] as const) {
      assert.throws(
        () => StaticEmbedder.fromBytes(broken),
        (error) => error instanceof ModelError && what.test(error.message) && error.code === 'EMBEDDER_FILE_BROKEN',
      );
    }
  });

  it('reads its file from any byte offset', async () => {
    const bytes = await readFile(assetPath('static-minilm-256.bin'));
    const shifted = new Uint8Array(bytes.length + 3);
    shifted.set(bytes, 3);
    assert.deepEqual(vectorOf(StaticEmbedder.fromBytes(shifted.subarray(3)), 'Oslo'), vectorOf(embedder, 'Oslo'));
  });
});
