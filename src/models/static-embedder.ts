/**
 * The default embedder: one int8 vector per WordPiece, distilled from all-MiniLM-L6-v2, weighted by smooth inverse
 * frequency (Arora et al. 2017) and summed. Only +, *, / and sqrt on doubles in token order: equal bits on every platform.
 *
 * File "SEMB0001", little-endian: magic, u32 header bytes, header JSON, then at the header's offsets f32 scale[rows],
 * f32 weight[rows], i8 matrix[rows * dims] and the vocabulary, one token a line, UTF-8.
 */
import { readFile } from 'node:fs/promises';
import { assetPath } from '../assets.js';
import { ModelError } from '../errors.js';
import type { Embedder } from '../ports/index.js';
import { addHashedNgrams, splitForeign } from './hashed-ngrams.js';
import { WordPiece } from './word-piece.js';

interface Header {
  readonly name: string;
  readonly dims: number;
  readonly rows: number;
  readonly unkId: number;
  readonly maxWordChars: number;
  readonly offsets: {
    readonly scale: number;
    readonly weight: number;
    readonly matrix: number;
    readonly vocab: number;
    readonly end: number;
  };
}

const MAGIC = 'SEMB0001';

/** Sentence vectors from a token table; synchronous inside, so that ingest and questions need no promise per text. */
export class StaticEmbedder implements Embedder {
  readonly id: string;
  readonly dimensions: number;
  readonly #matrix: Int8Array;
  readonly #scale: Float64Array;
  readonly #tokeniser: WordPiece;
  readonly #sum: Float64Array;
  readonly #ids: number[] = [];

  private constructor(header: Header, matrix: Int8Array, scale: Float64Array, tokeniser: WordPiece) {
    this.id = `${header.name}/1`;
    this.dimensions = header.dims;
    this.#matrix = matrix;
    this.#scale = scale;
    this.#tokeniser = tokeniser;
    this.#sum = new Float64Array(header.dims);
  }

  /** @throws ModelError when the bytes are not a SEMB0001 file. */
  static fromBytes(bytes: Uint8Array): StaticEmbedder {
    const file = bytes.byteOffset % 4 === 0 ? bytes : new Uint8Array(bytes);
    const decoder = new TextDecoder();
    if (file.length < 12 || decoder.decode(file.subarray(0, 8)) !== MAGIC) throw broken(`does not begin with ${MAGIC}`);
    const headerBytes = new DataView(file.buffer, file.byteOffset).getUint32(8, true);
    const header = JSON.parse(decoder.decode(file.subarray(12, 12 + headerBytes))) as Header;
    const { dims, rows, offsets } = header;
    if (file.length < offsets.end) throw broken(`has ${file.length} of ${offsets.end} bytes`);
    const scale = new Float32Array(file.buffer, file.byteOffset + offsets.scale, rows);
    const weight = new Float32Array(file.buffer, file.byteOffset + offsets.weight, rows);
    const matrix = new Int8Array(file.buffer, file.byteOffset + offsets.matrix, rows * dims);
    const vocabulary = decoder.decode(file.subarray(offsets.vocab, offsets.end)).split('\n');
    if (vocabulary.length !== rows) throw broken(`names ${vocabulary.length} tokens for ${rows} rows`);
    const tokeniser = new WordPiece(vocabulary, { unknown: header.unkId, maxWordChars: header.maxWordChars });
    return new StaticEmbedder(
      header,
      matrix,
      Float64Array.from(scale, (value, row) => value * weight[row]!),
      tokeniser,
    );
  }

  /** The unit vector of a text (zeros without known tokens), written to out[offset .. offset + dimensions). */
  embedInto(text: string, out: Float32Array, offset = 0): void {
    const sum = this.#sum.fill(0);
    this.#add(text, sum);
    write(sum, out, offset);
  }

  /**
   * Row 0 the title, then `title + "\n" + sentence` for each sentence: what embedInto gives for those texts, to the bit,
   * without reading the title again. Needs (1 + sentences) * dimensions floats from `offset`.
   */
  embedPassage(title: string, sentences: readonly string[], out: Float32Array, offset = 0): void {
    const prefix = new Float64Array(this.dimensions);
    this.#add(title, prefix);
    write(prefix, out, offset);
    let at = offset;
    for (const sentence of sentences) {
      at += this.dimensions;
      this.#sum.set(prefix);
      this.#add(sentence, this.#sum);
      write(this.#sum, out, at);
    }
  }

  embed(texts: readonly string[]): Promise<Float32Array> {
    const out = new Float32Array(texts.length * this.dimensions);
    for (let i = 0; i < texts.length; i++) this.embedInto(texts[i]!, out, i * this.dimensions);
    return Promise.resolve(out);
  }

  #add(text: string, sum: Float64Array): void {
    const { known, foreign } = splitForeign(text);
    const ids = this.#ids;
    ids.length = 0;
    this.#tokeniser.encode(known, ids);
    const matrix = this.#matrix;
    const scale = this.#scale;
    const dimensions = this.dimensions;
    // Four tokens a pass; every component still receives its terms in token order, so blocking changes no bit.
    let i = 0;
    for (; i + 3 < ids.length; i += 4) {
      const [a, b, c, d] = [ids[i]!, ids[i + 1]!, ids[i + 2]!, ids[i + 3]!];
      const [wa, wb, wc, wd] = [scale[a]!, scale[b]!, scale[c]!, scale[d]!];
      const [pa, pb, pc, pd] = [a * dimensions, b * dimensions, c * dimensions, d * dimensions];
      for (let k = 0; k < dimensions; k++) {
        sum[k] = sum[k]! + wa * matrix[pa + k]! + wb * matrix[pb + k]! + wc * matrix[pc + k]! + wd * matrix[pd + k]!;
      }
    }
    for (; i < ids.length; i++) {
      const weight = scale[ids[i]!]!;
      const row = ids[i]! * dimensions;
      for (let k = 0; k < dimensions; k++) sum[k] = sum[k]! + weight * matrix[row + k]!;
    }
    for (const run of foreign) addHashedNgrams(run, sum);
  }
}

function write(sum: Float64Array, out: Float32Array, offset: number): void {
  let squares = 0;
  for (let k = 0; k < sum.length; k++) squares += sum[k]! * sum[k]!;
  const norm = squares === 0 ? 1 : Math.sqrt(squares);
  for (let k = 0; k < sum.length; k++) out[offset + k] = sum[k]! / norm;
}

function broken(what: string): ModelError {
  return new ModelError('EMBEDDER_FILE_BROKEN', `The static embedder's file ${what}.`, {
    remedy: 'Install the package again; assets/static-minilm-256.bin is part of it.',
  });
}

let shared: Promise<StaticEmbedder> | undefined;

/** The shipped embedder, read once per process. @throws ModelError when its file is missing or broken. */
export function loadStaticEmbedder(): Promise<StaticEmbedder> {
  shared ??= read();
  return shared;
}

async function read(): Promise<StaticEmbedder> {
  const path = assetPath('static-minilm-256.bin');
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch (cause) {
    throw new ModelError('EMBEDDER_FILE_MISSING', `The static embedder's file ${path} cannot be read.`, {
      remedy: 'Install the package again; assets/static-minilm-256.bin is part of it.',
      cause,
    });
  }
  return StaticEmbedder.fromBytes(bytes);
}
