/** Lines of a PDF page from its positioned pieces of text. */

/** A piece of text as PDF.js gives it. */
export interface TextPiece {
  readonly str: string;
  readonly width: number;
  readonly height: number;
  /** [a, b, c, d, x, y] of the text matrix. */
  readonly transform: readonly number[];
  readonly hasEOL: boolean;
}

export interface Line {
  /** Cells of a row are separated by tabs. */
  text: string;
  readonly x: number;
  right: number;
  readonly y: number;
  /** Height of the letters that make up most of the line, in points. */
  size: number;
}

/** Pieces whose base lines differ by less than this share of the letter height stand on one line (indices, powers). */
const SAME_LINE = 0.5;
/** A gap wider than this share of the letter height is a blank. */
const BLANK = 0.2;
/** A gap wider than this many letter heights separates the cells of a table. */
const CELL_GAP = 1.5;
/** The gap after a bullet or number is none between cells. */
const MARKER = /^(\(?[\p{L}\d.]{1,7}[.)]|[·•▪●■–—*-])\t/u;

function sizeOf(piece: TextPiece): number {
  const [, , c = 0, d = 0] = piece.transform;
  return Math.hypot(c, d) || piece.height;
}

/** Puts pieces together in the order of the file, which is the order of reading in most. */
export function linesOf(pieces: readonly TextPiece[]): Line[] {
  const lines: Line[] = [];
  let line: Line | undefined;
  let widest = 0;
  const close = (): void => {
    if (line !== undefined && line.text.trim() !== '')
      lines.push({
        ...line,
        text: line.text
          .replace(/ *\t[ \t]*/g, '\t')
          .replace(/ {2,}/g, ' ')
          .trim()
          .replace(MARKER, '$1 '),
      });
    line = undefined;
  };
  for (const piece of pieces) {
    const [, , , , x = 0, y = 0] = piece.transform;
    const size = sizeOf(piece);
    const plain = piece.str.replace(/[\s\u00a0]+/g, ' ');
    if (piece.str.trim() === '') {
      if (line !== undefined && piece.str !== '') line.text += ' ';
    } else {
      if (line !== undefined && (Math.abs(y - line.y) > SAME_LINE * Math.max(size, line.size) || x < line.x - size))
        close();
      if (line === undefined) {
        line = { text: plain, x, right: x + piece.width, y, size };
        widest = piece.str.length;
      } else {
        const gap = (x - line.right) / size;
        line.text += (gap > CELL_GAP ? '\t' : gap > BLANK ? ' ' : '') + plain;
        line.right = Math.max(line.right, x + piece.width);
        if (piece.str.length > widest) [line.size, widest] = [size, piece.str.length];
      }
    }
    if (piece.hasEOL) close();
  }
  close();
  return lines;
}

/** Lines at the top or bottom of a page looked at for running heads. */
const EDGE_LINES = 3;
const MIN_PAGES = 3;

/** Numbers of a line beyond these are told as they are. */
const MAX_NUMBERS = 8;
const MAX_RUNNING_CHARS = 150;

/**
 * What a line may have in common with those of other pages: each of its numbers is either the same there or counts the
 * pages, so it is told as it is or by its distance from the page's number.
 */
function runningKeys(text: string, page: number): string[] {
  if (text.length > MAX_RUNNING_CHARS) return [];
  let keys = [''];
  let numbers = 0;
  for (const part of text.toLowerCase().split(/(\d{1,6})/)) {
    const counts = /^\d{1,6}$/.test(part) && ++numbers <= MAX_NUMBERS;
    keys = counts
      ? keys.flatMap((key) => [key + part, `${key}#${Number(part) - page}`])
      : keys.map((key) => key + part);
  }
  return keys;
}

/**
 * Leaves out running heads and page numbers: lines at a page's edge that stand, page numbers apart, at the edge of more
 * than half of the pages. Those of the first page stay, unless they are numbers alone.
 */
export function withoutRunningHeads(pages: readonly (readonly Line[])[]): Line[][] {
  if (pages.length < MIN_PAGES) return pages.map((lines) => [...lines]);
  const seen = new Map<string, number>();
  const edges = pages.map((lines, page) => {
    const edge = new Set([...lines.slice(0, EDGE_LINES), ...lines.slice(-EDGE_LINES)]);
    return new Map([...edge].map((line) => [line, runningKeys(line.text, page)] as const));
  });
  for (const edge of edges) {
    for (const key of new Set([...edge.values()].flat())) seen.set(key, (seen.get(key) ?? 0) + 1);
  }
  const kept = new Set<string>();
  return pages.map((lines, page) =>
    lines.filter((line) => {
      // A number alone that counts the pages is one of theirs even where other pages show it elsewhere.
      const key = edges[page]!.get(line)?.find(
        (candidate) => seen.get(candidate)! > (/^#-?\d+$/.test(candidate) ? 1 : pages.length / 2),
      );
      if (key === undefined) return true;
      const keep = !kept.has(key) && /\p{L}{3}/u.test(line.text);
      kept.add(key);
      return keep;
    }),
  );
}
