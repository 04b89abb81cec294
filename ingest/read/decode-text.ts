/** Bytes to text: byte-order mark first, then valid UTF-8, then the encoding that the bytes look like. */
import type { LimitError } from '../../src/errors.js';
import type { Limits } from '../../src/limits.js';
import { overLimit } from './source-errors.js';

export interface DecodedText {
  /** Line ends are \n. */
  readonly text: string;
  readonly warnings: readonly string[];
}

const LABEL = /charset\s*=\s*["']?([\w.:-]+)/i;
/** What chardet may look at: enough for its statistics, and bounded. */
const SAMPLE_BYTES = 64 * 1024;

function byteOrderMark(bytes: Uint8Array): string | undefined {
  const [a, b, c, d] = bytes;
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8';
  if (a === 0xff && b === 0xfe) return c === 0 && d === 0 && bytes.length >= 4 ? 'utf-32le' : 'utf-16le';
  if (a === 0xfe && b === 0xff) return 'utf-16be';
  if (a === 0 && b === 0 && c === 0xfe && d === 0xff) return 'utf-32be';
  return undefined;
}

/** UTF-16 without a mark: most of the even or of the odd bytes are zero. */
function unmarkedUtf16(bytes: Uint8Array): string | undefined {
  const length = Math.min(bytes.length, 4096) & ~1;
  if (length < 4) return undefined;
  const zeros: [number, number] = [0, 0];
  for (let i = 0; i < length; i++) if (bytes[i] === 0) zeros[i & 1 ? 1 : 0]++;
  const half = length / 2;
  if (zeros[1] > 0.7 * half && zeros[0] < 0.05 * half) return 'utf-16le';
  if (zeros[0] > 0.7 * half && zeros[1] < 0.05 * half) return 'utf-16be';
  return undefined;
}

function utf32(bytes: Uint8Array, littleEndian: boolean): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const pieces: string[] = [];
  for (let at = 4; at + 4 <= bytes.byteLength; at += 4) {
    const code = view.getUint32(at, littleEndian);
    pieces.push(code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd');
  }
  return pieces.join('');
}

/** UTF-16 unit by unit: unlike TextDecoder it lets lone surrogates through, so that they are reported like any other. */
function utf16(bytes: Uint8Array, bigEndian: boolean): string {
  const even = bytes.subarray(0, bytes.length & ~1);
  const buffer = bigEndian ? Buffer.from(even).swap16() : Buffer.from(even.buffer, even.byteOffset, even.byteLength);
  const text = buffer.toString('utf16le');
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}

/** Sequences of a damaged UTF-8 text: valid ones of several bytes, and invalid ones. */
function utf8Damage(bytes: Uint8Array, lenient: string): { valid: number; invalid: number } {
  let invalid = 0;
  for (let at = lenient.indexOf('\ufffd'); at >= 0; at = lenient.indexOf('\ufffd', at + 1)) invalid++;
  let starts = 0;
  for (const byte of bytes) if (byte >= 0xc2 && byte <= 0xf4) starts++;
  return { valid: Math.max(0, starts - invalid), invalid };
}

const ENCODED_SURROGATES = /(?:\xed[\xa0-\xaf][\x80-\xbf]\xed[\xb0-\xbf][\x80-\xbf])|(?:\xed[\xa0-\xbf][\x80-\xbf])/g;

/** Surrogates that a careless program encoded one by one: pairs become the character they mean, lone ones U+FFFD. */
function decodeSurrogates(bytes: Uint8Array): DecodedText | undefined {
  let lone = 0;
  const latin1 = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  const repaired = latin1.replace(ENCODED_SURROGATES, (units) => {
    if (units.length === 3) {
      lone++;
      return '\xef\xbf\xbd';
    }
    const unit = (at: number): number =>
      0xd000 | ((units.charCodeAt(at) & 0x3f) << 6) | (units.charCodeAt(at + 1) & 0x3f);
    return Buffer.from(String.fromCharCode(unit(1), unit(4))).toString('latin1');
  });
  if (repaired === latin1) return undefined;
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(repaired, 'latin1'));
    return { text, warnings: lone === 0 ? [] : [`${lone} lone surrogate${lone === 1 ? '' : 's'} replaced by U+FFFD`] };
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return undefined;
  }
}

async function decodeUnknown(bytes: Uint8Array, label: string | undefined): Promise<DecodedText> {
  const repaired = decodeSurrogates(bytes);
  if (repaired !== undefined) return repaired;
  const lenient = new TextDecoder('utf-8').decode(bytes);
  const { valid, invalid } = utf8Damage(bytes, lenient);
  if (valid > 2 * invalid) {
    return {
      text: lenient,
      warnings: [`${invalid} invalid UTF-8 byte sequence${invalid === 1 ? '' : 's'} replaced by U+FFFD`],
    };
  }
  const { default: chardet } = await import('chardet');
  for (const name of [label, chardet.detect(bytes.subarray(0, SAMPLE_BYTES)), 'windows-1252']) {
    if (name === undefined || name === null || /^utf-?8$/i.test(name)) continue;
    try {
      return { text: new TextDecoder(name).decode(bytes), warnings: [`decoded as ${name}`] };
    } catch (error) {
      // A label that the platform does not know: the next one.
      if (!(error instanceof RangeError)) throw error;
    }
  }
  return { text: lenient, warnings: [`${invalid} invalid UTF-8 byte sequences replaced by U+FFFD`] };
}

async function decode(bytes: Uint8Array, label: string | undefined): Promise<DecodedText> {
  const mark = byteOrderMark(bytes) ?? unmarkedUtf16(bytes);
  if (mark === 'utf-16le' || mark === 'utf-16be') return { text: utf16(bytes, mark === 'utf-16be'), warnings: [] };
  if (mark === 'utf-32le' || mark === 'utf-32be') return { text: utf32(bytes, mark === 'utf-32le'), warnings: [] };
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), warnings: [] };
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return decodeUnknown(bytes, label);
  }
}

/** The charset that an HTML page declares in its first 2 KB, or a media type in its parameter. */
export function declaredCharset(head: string): string | undefined {
  return LABEL.exec(head)?.[1];
}

/** Decodes a text of unknown encoding; `label` is what the source claims, used when the bytes are no valid UTF-8. */
export async function decodeText(bytes: Uint8Array, label?: string): Promise<DecodedText> {
  const { text, warnings } = await decode(bytes, label);
  return { text: text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text, warnings };
}

/** Refuses a text with a line over the limit. @throws LimitError LINE_TOO_LONG */
export function checkLines(text: string, uri: string, limits: Limits): void {
  let line = 1;
  for (let at = 0; at < text.length; line++) {
    const found = text.indexOf('\n', at);
    const end = found < 0 ? text.length : found;
    if (end - at > limits.maxLineChars) throw lineTooLong(uri, line, end - at, limits);
    at = end + 1;
  }
}

export function lineTooLong(uri: string, line: number, chars: number, limits: Limits): LimitError {
  const message = `line ${line} of ${uri} has ${chars} characters, more than ${limits.maxLineChars}`;
  return overLimit('LINE_TOO_LONG', message, 'maxLineChars', { uri, line });
}

/** Refuses a text before work is put into it. @throws LimitError DOCUMENT_TOO_LONG */
export function checkLength(text: string, uri: string, limits: Limits): void {
  if (text.length > limits.maxDocumentChars) throw documentTooLong(uri, text.length, limits);
}

export function documentTooLong(uri: string, chars: number, limits: Limits): LimitError {
  const message = `${uri} has ${chars} characters of text, more than ${limits.maxDocumentChars}`;
  return overLimit('DOCUMENT_TOO_LONG', message, 'maxDocumentChars', { uri });
}
