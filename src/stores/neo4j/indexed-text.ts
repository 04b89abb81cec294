/**
 * Texts that are looked up and listed in order (keys, uris) as properties. Two facts decide the form: an index of Neo4j
 * holds values up to some 8 kB, and Neo4j orders stored strings by code point and parameters by UTF-16 code unit, while
 * the port orders by code unit alone (the two differ where characters beyond U+D7FF meet). Nearly every text is stored as it is, with nothing beside it.
 */
import { createHash } from 'node:crypto';

export interface IndexedText {
  /** The text; when it is too long for an index its beginning and its hash. */
  readonly value: string;
  /** Whose order is the text's code unit order; null where that is `value`, or the text too long. */
  readonly order: string | null;
  /** The whole text when it is too long for an index, with its order; else null. */
  readonly full: string | null;
  readonly fullOrder: string | null;
  readonly long: true | null;
}

/** Longest text that is indexed as it is, in UTF-16 code units: at most 6 kB as `order`. */
const LONGEST = 1_000;
const KEPT = 500;

export function indexedText(text: string): IndexedText {
  const order = inOrder(text);
  if (text.length <= LONGEST)
    return { value: text, order: order === text ? null : order, full: null, fullOrder: null, long: null };
  return { value: indexedValue(text), order: null, full: text, fullOrder: order, long: true };
}

/** The property by which a text is found. */
export function indexedValue(text: string): string {
  if (text.length <= LONGEST) return text;
  const hash = createHash('sha256').update(text).digest('hex');
  // A lone half of a character would not survive.
  return `${text.slice(0, KEPT).replace(/[\ud800-\udbff]$/, '')}…${hash}`;
}

const HIGH = /[\ud800-\uffff]/g;

/**
 * A string of characters up to U+E000 whose order, by code point and by code unit alike, is the text's code unit order,
 * and which starts with that of another if the text does: code units from U+D800 on become U+E000 and a second
 * character, all others stay.
 */
export function inOrder(text: string): string {
  return text.replace(HIGH, (unit) => String.fromCharCode(0xe000, unit.charCodeAt(0) - 0xd800));
}

/** Greater than the order of every text that starts with what `prefix` is the order of. */
export function afterPrefix(prefix: string): string {
  return `${prefix}\ue001`;
}

/** Code unit order. */
export function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
