/** Growable typed arrays: columns of a table that is filled row by row without an object per row. */

export class Uint32Column {
  private array: Uint32Array;
  length: number;

  /** @param initial first contents; never written to, since growing copies */
  constructor(initial: Uint32Array = new Uint32Array(0)) {
    this.array = initial;
    this.length = initial.length;
  }

  push(value: number): void {
    if (this.length === this.array.length) {
      const grown = new Uint32Array(Math.max(this.length * 2, 1024));
      grown.set(this.array);
      this.array = grown;
    }
    this.array[this.length++] = value;
  }

  at(index: number): number {
    return this.array[index]!;
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
  length: number;

  /** @param initial first contents; never written to, since growing copies */
  constructor(initial: Uint8Array = new Uint8Array(0)) {
    this.array = initial;
    this.length = initial.length;
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

  /** The filled part; valid until the next push. */
  view(): Uint8Array {
    return this.array.subarray(0, this.length);
  }
}
