/**
 * The index as one file: a magic word, a JSON header with its own checksum, then the sections, each aligned so that it is
 * a typed array as it lies, and with a checksum that is compared when it is first read. Little-endian machines only.
 */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { crc32 } from 'node:zlib';
import { StoreError } from '../errors.js';
import { ArrayIndex } from './array-index.js';
import type { IndexHeader } from './index-header.js';
import { SECTION_KINDS, type SectionArray, type SectionName, type SectionOf, type Sections } from './sections.js';

const MAGIC = Buffer.from('HOPWIDX\0', 'latin1');
/** Raised with every change of the format or of the analysis whose results it holds. */
const FORMAT = 1;
const ALIGNMENT = 64;
/** Magic, format, header length, header checksum, reserved. */
const PREFIX_BYTES = 24;

interface SectionPlace {
  readonly offset: number;
  readonly bytes: number;
  readonly crc: number;
}

interface FileHeader {
  readonly index: IndexHeader;
  readonly sections: Readonly<Record<SectionName, SectionPlace>>;
  readonly size: number;
}

const align = (offset: number): number => Math.ceil(offset / ALIGNMENT) * ALIGNMENT;

const bytesOf = (array: SectionArray): Uint8Array => new Uint8Array(array.buffer, array.byteOffset, array.byteLength);

const NAMES = Object.keys(SECTION_KINDS) as SectionName[];

/** Header and the sections' bytes with their padding, in file order; a pure function of the index. */
export function* encodeIndex(index: ArrayIndex): Generator<Uint8Array> {
  const arrays = NAMES.map((name) => bytesOf(index.sections.get(name)));
  // Offsets count from the end of the header, so that the header's length does not depend on itself.
  let at = 0;
  const places = arrays.map((bytes): SectionPlace => {
    const place = { offset: at, bytes: bytes.length, crc: crc32(bytes) };
    at = align(at + bytes.length);
    return place;
  });
  const sections = Object.fromEntries(NAMES.map((name, i) => [name, places[i]!]));
  const header = Buffer.from(JSON.stringify({ index: index.header, sections, size: at }), 'utf8');
  const prefix = Buffer.alloc(PREFIX_BYTES);
  MAGIC.copy(prefix);
  prefix.writeUInt32LE(FORMAT, 8);
  prefix.writeUInt32LE(header.length, 12);
  prefix.writeUInt32LE(crc32(header), 16);
  yield prefix;
  yield header;
  yield new Uint8Array(align(PREFIX_BYTES + header.length) - PREFIX_BYTES - header.length);
  for (const bytes of arrays) {
    yield bytes;
    yield new Uint8Array(align(bytes.length) - bytes.length);
  }
}

let saves = 0;

/**
 * Writes an index beside its place and renames it there, so that readers see the old file or the new one, whole.
 * @throws StoreError `INDEX_NOT_WRITTEN`
 */
export async function saveIndex(index: ArrayIndex, path: string): Promise<void> {
  const temporary = `${path}.${process.pid}.${saves++}.tmp`;
  try {
    const file = await open(temporary, 'w');
    try {
      for (const bytes of encodeIndex(index)) if (bytes.length > 0) await file.write(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
    await syncFolder(dirname(path));
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw new StoreError('INDEX_NOT_WRITTEN', `The index cannot be written to ${path}`, {
      place: { uri: path },
      remedy:
        'Free space on the disk or allow writing to the folder, then run the command again; nothing stored is lost.',
      cause,
    });
  }
}

/** Makes a rename last through a power cut where folders can be opened. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}

/** Sections of a file, each read and checked when first asked for. */
class FileSections implements Sections {
  private readonly arrays = new Map<SectionName, SectionArray>();

  constructor(
    private readonly path: string,
    private readonly file: number,
    private readonly start: number,
    private readonly places: FileHeader['sections'],
  ) {}

  get<N extends SectionName>(name: N): SectionOf<N> {
    let array = this.arrays.get(name);
    if (array === undefined) {
      array = this.read(name);
      this.arrays.set(name, array);
    }
    return array as SectionOf<N>;
  }

  private read(name: SectionName): SectionArray {
    const { offset, bytes, crc } = this.places[name];
    const buffer = Buffer.from(new ArrayBuffer(bytes));
    if (!readFully(this.file, buffer, this.start + offset) || crc32(buffer) !== crc)
      throw damaged(this.path, `section ${name}`);
    return typed(name, buffer);
  }
}

function typed(name: SectionName, { buffer }: Buffer): SectionArray {
  switch (SECTION_KINDS[name]) {
    case 'u8':
      return new Uint8Array(buffer);
    case 'i8':
      return new Int8Array(buffer);
    case 'u16':
      return new Uint16Array(buffer);
    case 'u32':
      return new Uint32Array(buffer);
    case 'f32':
      return new Float32Array(buffer);
  }
}

function readFully(file: number, into: Uint8Array, position: number): boolean {
  let done = 0;
  while (done < into.length) {
    const read = readSync(file, into, done, into.length - done, position + done);
    if (read === 0) return false;
    done += read;
  }
  return true;
}

function damaged(path: string, what: string): StoreError {
  return new StoreError('INDEX_DAMAGED', `The index file ${path} is damaged: ${what}`, {
    place: { uri: path },
    remedy: 'Delete the file; it is derived from the store and is built again.',
  });
}

function readHeader(path: string, file: number): { header: FileHeader; start: number } {
  const prefix = Buffer.alloc(PREFIX_BYTES);
  if (!readFully(file, prefix, 0) || !prefix.subarray(0, 8).equals(MAGIC)) throw damaged(path, 'no index header');
  const format = prefix.readUInt32LE(8);
  if (format !== FORMAT) {
    throw new StoreError('INDEX_FORMAT', `The index file ${path} has format ${format}, this version reads ${FORMAT}`, {
      place: { uri: path },
      remedy: 'Delete the file; it is derived from the store and is built again.',
    });
  }
  const length = prefix.readUInt32LE(12);
  const size = fstatSync(file).size;
  if (PREFIX_BYTES + length > size) throw damaged(path, 'the header is cut off');
  const bytes = Buffer.alloc(length);
  if (!readFully(file, bytes, PREFIX_BYTES) || crc32(bytes) !== prefix.readUInt32LE(16))
    throw damaged(path, 'header checksum');
  const header = JSON.parse(bytes.toString('utf8')) as FileHeader;
  const start = align(PREFIX_BYTES + length);
  if (start + header.size !== size) throw damaged(path, `${size} bytes instead of ${start + header.size}`);
  return { header, start };
}

/** An index whose sections are read from its file on demand, until it is closed. */
export interface OpenedIndex extends Disposable {
  readonly index: ArrayIndex;
}

/**
 * Opens an index file; reads its header alone.
 * @returns undefined when there is no such file
 * @throws StoreError `INDEX_DAMAGED` (cut off or changed; also later, when a section is read) or `INDEX_FORMAT`
 */
export function openIndex(path: string): OpenedIndex | undefined {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    const { header, start } = readHeader(path, file);
    const sections = new FileSections(path, file, start, header.sections);
    let open = true;
    const close = (): void => {
      if (open) closeSync(file);
      open = false;
    };
    return { index: new ArrayIndex(header.index, sections), [Symbol.dispose]: close };
  } catch (error) {
    closeSync(file);
    throw error;
  }
}
