/**
 * Strings as SQLite columns. Two facts decide the form: the driver ends a TEXT at its first NUL, and SQLite compares
 * TEXT by code point, while the port orders by UTF-16 code unit (the two differ for astral characters).
 */

export type TextColumn = string | Uint8Array;

/** TEXT, or a UTF-8 BLOB when the text holds a NUL. Lone surrogates become U+FFFD, which keeps all spans. */
export function toTextColumn(text: string): TextColumn {
  return text.includes('\0') ? Buffer.from(text, 'utf8') : text;
}

export function fromTextColumn(column: TextColumn): string {
  return typeof column === 'string' ? column : utf8(column);
}

const SURROGATE = /[\ud800-\udfff]/;

/**
 * A BLOB whose byte order is the string's code unit order: CESU-8 (Unicode Technical Report 26), that is UTF-8 of each
 * code unit. Equal to UTF-8 for strings without astral characters; lone surrogates survive.
 */
export function toOrderedColumn(text: string): Uint8Array {
  if (!SURROGATE.test(text)) return Buffer.from(text, 'utf8');
  const bytes: number[] = [];
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) bytes.push(unit);
    else if (unit < 0x800) bytes.push(0xc0 | (unit >> 6), 0x80 | (unit & 0x3f));
    else bytes.push(0xe0 | (unit >> 12), 0x80 | ((unit >> 6) & 0x3f), 0x80 | (unit & 0x3f));
  }
  return Uint8Array.from(bytes);
}

export function fromOrderedColumn(bytes: Uint8Array): string {
  let surrogates = false;
  for (let i = 0; i + 1 < bytes.length && !surrogates; i++) surrogates = bytes[i] === 0xed && bytes[i + 1]! >= 0xa0;
  if (!surrogates) return utf8(bytes);
  const units: number[] = [];
  for (let i = 0; i < bytes.length; ) {
    const lead = bytes[i]!;
    if (lead < 0x80) {
      units.push(lead);
      i += 1;
    } else if (lead < 0xe0) {
      units.push(((lead & 0x1f) << 6) | (bytes[i + 1]! & 0x3f));
      i += 2;
    } else {
      units.push(((lead & 0x0f) << 12) | ((bytes[i + 1]! & 0x3f) << 6) | (bytes[i + 2]! & 0x3f));
      i += 3;
    }
  }
  let text = '';
  for (let i = 0; i < units.length; i += 4096) text += String.fromCharCode(...units.slice(i, i + 4096));
  return text;
}

/** Smallest BLOB greater than every string that starts with `prefix`; undefined when there is none. */
export function afterPrefix(prefix: string): Uint8Array | undefined {
  const bytes = Uint8Array.from(toOrderedColumn(prefix));
  for (let i = bytes.length - 1; i >= 0; i--) {
    if (bytes[i] !== 0xff) {
      bytes[i]!++;
      return bytes.slice(0, i + 1);
    }
  }
  return undefined;
}

export function utf8(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
}
