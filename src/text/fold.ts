/**
 * Folding for matching: compatibility forms (full width, ligatures, superscripts) to plain ones, accents dropped, letters
 * that differ only by habit made equal (ø o, ß ss, alef with hamza and alef, ς σ, digits of every script and 0-9),
 * apostrophes straight, invisible format characters dropped. What tells words apart stays: vowel signs and virama of the
 * Indic scripts, Thai marks, Cyrillic й, kana voicing, whole Hangul syllables.
 */
export interface Folded {
  readonly text: string;
  /** Offset in the original of each code unit of `text`, plus one for the end; undefined when all are the same. */
  readonly offsets: Uint32Array | undefined;
}

const PLAIN = /^[\x00-\x7f]*$/;
const MARK = /^\p{M}$/u;
const DIGIT = /^\p{Nd}$/u;
/** Kept as they are: their decomposition would cut vowels off (Thai and Lao AM) or fall apart into letters. */
const WHOLE = /^[\p{Script=Thai}\p{Script=Lao}\p{Script=Tibetan}]$/u;
/**
 * Marks dropped: accents of the European scripts, Hebrew points, Arabic vowel signs, small letters and hamza, Indic nukta.
 * U+0306 over Cyrillic и and у is composed before this is asked.
 */
const ACCENTS: readonly (readonly [number, number])[] = [
  [0x300, 0x36f],
  [0x483, 0x489],
  [0x591, 0x5bd],
  [0x5bf, 0x5bf],
  [0x5c1, 0x5c2],
  [0x5c4, 0x5c5],
  [0x5c7, 0x5c7],
  [0x610, 0x61a],
  [0x64b, 0x65f],
  [0x670, 0x670],
  [0x6d6, 0x6dc],
  [0x6df, 0x6e4],
  [0x6e7, 0x6e8],
  [0x6ea, 0x6ed],
  [0x93c, 0x93c],
  [0x9bc, 0x9bc],
  [0xa3c, 0xa3c],
  [0xabc, 0xabc],
  [0xb3c, 0xb3c],
  [0xcbc, 0xcbc],
  [0x1ab0, 0x1aff],
  [0x1dc0, 0x1dff],
  [0x20d0, 0x20ff],
  [0xfe00, 0xfe0f],
  [0xfe20, 0xfe2f],
];
/** Invisible: soft hyphen, joiners, direction marks, byte order mark, Arabic tatweel. */
const DROPPED = /^[\u00ad\u0640\u061c\u180e\u200c-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]$/;
const LETTERS: Readonly<Record<string, string>> = {
  ø: 'o',
  Ø: 'O',
  ł: 'l',
  Ł: 'L',
  đ: 'd',
  Đ: 'D',
  ß: 'ss',
  ẞ: 'SS',
  æ: 'ae',
  Æ: 'AE',
  œ: 'oe',
  Œ: 'OE',
  þ: 'th',
  Þ: 'TH',
  ð: 'd',
  Ð: 'D',
  ħ: 'h',
  Ħ: 'H',
  ı: 'i',
  ς: 'σ',
  ى: 'ي',
  ی: 'ي',
  ې: 'ي',
  ک: 'ك',
  ھ: 'ه',
  ہ: 'ه',
  ٱ: 'ا',
  '’': "'",
  '‘': "'",
  ʼ: "'",
  '＇': "'",
};
const YI_AND_SHORT: Readonly<Record<string, string>> = {
  'и\u0306': 'й',
  'И\u0306': 'Й',
  'у\u0306': 'ў',
  'У\u0306': 'Ў',
};
const KEPT_CYRILLIC = /[иИуУ]\u0306/g;

/** A character that would become two words (one half, a.m.) stays whole, so that no two tokens share a span. */
const TWO_WORDS = /[\p{L}\p{N}][^\p{L}\p{N}\p{M}']+[\p{L}\p{N}]/u;

/** Fold of each single code unit seen so far; the char itself stands for "unchanged". */
const singles: (string | undefined)[] = [];
/** Bit 0: known. Bit 1: may extend the character before it. */
const kinds = new Uint8Array(0x10000);
const KNOWN = 1;
const EXTENDS = 2;
const clusters = new Map<string, string>();
const CLUSTER_CACHE = 1 << 13;

/** Folds one string, keeping the way back to its offsets. */
export function fold(text: string): Folded {
  if (PLAIN.test(text)) return { text, offsets: undefined };
  const length = text.length;
  let out = '';
  let copied = 0;
  let offsets: Uint32Array | undefined;
  let count = 0;
  let i = 0;
  while (i < length) {
    const code = text.charCodeAt(i);
    let end = i + 1;
    if ((code & 0xfc00) === 0xd800 && end < length && (text.charCodeAt(end) & 0xfc00) === 0xdc00) end++;
    while (end < length && extendsCharacter(text, end)) end += (text.charCodeAt(end) & 0xfc00) === 0xd800 ? 2 : 1;
    const width = end - i;
    let foldedWidth = 1;
    if (width > 1 || code >= 0x80) {
      const folded = width === 1 ? foldUnit(code) : foldCluster(text.slice(i, end));
      foldedWidth = folded.length;
      if (width !== 1 || foldedWidth !== 1 || folded.charCodeAt(0) !== code) {
        out += text.slice(copied, i) + folded;
        copied = end;
      }
    }
    if (offsets === undefined && foldedWidth !== width) {
      offsets = new Uint32Array(length + 64);
      for (; count < i; count++) offsets[count] = count;
    }
    if (offsets !== undefined) {
      if (count + foldedWidth >= offsets.length) offsets = grown(offsets, count + foldedWidth);
      // Characters that change one by one keep their places; otherwise the whole fold of a cluster points at its start.
      for (let k = 0; k < foldedWidth; k++) offsets[count++] = width === foldedWidth ? i + k : i;
    }
    i = end;
  }
  out += text.slice(copied);
  if (offsets === undefined) return { text: out, offsets };
  offsets[count++] = length;
  return { text: out, offsets: offsets.slice(0, count) };
}

function grown(offsets: Uint32Array, needed: number): Uint32Array {
  const larger = new Uint32Array(Math.max(needed + 64, offsets.length * 2));
  larger.set(offsets);
  return larger;
}

function extendsCharacter(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (code < 0x300) return false;
  if ((code & 0xfc00) === 0xd800) return MARK.test(text.slice(at, at + 2));
  let kind = kinds[code]!;
  if ((kind & KNOWN) === 0) {
    const char = String.fromCharCode(code);
    // Half-width voicing marks are letters by category; medial and final Hangul parts join the syllable before them.
    const joins = MARK.test(char) || code === 0xff9e || code === 0xff9f || (code >= 0x1160 && code <= 0x11ff);
    kind = joins ? KNOWN | EXTENDS : KNOWN;
    kinds[code] = kind;
  }
  return (kind & EXTENDS) !== 0;
}

function foldUnit(code: number): string {
  let folded = singles[code];
  if (folded === undefined) {
    folded = foldCharacter(String.fromCharCode(code));
    singles[code] = folded;
  }
  return folded;
}

function foldCluster(cluster: string): string {
  let folded = clusters.get(cluster);
  if (folded === undefined) {
    folded = foldCharacter(cluster);
    if (clusters.size >= CLUSTER_CACHE) clusters.clear();
    clusters.set(cluster, folded);
  }
  return folded;
}

function foldCharacter(char: string): string {
  if (DROPPED.test(char)) return '';
  if (WHOLE.test(char[0]!)) return DIGIT.test(char) ? digit(char) : char;
  const parts = char.normalize('NFKD').replace(KEPT_CYRILLIC, (pair) => YI_AND_SHORT[pair] ?? pair);
  let out = '';
  for (const part of parts) {
    if (isAccent(part.codePointAt(0)!) || DROPPED.test(part)) continue;
    out += LETTERS[part] ?? (part > '\x7f' && DIGIT.test(part) ? digit(part) : part);
  }
  // What is left of a decomposition that carries meaning (Hangul, kana voicing, vowel signs of two parts) goes together again.
  return TWO_WORDS.test(out) ? char : out.normalize('NFC');
}

function isAccent(code: number): boolean {
  return ACCENTS.some(([first, last]) => code >= first && code <= last);
}

/** Decimal digits of every script come in runs of ten that start at their zero. */
function digit(char: string): string {
  const code = char.codePointAt(0)!;
  let zero = code;
  while (code - zero < 9 && DIGIT.test(String.fromCodePoint(zero - 1))) zero--;
  return String(code - zero);
}
