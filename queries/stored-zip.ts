/** ZIP without compression (APPNOTE 6.3, methods "stored"), byte for byte the same for the same files. */
import { crc32 } from 'node:zlib';

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const VERSION = 20;
/** Names are UTF-8. */
const FLAGS = 0x0800;
/** 1 January 1980, the first day of ZIP: no date of making is kept. */
const DAY = 0x21;

/** @param files names with `/` between folders, and texts; in this order in the archive */
export function storedZip(files: Iterable<readonly [name: string, text: string]>): Uint8Array {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, text] of files) {
    const [path, content] = [Buffer.from(name), Buffer.from(text)];
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(VERSION, 0);
    fields.writeUInt16LE(FLAGS, 2);
    fields.writeUInt16LE(DAY, 8);
    fields.writeUInt32LE(crc32(content), 10);
    fields.writeUInt32LE(content.length, 14);
    fields.writeUInt32LE(content.length, 18);
    fields.writeUInt16LE(path.length, 22);
    const comment = Buffer.alloc(14);
    comment.writeUInt32LE(offset, 10);
    directory.push(signature(CENTRAL), Buffer.from([VERSION, 0]), fields, comment, path);
    parts.push(signature(LOCAL), fields, path, content);
    offset += 4 + fields.length + path.length + content.length;
  }
  const entries = Buffer.concat(directory);
  const count = directory.length / 5;
  const end = Buffer.alloc(18);
  end.writeUInt16LE(count, 4);
  end.writeUInt16LE(count, 6);
  end.writeUInt32LE(entries.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...parts, entries, signature(END), end]);
}

function signature(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
