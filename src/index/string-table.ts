/** Strings as UTF-8 in one buffer, sorted by code point, found by binary search over the bytes: nothing is built at load. */

/** A string table as two arrays; string i is bytes offsets[i] .. offsets[i + 1]. */
export interface StringTableArrays {
  readonly bytes: Uint8Array;
  readonly offsets: Uint32Array;
}

const SURROGATE = /[\ud800-\udfff]/;

const byCodePoint = (a: string, b: string): number => Buffer.compare(Buffer.from(a, 'utf8'), Buffer.from(b, 'utf8'));

/** Sorts distinct strings in the order of their UTF-8 bytes, in place. */
export function sortStrings(strings: string[]): string[] {
  return strings.some((text) => SURROGATE.test(text)) ? strings.sort(byCodePoint) : strings.sort();
}

/** Encodes strings in the order given. */
export function encodeStrings(strings: readonly string[]): StringTableArrays {
  const bytes = Buffer.from(strings.join(''), 'utf8');
  const offsets = new Uint32Array(strings.length + 1);
  let at = 0;
  for (let i = 0; i < strings.length; i++) {
    at += Buffer.byteLength(strings[i]!, 'utf8');
    offsets[i + 1] = at;
  }
  return { bytes: new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length), offsets };
}

/** Reads and finds strings in an encoded table. */
export class StringTable {
  readonly size: number;
  private readonly buffer: Buffer;

  constructor(private readonly arrays: StringTableArrays) {
    this.size = arrays.offsets.length - 1;
    this.buffer = Buffer.from(arrays.bytes.buffer, arrays.bytes.byteOffset, arrays.bytes.length);
  }

  at(index: number): string {
    return this.buffer.toString('utf8', this.arrays.offsets[index]!, this.arrays.offsets[index + 1]!);
  }

  /** All strings in order. */
  all(): string[] {
    return Array.from({ length: this.size }, (_, index) => this.at(index));
  }

  /**
   * Index of a string, or -1.
   * @param order sorted positions, when the table itself is not sorted
   */
  find(text: string, order?: Uint32Array): number {
    const wanted = Buffer.from(text, 'utf8');
    let low = 0;
    let high = this.size - 1;
    while (low <= high) {
      const middle = (low + high) >>> 1;
      const index = order === undefined ? middle : order[middle]!;
      const difference = this.compare(wanted, index);
      if (difference === 0) return index;
      if (difference < 0) high = middle - 1;
      else low = middle + 1;
    }
    return -1;
  }

  private compare(wanted: Buffer, index: number): number {
    const { bytes, offsets } = this.arrays;
    const from = offsets[index]!;
    const length = offsets[index + 1]! - from;
    const common = Math.min(length, wanted.length);
    for (let i = 0; i < common; i++) {
      const difference = wanted[i]! - bytes[from + i]!;
      if (difference !== 0) return difference;
    }
    return wanted.length - length;
  }
}
