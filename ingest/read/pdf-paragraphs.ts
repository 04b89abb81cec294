/** Paragraphs and headings from the lines of a PDF. */
import type { Line } from './pdf-lines.js';

export interface Paragraph {
  readonly kind: 'paragraph' | 'table-row';
  readonly text: string;
  readonly size: number;
  readonly lines: number;
}

/** A gap between lines wider than this many times the usual one ends a paragraph. */
const WIDE_GAP = 1.35;
/** Letters larger than this many times the body's make a heading. */
const LARGE = 1.15;
const HEADING_WORDS = 20;
const HEADING_LINES = 3;
const OWN_LINE =
  /^(?:[•▪◦●■–—*-]\s|\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})[.)]\s|\d+(?:\.\d+)+\.?\s|(?:ARTICLE|SECTION|Article|Section|Chapter|CHAPTER)\s+[\dIVX]+)/;
/** An entry of a table of contents. */
const LEADER = /(?:\.{4,}|(?: \.){4,})\s*\w{1,4}$/;
const ENDS = /[.!?:;。！？]["'”’)\]]*$/;
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\u3000-\u303f\uff00-\uffef]/u;

function median(values: readonly number[]): number | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1];
}

/** Letter height of most of the text. */
export function bodySize(pages: readonly (readonly Line[])[]): number {
  const chars = new Map<number, number>();
  for (const line of pages.flat()) {
    const size = Math.round(line.size * 2) / 2;
    chars.set(size, (chars.get(size) ?? 0) + line.text.length);
  }
  let best = 0;
  let most = -1;
  for (const [size, count] of [...chars].sort(([a], [b]) => a - b)) if (count > most) [best, most] = [size, count];
  return best;
}

/** Usual distance of two base lines on a page. */
function usualGap(lines: readonly Line[]): number {
  const gaps: number[] = [];
  for (let i = 1; i < lines.length; i++) {
    const gap = lines[i - 1]!.y - lines[i]!.y;
    if (gap > 0 && gap < 4 * lines[i]!.size) gaps.push(gap);
  }
  return median(gaps) ?? 0;
}

/** Dots that lead the eye to a page number are no text, left-over soft hyphens neither. */
function tidy(text: string): string {
  return text
    .replaceAll('\u00ad', '')
    .replace(/(?: ?\.){5,} */g, ' … ')
    .trim();
}

/** Whether a new paragraph begins at `next`. `right` is the page's right margin. */
function breaks(line: Line, next: Line, gap: number, right: number): boolean {
  if (Math.abs(next.size - line.size) > 0.15 * Math.max(next.size, line.size)) return true;
  if (LEADER.test(line.text)) return true;
  const ended = ENDS.test(line.text);
  const down = line.y - next.y;
  // A new column or a footnote out of order: the paragraph goes on unless its sentence ended.
  if (down <= 0) return ended;
  if (gap > 0 && down > WIDE_GAP * gap) return true;
  const short = line.right < right - 0.25 * (right - line.x);
  if (OWN_LINE.test(next.text) && (ended || short || next.x > line.x + next.size)) return true;
  return ended && (short || next.x > line.x + next.size);
}

/** Words of a document as they stand inside lines, lower case; what is divided at a line's end is looked up in it. */
export function vocabularyOf(pages: readonly (readonly Line[])[]): Set<string> {
  const words = new Set<string>();
  for (const { text } of pages.flat()) {
    for (const [word] of text.matchAll(/\p{L}[\p{L}\p{M}]*(?:[-\u2010]\p{L}[\p{L}\p{M}]*)*/gu))
      words.add(word.toLowerCase());
  }
  return words;
}

/** Whether a hyphen at a line's end only divides a word: not where the document writes the word with its hyphen. */
function divides(above: string, below: string, vocabulary: ReadonlySet<string>): boolean {
  const head = /\p{L}[\p{L}\p{M}]*(?=[-\u2010]$)/u.exec(above)?.[0].toLowerCase() ?? '';
  const [tail = '', compound] = /^([\p{L}\p{M}]+)([-\u2010]\p{L})?/u.exec(below)?.slice(1) ?? [];
  if (vocabulary.has(`${head}${tail}`.toLowerCase())) return true;
  return compound === undefined && !vocabulary.has(`${head}-${tail}`.toLowerCase());
}

/** Joins two lines: a word divided at the line's end becomes whole, scripts without blanks get none. */
export function joinLines(above: string, below: string, vocabulary: ReadonlySet<string>): string {
  if (/\p{L}\u00ad$/u.test(above)) return above.slice(0, -1) + below;
  if (/\p{Ll}[-\u2010]$/u.test(above) && /^\p{Ll}/u.test(below)) {
    return (divides(above, below, vocabulary) ? above.slice(0, -1) : above) + below;
  }
  if (/[\p{L}\p{N}][-\u2010/]$/u.test(above) && /^[\p{L}\p{N}]/u.test(below)) return above + below;
  const unspaced = UNSPACED.test(above.at(-1) ?? '') && UNSPACED.test(below[0] ?? '');
  return unspaced ? above + below : `${above} ${below}`;
}

/**
 * Which lines are rows of a table: at least two in a row with three cells or more, or three with two. What looks like a
 * row elsewhere (a page number at the margin) is text.
 */
function rowsAmong(lines: readonly Line[]): boolean[] {
  const cells = lines.map(({ text }) => text.split('\t').length);
  const rows = lines.map(() => false);
  for (const [width, least] of [
    [3, 2],
    [2, 3],
  ] as const) {
    for (let from = 0, to = 0; from < lines.length; from = to + 1) {
      to = from;
      while (to < lines.length && cells[to]! >= width) to++;
      if (to - from >= least) rows.fill(true, from, to);
    }
  }
  return rows;
}

export function paragraphsOf(lines: readonly Line[], vocabulary: ReadonlySet<string>): Paragraph[] {
  const gap = usualGap(lines);
  const longest = lines
    .map((line) => line.right)
    .sort((a, b) => b - a)
    .slice(0, Math.ceil(lines.length / 3));
  const right = median(longest) ?? 0;
  const rows = rowsAmong(lines);
  const out: Paragraph[] = [];
  let text = '';
  let count = 0;
  let last: Line | undefined;
  const close = (): void => {
    if (last !== undefined) out.push({ kind: 'paragraph', text: tidy(text), size: last.size, lines: count });
    last = undefined;
  };
  lines.forEach((line, i) => {
    if (rows[i] === true) {
      close();
      out.push({ kind: 'table-row', text: line.text.replaceAll('\t', ' | '), size: line.size, lines: 1 });
      return;
    }
    const plain = line.text.replaceAll('\t', ' ');
    if (last !== undefined && !breaks(last, line, gap, right)) {
      text = joinLines(text, plain, vocabulary);
      count++;
    } else {
      close();
      text = plain;
      count = 1;
    }
    last = line;
  });
  close();
  return out;
}

/** Whether a paragraph is a heading by the size of its letters. */
export function isHeading({ kind, text, size, lines }: Paragraph, body: number): boolean {
  if (kind === 'table-row') return false;
  if (size < LARGE * body || lines > HEADING_LINES || /[.;,]$/.test(text) || !/\p{L}{2}/u.test(text)) return false;
  return text.split(' ').length <= HEADING_WORDS;
}
