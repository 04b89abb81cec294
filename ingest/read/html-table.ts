/** Tables of HTML: rows of cells, with the header that stands above them. */
import { attribute, childrenOf, type Element, elementsOf, isBoilerplate, isElement } from './html-tree.js';

interface Row {
  readonly cells: readonly string[];
  readonly isHeader: boolean;
}

export interface HtmlTable {
  readonly header: string | undefined;
  readonly rows: readonly string[];
}

/** A colspan or rowspan beyond this is a mistake or an attack. */
const MAX_SPAN = 50;

const LAYOUT = new Set(['table', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'pre']);

function rowsOf(table: Element): Element[] {
  const rows: Element[] = [];
  for (const child of childrenOf(table)) {
    if (!isElement(child)) continue;
    if (child.tagName === 'tr') rows.push(child);
    else if (/^t(?:head|body|foot)$/.test(child.tagName)) {
      for (const row of childrenOf(child)) if (isElement(row) && row.tagName === 'tr') rows.push(row);
    }
  }
  return rows;
}

function cellsOf(row: Element): Element[] {
  return childrenOf(row).filter(
    (child): child is Element => isElement(child) && /^t[dh]$/.test(child.tagName) && !isBoilerplate(child),
  );
}

function span(cell: Element, name: 'colspan' | 'rowspan'): number {
  const value = Number.parseInt(attribute(cell, name) ?? '1', 10);
  return Number.isNaN(value) || value < 1 ? 1 : Math.min(value, MAX_SPAN);
}

/** A table that only places things on the page: its cells are read like any other block. */
export function isLayoutTable(table: Element): boolean {
  if (/^(?:presentation|none)$/.test(attribute(table, 'role') ?? '')) return true;
  for (const element of elementsOf(table)) if (element !== table && LAYOUT.has(element.tagName)) return true;
  return rowsOf(table).every((row) => cellsOf(row).length < 2);
}

/** Cells by column: one that spans rows stands in each of them, one that spans columns leaves the others empty. */
function grid(table: Element, textOf: (cell: Element) => string): Row[] {
  const open: { text: string; rows: number }[] = [];
  return rowsOf(table).map((row) => {
    const cells: string[] = [];
    const elements = cellsOf(row);
    const inHead = row.parentNode !== null && 'tagName' in row.parentNode && row.parentNode.tagName === 'thead';
    let next = 0;
    for (let column = 0; next < elements.length || (open[column]?.rows ?? 0) > 0; ) {
      const carried = open[column];
      if (carried !== undefined && carried.rows > 0) {
        carried.rows--;
        cells[column++] = carried.text;
        continue;
      }
      const element = elements[next++];
      if (element === undefined) break;
      const text = textOf(element);
      const width = span(element, 'colspan');
      for (let i = 0; i < width; i++) {
        open[column + i] = { text: i === 0 ? text : '', rows: span(element, 'rowspan') - 1 };
        cells[column + i] = i === 0 || inHead ? text : '';
      }
      column += width;
    }
    const headed = elements.length > 0 && elements.every(({ tagName }) => tagName === 'th');
    return { cells: Array.from(cells, (cell) => cell ?? ''), isHeader: inHead || headed };
  });
}

function joined(cells: readonly string[]): string {
  return cells.every((cell) => cell === '')
    ? ''
    : cells
        .join(' | ')
        .replace(/(?: \| )+$/, '')
        .trim();
}

/**
 * Word processors rarely mark a header. Three columns or more, a first row of distinct words without digits, and digits
 * below in most cells of some column make one; two columns may be names and values just as well.
 */
function looksLikeHeader(rows: readonly Row[]): boolean {
  const [first, ...below] = rows;
  if (first === undefined || first.cells.length < 3 || below.length < 2) return false;
  if (new Set(first.cells).size < first.cells.length || first.cells.some((cell) => cell === '' || /\d/.test(cell)))
    return false;
  return first.cells.some(
    (_, column) => below.filter(({ cells }) => /\d/.test(cells[column] ?? '')).length > below.length / 2,
  );
}

/** Rows as "cell | cell"; header rows at the top are put together by column. */
export function readTable(table: Element, textOf: (cell: Element) => string): HtmlTable {
  const rows = grid(table, textOf);
  const body = rows.findIndex(({ isHeader }) => !isHeader);
  const heads = body <= 0 ? rows.slice(0, looksLikeHeader(rows) ? 1 : 0) : rows.slice(0, body);
  const columns = heads[0]?.cells.map((_, column) =>
    [...new Set(heads.map(({ cells }) => cells[column] ?? ''))].filter((cell) => cell !== '').join(' '),
  );
  const header = columns === undefined ? '' : joined(columns);
  const texts = rows
    .slice(heads.length)
    .map(({ cells }) => joined(cells))
    .filter((row) => row !== '');
  return { header: header === '' ? undefined : header, rows: texts };
}
