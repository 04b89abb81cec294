/** What a source is, told by its content first and its name second. */
import type { Source } from './reader.js';

/** What the first bytes tell. `binary` is content that no text reader should see. */
export type Content =
  | { readonly kind: 'pdf' | 'zip' | 'text' | 'html' | 'encrypted-office' | 'old-office' | 'rtf' }
  | { readonly kind: 'binary'; readonly what: string };

const HEAD_BYTES = 4096;
/** A PDF may have junk before its mark; readers look for it in the first kilobyte. */
const PDF_HEAD_BYTES = 1024;
/** Share of control characters above which bytes are no text. */
const MAX_CONTROL_SHARE = 0.1;
/** The same of bytes that are no UTF-8: older encodings have none, compressed data a tenth. */
const MAX_CONTROL_SHARE_OF_OLD = 0.02;
const HTML = /^(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]*?-->\s*)*<(?:!doctype\s+html|html)\b/i;
const OLE = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

function startsWith(bytes: Uint8Array, mark: readonly number[]): boolean {
  return mark.every((byte, i) => bytes[i] === byte);
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}

/** Control characters that no text has, NUL apart: single NULs are tolerated, UTF-16 is full of them. */
function looksLikeText(head: Uint8Array): boolean {
  if (isMarkedWide(head)) return true;
  let control = 0;
  let zeros = 0;
  for (const byte of head) {
    if (byte === 0) zeros++;
    else if (byte < 9 || (byte > 13 && byte < 32 && byte !== 27) || byte === 127) control++;
  }
  if (control > head.length * (isUtf8(head) ? MAX_CONTROL_SHARE : MAX_CONTROL_SHARE_OF_OLD)) return false;
  return zeros <= head.length * MAX_CONTROL_SHARE || zerosAlternate(head);
}

/** The byte-order mark of UTF-16 or UTF-32, whose bytes may be any. */
function isMarkedWide(head: Uint8Array): boolean {
  const [a, b, c, d] = head;
  return (a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff) || (a === 0 && b === 0 && c === 0xfe && d === 0xff);
}

/** Whole characters of UTF-8; the last may be cut. */
function isUtf8(head: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
    return true;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return false;
  }
}

/** UTF-16 without a mark has its zeros on one side only. */
function zerosAlternate(head: Uint8Array): boolean {
  let even = 0;
  let odd = 0;
  for (let i = 0; i < head.length; i++) if (head[i] === 0) i & 1 ? odd++ : even++;
  return Math.min(even, odd) <= 0.05 * Math.max(even, odd) && Math.max(even, odd) > 0.35 * head.length;
}

const UNKNOWN = 'a binary file of unknown kind';

async function binary(bytes: Uint8Array): Promise<Content> {
  const { fileTypeFromBuffer } = await import('file-type');
  const type = await fileTypeFromBuffer(bytes.subarray(0, 64 * 1024)).catch(() => undefined);
  return { kind: 'binary', what: type === undefined ? UNKNOWN : `a file of type ${type.mime}` };
}

export async function sniffContent(source: Source): Promise<Content> {
  const { bytes } = source;
  const head = bytes.subarray(0, HEAD_BYTES);
  if (latin1(bytes.subarray(0, PDF_HEAD_BYTES)).includes('%PDF-')) return { kind: 'pdf' };
  if (startsWith(bytes, [0x50, 0x4b, 3, 4]) || startsWith(bytes, [0x50, 0x4b, 5, 6])) return { kind: 'zip' };
  if (startsWith(bytes, OLE)) {
    const encrypted = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(
      'EncryptedPackage',
      0,
      'utf16le',
    );
    return { kind: encrypted ? 'encrypted-office' : 'old-office' };
  }
  if (!looksLikeText(head)) {
    const found = await binary(bytes);
    // Whoever sends a text/* type means text, however odd; only a known binary format contradicts that.
    if (found.kind !== 'binary' || found.what !== UNKNOWN || source.mediaType?.startsWith('text/') !== true)
      return found;
    return { kind: 'text' };
  }
  const start = latin1(head).replace(/^(?:\xef\xbb\xbf)?\s*/, '');
  if (start.startsWith('{\\rtf')) return { kind: 'rtf' };
  return { kind: HTML.test(start) ? 'html' : 'text' };
}

/** What is inside a zip: Office and EPUB files are zips too. */
export type ZipContent = 'docx' | 'pptx' | 'xlsx' | 'epub' | 'odt' | 'zip';

/** Told by the names in the archive's directory, which stand uncompressed in the file. */
export function sniffZip(bytes: Uint8Array): ZipContent {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (buffer.includes('[Content_Types].xml')) {
    if (buffer.includes('word/document')) return 'docx';
    if (buffer.includes('ppt/presentation')) return 'pptx';
    if (buffer.includes('xl/workbook')) return 'xlsx';
  }
  const first = latin1(bytes.subarray(0, 128));
  if (first.includes('mimetypeapplication/epub+zip')) return 'epub';
  if (first.includes('mimetypeapplication/vnd.oasis.opendocument')) return 'odt';
  return 'zip';
}
