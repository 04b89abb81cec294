/** Tables in the evidence: rows of cells under the header that stands in a passage's context. */
import type { EvidencePassage, EvidenceSentence } from './evidence.js';

const BETWEEN = ' | ';
const PATH = ' > ';

export interface TableCell {
  readonly text: string;
  /** Characters of the row's sentence. */
  readonly start: number;
  readonly end: number;
}

export interface TableRow {
  readonly sentence: EvidenceSentence;
  /** As many as the header has, or fewer where the last ones are empty. */
  readonly cells: readonly TableCell[];
}

export interface EvidenceTable {
  readonly passage: EvidencePassage;
  readonly header: readonly string[];
  readonly rows: readonly TableRow[];
}

/** Names of the columns, or undefined for a passage that is no table: `context` is headings and, last, the header. */
export function headerOf(context: string): readonly string[] | undefined {
  const cells = context
    .slice(context.lastIndexOf(PATH) < 0 ? 0 : context.lastIndexOf(PATH) + PATH.length)
    .split('|')
    .map((cell) => cell.trim());
  return cells.length < 2 || cells.filter((cell) => cell !== '').length < 2 ? undefined : cells;
}

/** [start, end) of each line of a table's text, flat. */
export function lineSpans(text: string): number[] {
  const spans: number[] = [];
  for (const { index, 0: line } of text.matchAll(/[^\n]+/g)) {
    const start = index + line.length - line.trimStart().length;
    const end = index + line.trimEnd().length;
    if (end > start) spans.push(start, end);
  }
  return spans;
}

function cellsOf(text: string): TableCell[] {
  const cells: TableCell[] = [];
  let at = 0;
  for (const part of text.split(BETWEEN)) {
    const start = at + part.length - part.trimStart().length;
    cells.push({ text: part.trim(), start, end: start + part.trim().length });
    at += part.length + BETWEEN.length;
  }
  return cells;
}

/** The tables among the passages, in their order. */
export function tablesOf(passages: readonly EvidencePassage[]): readonly EvidenceTable[] {
  return passages.flatMap((passage) => {
    const header = headerOf(passage.record.context);
    if (header === undefined) return [];
    const rows = passage.sentences
      .map((sentence) => ({ sentence, cells: cellsOf(sentence.text) }))
      .filter(({ cells }) => cells.length > 1 && cells.length <= header.length);
    return rows.length === 0 ? [] : [{ passage, header, rows }];
  });
}
