/**
 * How much room a label takes, without a browser: advance widths of the widest of the usual interface fonts, so that a
 * label never takes more than was kept for it. Long names are cut and broken into at most two lines.
 */
export const FONT_FAMILY = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";

/** In thousandths of the font's size: DejaVu Sans, which is wider than the others. */
const NARROW = 400;
const NORMAL = 645;
const WIDE = 800;
const WIDEST = 1000;

function advance(character: string): number {
  const code = character.codePointAt(0)!;
  if (/\p{Mark}|\p{Cf}/u.test(character)) return 0;
  if (code < 0x80) {
    if ("iljtfI.,:;'|!()[] -`".includes(character)) return NARROW;
    if ('mwMW@%&'.includes(character)) return WIDEST;
    return character >= 'A' && character <= 'Z' ? WIDE : NORMAL;
  }
  if (/\p{Lu}/u.test(character)) return WIDE;
  // East Asian wide characters and pictures fill their square; see UAX 11.
  if (
    code >= 0x1100 &&
    /[\p{sc=Han}\p{sc=Hangul}\p{sc=Hiragana}\p{sc=Katakana}\p{Extended_Pictographic}\u3000-\u303f\uff00-\uff60]/u.test(
      character,
    )
  )
    return WIDEST;
  return code < 0x500 ? NORMAL + 55 : WIDE;
}

/** Width in pixels. */
export function textWidth(text: string, fontSize: number): number {
  let sum = 0;
  for (const character of text) sum += advance(character);
  return (sum * fontSize) / 1000;
}

const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** Cuts to what fits into the width, at a whole user-perceived character, with an ellipsis. */
export function cutText(text: string, fontSize: number, width: number): string {
  if (textWidth(text, fontSize) <= width) return text;
  let cut = '';
  for (const { segment } of segmenter.segment(text)) {
    if (textWidth(`${cut}${segment}…`, fontSize) > width) break;
    cut += segment;
  }
  return `${cut.trimEnd()}…`;
}

/** One line, or two of about one length when it is longer than `width`; what does not fit is cut. */
export function labelLines(text: string, fontSize: number, width: number): readonly string[] {
  const plain = text.replaceAll(/[\s\p{Cc}]+/gu, ' ').trim();
  if (textWidth(plain, fontSize) <= width) return [plain];
  const words = plain.split(' ');
  let best: readonly string[] = [cutText(plain, fontSize, width)];
  let least = Number.POSITIVE_INFINITY;
  for (let i = 1; i < words.length; i++) {
    const lines = [words.slice(0, i).join(' '), words.slice(i).join(' ')];
    const widest = Math.max(...lines.map((line) => textWidth(line, fontSize)));
    if (widest >= least || textWidth(lines[0]!, fontSize) > width) continue;
    least = widest;
    best = lines.map((line) => cutText(line, fontSize, width));
  }
  return best;
}
