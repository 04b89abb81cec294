/** Values on their way to and from the driver. */
import neo4j, { type Integer } from 'neo4j-driver';

/** JavaScript numbers go as floats unless wrapped. */
export function int(value: number): Integer {
  return neo4j.int(value);
}

export function ints(values: readonly number[]): Integer[] {
  return values.map(int);
}

/** Bytes as the driver takes them. */
export function toBytes(bytes: Uint8Array): Int8Array {
  return new Int8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** The driver gives each value a buffer of its own. */
export function fromBytes(bytes: Int8Array): Uint8Array {
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** `rows` in pieces of at most `most`. */
export function* pieces<T>(rows: readonly T[], most: number): Generator<readonly T[]> {
  for (let i = 0; i < rows.length; i += most) yield rows.length <= most ? rows : rows.slice(i, i + most);
}
