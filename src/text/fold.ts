/**
 * Folding of case-insensitive matching: NFKD, combining marks that are accents dropped, o-slash, l-stroke, d-stroke to
 * o, l, d, curly apostrophes straight. Marks that carry vowels (Hindi, Thai, Arabic) stay: only \p{M} of combining class
 * other than 0 in Latin, Greek and Cyrillic text go.
 */
export interface Folded {
  readonly text: string;
  /** Offset in the original of each code unit of `text`, plus one for the end; undefined when the text is unchanged. */
  readonly offsets: Uint32Array | undefined;
}

const PLAIN = /^[\x00-\x7f]*$/;
const ACCENT = /[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]/;
const LETTERS: Readonly<Record<string, string>> = { ø: 'o', Ø: 'O', ł: 'l', Ł: 'L', đ: 'd', Đ: 'D', '’': "'", '‘': "'" };

/** Folds one string, keeping the way back to its offsets. */
export function fold(text: string): Folded {
  if (PLAIN.test(text)) return { text, offsets: undefined };
  let out = '';
  const offsets: number[] = [];
  let at = 0;
  for (const char of text) {
    const code = char.codePointAt(0)!;
    if (code < 0x80) {
      out += char;
      offsets.push(at);
    } else {
      const replaced = LETTERS[char] ?? char.normalize('NFKD');
      for (const unit of replaced) {
        if (ACCENT.test(unit)) continue;
        const kept = LETTERS[unit] ?? unit;
        out += kept;
        for (let i = 0; i < kept.length; i++) offsets.push(at);
      }
    }
    at += char.length;
  }
  offsets.push(at);
  return { text: out, offsets: Uint32Array.from(offsets) };
}
