/** Growable typed arrays: columns of a table that is filled row by row without an object per row. */

export class Uint32Column {
  private array: Uint32Array;
  length = 0;

  constructor(initial: Uint32Array | number = 1024) {
    this.array = typeof initial === 'number' ? new Uint32Array(initial) : initial;
    if (typeof initial !== 'number') this.length = initial.length;
  }

  push(value: number): void {
    if (this.length === this.array.length) this.reserve(this.length + 1);
    this.array[this.length++] = value;
  }

  reserve(length: number): void {
    if (length <= this.array.length) return;
    const grown = new Uint32Array(Math.max(length, this.array.length * 2, 1024));
    grown.set(this.array.subarray(0, this.length));
    this.array = grown;
  }

  at(index: number): number {
    return this.array[index]!;
  }

  set(index: number, value: number): void {
    this.array[index] = value;
  }

  /** The filled part; valid until the next push. */
  view(): Uint32Array {
    return this.array.subarray(0, this.length);
  }

  /** The filled part as an array of its own. */
  copy(): Uint32Array {
    return this.array.slice(0, this.length);
  }
}

export class Uint8Column {
  private array: Uint8Array;
  length = 0;

  constructor(initial: Uint8Array | number = 1024) {
    this.array = typeof initial === 'number' ? new Uint8Array(initial) : initial;
    if (typeof initial !== 'number') this.length = initial.length;
  }

  push(value: number): void {
    if (this.length === this.array.length) {
      const grown = new Uint8Array(Math.max(this.length * 2, 1024));
      grown.set(this.array);
      this.array = grown;
    }
    this.array[this.length++] = value;
  }

  at(index: number): number {
    return this.array[index]!;
  }

  view(): Uint8Array {
    return this.array.subarray(0, this.length);
  }
}
