/** Hamming distances of sign rows to a query's signs, by WebAssembly in a small memory of its own: block by block. */
import { SIGN_KERNEL } from './sign-kernel-binary.js';

interface Exports {
  distances(signs: number, count: number, words: number, query: number, out: number): void;
}

/** Rows of one call at most. */
export const MOST_SIGN_ROWS = 4_096;
const MOST_BYTES = 32;
const WORD = 8;
const PAGE_BYTES = 65_536;
const QUERY_AT = MOST_SIGN_ROWS * MOST_BYTES;
const OUT_AT = QUERY_AT + MOST_BYTES;

/** Rows whose bytes are whole words are compared; others the kernel does not take. */
export const takesWidth = (width: number): boolean => width % WORD === 0 && width <= MOST_BYTES;

export class SignKernel {
  private readonly exports: Exports;
  private readonly bytes: Uint8Array;
  private readonly out: Uint16Array;

  constructor() {
    const size = OUT_AT + 2 * MOST_SIGN_ROWS;
    const memory = new WebAssembly.Memory({ initial: Math.ceil(size / PAGE_BYTES) });
    const module = new WebAssembly.Module(Buffer.from(SIGN_KERNEL, 'base64'));
    this.exports = new WebAssembly.Instance(module, { hopwise: { memory } }).exports as unknown as Exports;
    this.bytes = new Uint8Array(memory.buffer);
    this.out = new Uint16Array(memory.buffer, OUT_AT, MOST_SIGN_ROWS);
  }

  /**
   * Distances of `signs`, at most `MOST_SIGN_ROWS` rows and at least one, each as wide as the query; valid until the
   * next call.
   */
  distances(signs: Uint8Array, query: Uint8Array): Uint16Array {
    const count = signs.length / query.length;
    this.bytes.set(signs);
    this.bytes.set(query, QUERY_AT);
    this.exports.distances(0, count, query.length / WORD, QUERY_AT, OUT_AT);
    return this.out.subarray(0, count);
  }
}
