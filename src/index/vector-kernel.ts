/**
 * Dot products and sign comparisons of many rows by SIMD in WebAssembly. Sums are of integers, so the result is the same
 * on every machine. Rows, signs, queries and results lie in one memory of their own: collections of up to 4 GB of rows.
 */
import { BLOCK_ROWS, SIGN_BYTES } from './sign-bits.js';
import { VECTOR_KERNEL } from './vector-kernel-binary.js';

interface Exports {
  scan(row: number, count: number, dimensions: number, query: number, out: number): void;
  above(
    ids: number,
    first: number,
    count: number,
    dimensions: number,
    query: number,
    scales: number,
    unit: number,
    least: number,
    out: number,
  ): number;
  touch(ids: number, count: number, dimensions: number, scales: number): number;
  histogram(signs: number, count: number, query: number, out: number): void;
  select(signs: number, from: number, to: number, query: number, cut: number, out: number): number;
}

/** Rows that one call compares at most. */
export const MOST_ROWS = 8_192;
/** Rows here and there that are fetched and compared at once: few enough to stay in the processor's first cache. */
export const FETCHED_ROWS = 64;
/** Rows that may be noted at once. */
const LISTED_ROWS = 512;
const PAGE_BYTES = 65_536;
/** Bytes of what `above` says of a row. */
const FOUND_BYTES = 16;
/** Rows of the kernel are filled up to a multiple of this. */
const STEP = 32;
/** Greatest length of a query in integers: its components fit into 16 bits, and sums over any row into 32. */
const QUERY_LENGTH = 32_767;
/** Sampled blocks are this far apart. */
const SAMPLE_STEP = 8;

let compiled: WebAssembly.Module | undefined;

const align = (at: number): number => Math.ceil(at / 16) * 16;

function isSame(a: Float32Array, b: Float32Array): boolean {
  if (a.length !== b.length) return false;
  for (let j = 0; j < a.length; j++) if (a[j] !== b[j]) return false;
  return true;
}

/** A query in the kernel's memory; good until two others were prepared. */
export interface PreparedQuery {
  /** Copy of the query. */
  readonly vector: Float32Array;
  /** What an integer sum is multiplied by to give a dot product, but for the row's own scale. */
  readonly unit: number;
  readonly at: number;
  readonly signsAt: number;
}

export interface KernelRows {
  /** int8 rows of `dimensions`. */
  readonly rows: Int8Array;
  readonly dimensions: number;
  readonly scale: Float32Array;
  /** As `signBits` makes them, `bytes` a row; empty when `near` is never asked. */
  readonly signs: Uint8Array;
  readonly signBytes: number;
  readonly mean: Float32Array;
}

export class VectorKernel {
  private readonly exports: Exports;
  private readonly count: number;
  private readonly step: number;
  private readonly sampled: number;
  private readonly dimensions: number;
  private readonly mean: Float32Array;
  private readonly signBytes: number;
  private readonly at: Readonly<Record<'signs' | 'sample' | 'scales' | 'histogram', number>>;
  private readonly idsAt: number;
  private readonly outAt: number;
  private readonly listAt: number;
  private readonly memory: ArrayBuffer;
  private readonly ids: Uint32Array;
  private readonly list: Uint32Array;
  private readonly sums: Int32Array;
  private readonly scores: Float64Array;
  private readonly queryAt: readonly [number, number];
  private prepared: (PreparedQuery | undefined)[] = [undefined, undefined];
  private last = 0;
  private noted = 0;

  constructor({ rows, dimensions, scale, signs, signBytes, mean }: KernelRows) {
    const count = scale.length;
    this.count = count;
    this.dimensions = Math.ceil(dimensions / STEP) * STEP;
    this.mean = mean;
    this.signBytes = signBytes;
    const queryBytes = this.dimensions * 2 + SIGN_BYTES;
    const signsAt = align(count * this.dimensions);
    const blocks = signs.length === 0 ? 0 : Math.ceil(count / BLOCK_ROWS);
    this.step = Math.max(1, Math.min(SAMPLE_STEP, blocks >> 3));
    // With a step of 1 the sample is the signs themselves.
    this.sampled = this.step === 1 ? count : Math.ceil(blocks / this.step) * BLOCK_ROWS;
    const sample = this.step === 1 ? signsAt : signsAt + blocks * BLOCK_ROWS * SIGN_BYTES;
    const scales = align(
      signsAt + blocks * BLOCK_ROWS * SIGN_BYTES + (this.step === 1 ? 0 : this.sampled * SIGN_BYTES),
    );
    const first = align(scales + count * 4);
    const histogram = first + 2 * queryBytes;
    this.queryAt = [first, first + queryBytes];
    this.idsAt = align(histogram + (SIGN_BYTES * 8 + 1) * 4);
    this.outAt = align(this.idsAt + (count + BLOCK_ROWS) * 4);
    this.at = { signs: signsAt, sample, scales, histogram };
    this.listAt = this.outAt + MOST_ROWS * FOUND_BYTES;
    const bytes = this.listAt + LISTED_ROWS * 4;
    const memory = new WebAssembly.Memory({ initial: Math.ceil(bytes / PAGE_BYTES) });
    compiled ??= new WebAssembly.Module(Buffer.from(VECTOR_KERNEL, 'base64'));
    this.exports = new WebAssembly.Instance(compiled, { hopwise: { memory } }).exports as unknown as Exports;
    this.memory = memory.buffer;
    this.ids = new Uint32Array(memory.buffer, this.idsAt, count + 1);
    this.list = new Uint32Array(memory.buffer, this.listAt, LISTED_ROWS);
    this.sums = new Int32Array(memory.buffer, this.outAt, MOST_ROWS * (FOUND_BYTES / 4));
    this.scores = new Float64Array(memory.buffer, this.outAt, MOST_ROWS * (FOUND_BYTES / 8));
    this.fill(rows, dimensions, scale, signs);
  }

  private fill(rows: Int8Array, dimensions: number, scale: Float32Array, signs: Uint8Array): void {
    const { count, memory, signBytes } = this;
    const padded = new Int8Array(memory, 0, count * this.dimensions);
    if (dimensions === this.dimensions) padded.set(rows);
    else {
      for (let row = 0; row < count; row++) {
        padded.set(rows.subarray(row * dimensions, (row + 1) * dimensions), row * this.dimensions);
      }
    }
    new Float32Array(memory, this.at.scales, count).set(scale);
    if (signs.length === 0) return;
    const own = new Uint8Array(memory, this.at.signs, count * SIGN_BYTES);
    for (let row = 0; row < count; row++) {
      const block = Math.floor(row / BLOCK_ROWS) * BLOCK_ROWS * signBytes + (row % BLOCK_ROWS);
      for (let byte = 0; byte < signBytes; byte++) own[row * SIGN_BYTES + byte] = signs[block + byte * BLOCK_ROWS]!;
    }
    if (this.step === 1) return;
    const blockBytes = BLOCK_ROWS * SIGN_BYTES;
    const all = new Uint8Array(memory);
    for (let to = 0; to * BLOCK_ROWS < this.sampled; to++) {
      const from = this.at.signs + to * this.step * blockBytes;
      all.copyWithin(this.at.sample + to * blockBytes, from, from + blockBytes);
    }
  }

  /** Puts a query into the memory, unless it is there. Two are kept, so that a question can compare two in turn. */
  prepare(query: Float32Array): PreparedQuery {
    for (let slot = 0; slot < 2; slot++) {
      const known = this.prepared[slot];
      if (known !== undefined && isSame(query, known.vector)) {
        this.last = slot;
        return known;
      }
    }
    const slot = 1 - this.last;
    const at = this.queryAt[slot]!;
    const integers = new Int16Array(this.memory, at, this.dimensions);
    let square = 0;
    for (let j = 0; j < query.length; j++) square += query[j]! * query[j]!;
    const factor = square === 0 ? 0 : QUERY_LENGTH / Math.sqrt(square);
    for (let j = 0; j < query.length; j++) {
      integers[j] = Math.round(query[j]! * factor);
    }
    const signsAt = at + this.dimensions * 2;
    const signs = new Uint8Array(this.memory, signsAt, SIGN_BYTES);
    for (let byte = 0; byte < this.signBytes; byte++) {
      let bits = 0;
      for (let bit = 0; bit < 8; bit++) {
        const j = byte * 8 + bit;
        if (j < query.length && query[j]! > this.mean[j]!) bits |= 1 << bit;
      }
      signs[byte] = bits;
    }
    const unit = factor === 0 ? 0 : 1 / factor;
    const prepared = { vector: query.slice(), unit, at, signsAt };
    this.prepared[slot] = prepared;
    this.last = slot;
    return prepared;
  }

  /** Whether a query is still in the memory. */
  holds(query: PreparedQuery): boolean {
    return this.prepared[0] === query || this.prepared[1] === query;
  }

  /** Sums of rows [from, from + count), 0 < count <= MOST_ROWS; valid until the next call. */
  scan(query: PreparedQuery, from: number, count: number): Int32Array {
    this.exports.scan(from * this.dimensions, count, this.dimensions, query.at, this.outAt);
    return this.sums;
  }

  /** How many of rows [from, from + count) score at least `least`: `foundRow`, `foundScore` of 0.. give them, in order. */
  above(query: PreparedQuery, from: number, count: number, least: number): number {
    return this.compare(query, 0, from, count, least);
  }

  /** The same for the rows at positions [from, from + count) of those that `near` gave, or that were put there. */
  aboveOfNear(query: PreparedQuery, from: number, count: number, least: number): number {
    const ids = this.idsAt + from * 4;
    // Whole rows: of the lines of one page the second costs little, and few rows can be left off after half of their own.
    if (count > 0) this.exports.touch(ids, count, this.dimensions, this.at.scales);
    return this.compare(query, ids, 0, count, least);
  }

  /** Notes rows [from, to), to be fetched. */
  willRead(from: number, to: number): void {
    for (let row = from; row < to; row++) {
      if (this.noted === LISTED_ROWS) this.fetch();
      this.list[this.noted++] = row;
    }
  }

  /** Reads a little of every cache line of the rows noted, so that the memory fetches many of them at once. */
  fetch(): void {
    const { listAt, noted, dimensions, at } = this;
    if (noted > 0) this.exports.touch(listAt, noted, dimensions, at.scales);
    this.noted = 0;
  }

  private compare({ at, unit }: PreparedQuery, ids: number, from: number, count: number, least: number): number {
    if (count === 0) return 0;
    const { exports, dimensions, outAt } = this;
    const end = exports.above(ids, from, count, dimensions, at, this.at.scales, unit, least, outAt);
    return (end - outAt) / FOUND_BYTES;
  }

  foundScore(i: number): number {
    return this.scores[i * 2]!;
  }

  foundRow(i: number): number {
    return this.sums[i * 4 + 2]!;
  }

  /**
   * Rows among the nearest by signs: all rows up to the distance that about `wanted` have, by a sample; ascending, valid
   * until the next call.
   */
  near(query: PreparedQuery, wanted: number): Uint32Array {
    if (this.count === 0) return this.ids.subarray(0, 0);
    const cut = this.cut(query, wanted);
    const blocks = Math.ceil(this.count / BLOCK_ROWS) * BLOCK_ROWS;
    const end = this.exports.select(this.at.signs, 0, blocks, query.signsAt, cut, this.idsAt);
    let found = (end - this.idsAt) / 4;
    // The last block is filled up with rows that are none.
    while (found > 0 && this.ids[found - 1]! >= this.count) found--;
    return this.ids.subarray(0, found);
  }

  /** Distance that at least the share wanted of every eighth block of rows has. */
  private cut({ signsAt }: PreparedQuery, wanted: number): number {
    const { sample, histogram } = this.at;
    const counts = new Uint32Array(this.memory, histogram, SIGN_BYTES * 8 + 1).fill(0);
    this.exports.histogram(sample, this.sampled, signsAt, histogram);
    const enough = (wanted / this.count) * this.sampled;
    let sum = 0;
    for (let distance = 0; distance < this.signBytes * 8; distance++) {
      sum += counts[distance]!;
      if (sum >= enough) return distance;
    }
    return this.signBytes * 8;
  }
}
