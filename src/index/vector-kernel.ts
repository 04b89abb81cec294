/**
 * Dot products and sign comparisons of many rows by SIMD in WebAssembly. Sums are of integers, so the result is the same
 * on every machine. Rows, signs, query and results lie in one memory of their own: collections of up to 4 GB of rows.
 */
import { VECTOR_KERNEL } from './vector-kernel-binary.js';

interface Exports {
  scan(rows: number, count: number, dimensions: number, query: number, out: number): void;
  pick(rows: number, ids: number, count: number, dimensions: number, query: number, out: number): void;
  sample(signs: number, blocks: number, step: number, bytes: number, query: number, out: number): number;
  select(signs: number, blocks: number, bytes: number, query: number, cut: number, out: number): number;
}

/** Rows of a block of signs. */
export const BLOCK_ROWS = 16;
const PAGE_BYTES = 65_536;
/** Greatest length of a query in integers: its components fit into 16 bits, and sums over any row into 32. */
const QUERY_LENGTH = 32_767;

let compiled: WebAssembly.Module | undefined;

const align = (at: number): number => Math.ceil(at / 16) * 16;

function isSame(a: Float32Array, b: Float32Array): boolean {
  if (a.length !== b.length) return false;
  for (let j = 0; j < a.length; j++) if (a[j] !== b[j]) return false;
  return true;
}

export class VectorKernel {
  private readonly exports: Exports;
  private readonly dimensions: number;
  private readonly blocks: number;
  private readonly at: { signs: number; query: number; querySigns: number; ids: number; out: number };
  private readonly query: Int16Array;
  private readonly querySigns: Uint8Array;
  private readonly ids: Uint32Array;
  private readonly out: Int32Array;
  private readonly bytes: Uint8Array;
  /** Copy of the query that is prepared. */
  private prepared: Float32Array = new Float32Array(0);
  /** What an integer sum is multiplied by to give a dot product, but for the row's own scale. */
  private unit = 0;

  /**
   * @param rows int8 rows of `dimensions`
   * @param signs as `signBits` makes them, `signBytes` a row; empty when they are not asked for
   */
  constructor(
    rows: Int8Array,
    private readonly count: number,
    dimensions: number,
    signs: Uint8Array,
    private readonly signBytes: number,
  ) {
    this.dimensions = Math.ceil(dimensions / 8) * 8;
    this.blocks = signs.length === 0 ? 0 : Math.ceil(count / BLOCK_ROWS);
    const signsAt = align(count * this.dimensions);
    const query = align(signsAt + signs.length);
    const querySigns = query + this.dimensions * 2;
    const ids = querySigns + signBytes * BLOCK_ROWS;
    // A selection may end with rows that fill up the last block.
    const out = align(ids + (count + BLOCK_ROWS) * 4);
    this.at = { signs: signsAt, query, querySigns, ids, out };
    const memory = new WebAssembly.Memory({ initial: Math.ceil((out + count * 4 + BLOCK_ROWS) / PAGE_BYTES) });
    compiled ??= new WebAssembly.Module(Buffer.from(VECTOR_KERNEL, 'base64'));
    this.exports = new WebAssembly.Instance(compiled, { hopwise: { memory } }).exports as unknown as Exports;
    this.query = new Int16Array(memory.buffer, query, this.dimensions);
    this.querySigns = new Uint8Array(memory.buffer, querySigns, signBytes * BLOCK_ROWS);
    this.ids = new Uint32Array(memory.buffer, ids, count + BLOCK_ROWS);
    this.out = new Int32Array(memory.buffer, out, count);
    this.bytes = new Uint8Array(memory.buffer, out, count);
    const padded = new Int8Array(memory.buffer, 0, count * this.dimensions);
    if (dimensions === this.dimensions) padded.set(rows);
    else {
      for (let row = 0; row < count; row++) {
        padded.set(rows.subarray(row * dimensions, (row + 1) * dimensions), row * this.dimensions);
      }
    }
    new Uint8Array(memory.buffer, signsAt, signs.length).set(signs);
  }

  /** Factor from a sum to a dot product, but for the row's scale; sets the query that all methods compare with. */
  prepare(query: Float32Array, mean: Float32Array): number {
    if (isSame(query, this.prepared)) return this.unit;
    let square = 0;
    for (let j = 0; j < query.length; j++) square += query[j]! * query[j]!;
    const factor = square === 0 ? 0 : QUERY_LENGTH / Math.sqrt(square);
    for (let j = 0; j < query.length; j++) this.query[j] = Math.round(query[j]! * factor);
    for (let byte = 0; byte < this.signBytes; byte++) {
      let bits = 0;
      for (let bit = 0; bit < 8; bit++) {
        const j = byte * 8 + bit;
        if (j < query.length && query[j]! > mean[j]!) bits |= 1 << bit;
      }
      this.querySigns.fill(bits, byte * BLOCK_ROWS, (byte + 1) * BLOCK_ROWS);
    }
    this.prepared = query.slice();
    this.unit = factor === 0 ? 0 : 1 / factor;
    return this.unit;
  }

  /** Sums of rows [from, from + count); valid until the next call. */
  scan(from: number, count: number): Int32Array {
    if (count > 0) this.exports.scan(from * this.dimensions, count, this.dimensions, this.at.query, this.at.out);
    return this.out;
  }

  /**
   * Rows among the nearest by signs: all rows up to the distance that about `wanted` have, by a sample; ascending, valid
   * until the next call.
   */
  near(wanted: number): Uint32Array {
    const { signs, querySigns, ids } = this.at;
    const cut = this.cut(wanted);
    const end = this.exports.select(signs, this.blocks, this.signBytes, querySigns, cut, ids);
    // The last block may be filled up with rows that there are not.
    let chosen = (end - ids) / 4;
    while (chosen > 0 && this.ids[chosen - 1]! >= this.count) chosen--;
    return this.ids.subarray(0, chosen);
  }

  /** Sums of the first `count` rows that `near` gave, or that were put there; in their order, valid until the next call. */
  pick(count: number): Int32Array {
    const { query, ids, out } = this.at;
    if (count > 0) this.exports.pick(0, ids, count, this.dimensions, query, out);
    return this.out;
  }

  /** Distance that at least the share wanted of every eighth block has. */
  private cut(wanted: number): number {
    const step = Math.max(1, Math.min(8, this.blocks >> 3));
    const { signs, querySigns, out } = this.at;
    const end = this.exports.sample(signs, this.blocks, step, this.signBytes, querySigns, out);
    const sampled = Math.min(end - out, this.bytes.length);
    const histogram = new Uint32Array(256);
    for (let i = 0; i < sampled; i++) histogram[this.bytes[i]!]!++;
    const enough = (wanted / this.count) * sampled;
    let sum = 0;
    for (let distance = 0; distance < this.signBytes * 8; distance++) {
      sum += histogram[distance]!;
      if (sum >= enough) return distance;
    }
    return this.signBytes * 8;
  }
}
