/**
 * Holds what a stream will show until it is read: in memory up to a limit, beyond it in a temporary file that has no
 * name (where the system allows it) and is gone with the process.
 */
import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { StoreError } from '../../errors.js';

/** Bytes kept in memory. */
const IN_MEMORY = 64 * 2 ** 20;

type Place = Uint8Array | { readonly offset: number; readonly length: number };

/** Values by key; a value put again takes the place of the one before. */
export class Spool<T> implements Disposable {
  private readonly places = new Map<string, Place>();
  private held = 0;
  private file: number | undefined;
  private written = 0;

  constructor(private readonly most = IN_MEMORY) {}

  get keys(): string[] {
    return [...this.places.keys()];
  }

  set(key: string, value: T): void {
    const bytes = serialize(value);
    if (this.file === undefined && this.held + bytes.length <= this.most) {
      this.held += bytes.length;
      this.places.set(key, bytes);
      return;
    }
    this.file ??= unnamedFile();
    try {
      writeSync(this.file, bytes, 0, bytes.length, this.written);
    } catch (error) {
      throw new StoreError('SPOOL_FULL', `The temporary folder ${tmpdir()} cannot be written`, {
        place: { uri: tmpdir() },
        remedy: 'Free space there, or set TMPDIR to a folder with more.',
        cause: error,
      });
    }
    this.places.set(key, { offset: this.written, length: bytes.length });
    this.written += bytes.length;
  }

  delete(key: string): void {
    this.places.delete(key);
  }

  clear(): void {
    this.places.clear();
    this.held = 0;
  }

  get(key: string): T | undefined {
    const place = this.places.get(key);
    if (place === undefined) return undefined;
    if (place instanceof Uint8Array) return deserialize(place) as T;
    const bytes = Buffer.alloc(place.length);
    readSync(this.file!, bytes, 0, place.length, place.offset);
    return deserialize(bytes) as T;
  }

  /** Idempotent. */
  [Symbol.dispose](): void {
    this.places.clear();
    if (this.file !== undefined) closeSync(this.file);
    this.file = undefined;
  }
}

/** Spools of streams that were made and never read to their end are given up when the stream is collected. */
const forgotten = new FinalizationRegistry<Disposable>((spool) => spool[Symbol.dispose]());

/** An iterable that may be read once and gives the spool up at its end, early end or error. */
export function streamOf<T>(spool: Disposable, items: () => Iterable<T>): AsyncIterable<T> {
  const stream = read(spool, items);
  forgotten.register(stream, spool);
  return stream;
}

async function* read<T>(spool: Disposable, items: () => Iterable<T>): AsyncGenerator<T> {
  try {
    yield* items();
  } finally {
    spool[Symbol.dispose]();
  }
}

function unnamedFile(): number {
  const folder = mkdtempSync(join(tmpdir(), 'hopwise-'));
  const file = openSync(join(folder, 'spool'), 'w+', 0o600);
  try {
    rmSync(folder, { recursive: true, force: true });
  } catch {
    // Windows keeps the file until it is closed; the system cleans the folder up.
  }
  return file;
}
