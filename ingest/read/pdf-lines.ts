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
      lines.push({ ...line, text: line.text.replace(/[\s\u00a0]+/g, ' ').trim() });
    line = undefined;
  };
  for (const piece of pieces) {
    const [, , , , x = 0, y = 0] = piece.transform;
    const size = sizeOf(piece);
    if (piece.str.trim() === '') {
      if (line !== undefined && piece.str !== '') line.text += ' ';
    } else {
      if (line !== undefined && (Math.abs(y - line.y) > SAME_LINE * Math.max(size, line.size) || x < line.x - size))
        close();
      if (line === undefined) {
        line = { text: piece.str, x, right: x + piece.width, y, size };
        widest = piece.str.length;
      } else {
        line.text += x - line.right > BLANK * size ? ` ${piece.str}` : piece.str;
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
const EDGE_LINES = 2;
const MIN_PAGES = 3;

function runningKey(text: string): string {
  return text.replace(/\d+/g, '#').toLowerCase();
}

/**
 * Leaves out running heads and page numbers: lines at a page's edge that stand, numbers apart, at the edge of more
 * than half of the pages. Those of the first page stay, unless they are numbers alone.
 */
export function withoutRunningHeads(pages: readonly (readonly Line[])[]): Line[][] {
  const seen = new Map<string, number>();
  const edges = pages.map((lines) => new Set([...lines.slice(0, EDGE_LINES), ...lines.slice(-EDGE_LINES)]));
  for (const edge of edges) {
    for (const key of new Set([...edge].map(({ text }) => runningKey(text)))) seen.set(key, (seen.get(key) ?? 0) + 1);
  }
  const first = new Set<string>();
  return pages.map((lines, page) =>
    lines.filter((line) => {
      const key = runningKey(line.text);
      const often = pages.length >= MIN_PAGES && edges[page]!.has(line) && seen.get(key)! > pages.length / 2;
      if (!often) return true;
      const keep = !first.has(key) && /\p{L}{3}/u.test(line.text);
      first.add(key);
      return keep;
    }),
  );
}
