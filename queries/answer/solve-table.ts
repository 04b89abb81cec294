/** Answers from a table: the cell in the row that the question names, under the header that it asks for. */
import { countryKey } from '../../src/graph/demonyms.js';
import { stopWords, tokenise } from '../../src/text/index.js';
import { COUNTRIES } from './countries.js';
import { type Evidence, saysRelation, stemsOf } from './evidence.js';
import { type AnswerClass, classOfNoun } from './question-lexicon.js';
import { readDate, readNumber } from './read-value.js';
import type { RelationWord } from './relation-words.js';
import type { Solution } from './solution.js';
import type { Span, SpanType } from './span-set.js';
import { typeFit } from './span-type-fit.js';
import { type EvidenceTable, type TableCell, type TableRow, tablesOf } from './table-rows.js';
import { tokensCovering } from './tokens-covering.js';

/** Share of the question's idf mass that row, header and heading must say for the cell to be the answer. */
const SURE_COVERAGE = 0.75;
const LIKELY_COVERAGE = 0.6;
/** Rows that one answer lists. */
const MOST_LISTED = 6;
/** What the noun asked for counts as the name of a column, and the other cell of a pair. */
const HEAD_BONUS = 4;
const PAIR_SCORE = 0.1;
/** What the fit of column and row counts beside coverage. */
const SCORE_SHARE = 0.05;

/** What a table must be asked: by the question itself, or for one name of a comparison. */
export interface CellQuestion {
  readonly class: AnswerClass;
  readonly relations: readonly RelationWord[];
  /** Stems of the noun asked for. */
  readonly focus: readonly string[];
  /** Folded words in their order: a cell is named when its words stand among them in a row. */
  readonly words: readonly string[];
}

interface Found {
  readonly row: TableRow;
  readonly column: number;
  readonly coverage: number;
  readonly score: number;
}

const ADJECTIVES: Readonly<Record<string, string>> = {
  deep: 'depth',
  high: 'height',
  tall: 'height',
  long: 'length',
  wide: 'width',
  old: 'age',
  heavy: 'weight',
  far: 'distance',
  fast: 'speed',
  big: 'size',
  large: 'size',
};

const stemsOfText = (text: string): string[] => stemsOf(tokenise(text), 'en').filter((stem) => stem !== '');

/** Type of a whole cell. */
function cellType(text: string): SpanType {
  const key = text.toLowerCase();
  if (/^\D{0,3}(?:1\d{3}|20\d\d)$/.test(text)) return 'year';
  if (
    readDate(text) !== undefined &&
    /^(?:\d{4}-\d\d-\d\d|\d{1,2}\.? \p{L}+,? \d{4}|\p{L}+ \d{1,2},? \d{4})$/u.test(text)
  ) {
    return 'date';
  }
  if (/^[^\p{L}]{0,3}\d/u.test(text) && readNumber(text) !== undefined) return 'number';
  if (COUNTRIES.has(key)) return 'country';
  if (countryKey(key) !== key) return 'nationality';
  return /^[\p{Lu}\p{Lo}\p{N}]/u.test(text) ? 'name' : 'chunk';
}

/** True when the words of a cell stand in the question, in a row. */
function names(words: readonly string[], cell: string): boolean {
  const own = tokenise(cell).words;
  const stop = stopWords('en');
  if (own.length === 0 || own.every((word) => stop.has(word))) return false;
  for (let i = 0; i + own.length <= words.length; i++) if (own.every((word, j) => words[i + j] === word)) return true;
  return false;
}

class Reader {
  private readonly idf: ReadonlyMap<string, number>;

  constructor(
    private readonly asked: CellQuestion,
    evidence: Evidence,
  ) {
    this.idf = evidence.idf;
  }

  /** Stems of the question that the texts say, in its words or in others of the same relation. */
  private said(stems: ReadonlySet<string>): Set<string> {
    const said = new Set<string>();
    for (const stem of this.idf.keys()) if (stems.has(stem)) said.add(stem);
    for (const relation of this.asked.relations) if (saysRelation(relation, stems)) said.add(relation.stem);
    for (const word of this.asked.words) {
      const noun = ADJECTIVES[word];
      if (noun !== undefined && stemsOfText(noun).some((stem) => stems.has(stem))) {
        for (const stem of stemsOfText(word)) said.add(stem);
      }
    }
    return said;
  }

  private mass(stems: Iterable<string>): number {
    let sum = 0;
    for (const stem of stems) sum += this.idf.get(stem) ?? 0;
    return sum;
  }

  /** How well a column is what the question asks for; undefined when it cannot be. */
  private columnScore(header: string, cell: TableCell, isSubject: boolean): number | undefined {
    const { class: wanted, focus } = this.asked;
    const stems = new Set(stemsOfText(header));
    const fit = typeFit(wanted, cellType(cell.text));
    const head = focus.at(-1);
    const asksHead = isSubject || (head !== undefined && stems.has(head));
    if (fit < 0 && !asksHead) return undefined;
    const said = this.mass(this.said(stems));
    const kind = wanted !== 'thing' && [...stems].some((stem) => classOfNoun(stem) === wanted) ? 1 : 0;
    if (said === 0 && !asksHead && kind === 0) return undefined;
    return said + (asksHead ? HEAD_BONUS : 0) + kind + Math.max(0, fit) / 2;
  }

  /** The cells of a table that may answer. */
  candidates({ passage, header, rows }: EvidenceTable): Found[] {
    const around = new Set([...passage.titleStems, ...header.flatMap(stemsOfText)]);
    const total = this.mass(this.idf.keys());
    const head = this.asked.focus.at(-1) ?? '';
    const found: Found[] = [];
    for (const row of rows) {
      const named = row.cells.map((cell) => names(this.asked.words, cell.text));
      if (!named.includes(true)) continue;
      const namedStems = new Set(row.cells.flatMap(({ text }, i) => (named[i] === true ? stemsOfText(text) : [])));
      const rowMass = this.mass(this.said(namedStems));
      // "Which steamer was built in 1899?" asks for the thing that the row is about.
      const asksSubject = named[0] !== true && (namedStems.has(head) || passage.titleStems.has(head));
      row.cells.forEach((cell, column) => {
        if (named[column] === true || /^[-–—?]?$/.test(cell.text)) return;
        // A table of two columns is names and values: the other cell is what is asked of the first.
        const pair = header.length === 2 && column === 1 && named[0] === true;
        const score =
          this.columnScore(header[column]!, cell, asksSubject && column === 0) ?? (pair ? PAIR_SCORE : undefined);
        if (score === undefined) return;
        const others = row.cells.flatMap(({ text }, i) => (i === column ? [] : stemsOfText(text)));
        const said = this.mass(this.said(new Set([...others, ...around])));
        found.push({ row, column, coverage: total === 0 ? 0 : said / total, score: score + rowMass });
      });
    }
    return found;
  }
}

/** The cell of a row as a span. */
function spanOf({ row, column }: Found): Span {
  const { sentence } = row;
  const cell = row.cells[column]!;
  const { tokens } = sentence;
  const [from, to] = tokensCovering(tokens, cell.start, cell.end);
  const key = tokens.words.slice(from, to).join(' ');
  return { sentence, start: cell.start, end: cell.end, from, to, text: cell.text, key, type: cellType(cell.text) };
}

/** The cells that answer best, all of one column and alike in what they cover; empty when no table answers. */
function bestCells(evidence: Evidence, asked: CellQuestion): readonly Found[] {
  const reader = new Reader(asked, evidence);
  const found = tablesOf(evidence.passages).flatMap((table) => reader.candidates(table));
  const worth = ({ coverage, score }: Found): number => coverage + SCORE_SHARE * score;
  let best: Found | undefined;
  for (const item of found) if (best === undefined || worth(item) > worth(best) + 1e-9) best = item;
  if (best === undefined) return [];
  const { column, coverage, score, row } = best;
  const document = row.sentence.passage.document.id;
  return found.filter(
    (item) =>
      item.column === column &&
      item.row.sentence.passage.document.id === document &&
      Math.abs(item.coverage - coverage) < 1e-9 &&
      Math.abs(item.score - score) < 1e-9,
  );
}

/** The one cell that a table gives, or undefined when none or several different ones do. */
export function askTable(
  evidence: Evidence,
  asked: CellQuestion,
): { readonly span: Span; readonly coverage: number } | undefined {
  const cells = bestCells(evidence, asked);
  const first = cells[0];
  if (first === undefined) return undefined;
  const texts = new Set(cells.map(({ row, column }) => row.cells[column]!.text));
  return texts.size === 1 ? { span: spanOf(first), coverage: first.coverage } : undefined;
}

/** The answer that a table gives, or undefined when the question is not one that a row and a header answer. */
export function solveTable(evidence: Evidence): Solution | undefined {
  const { question } = evidence;
  const cells = bestCells(evidence, {
    class: question.class,
    relations: question.relations,
    focus: question.focus,
    words: question.tokens.words,
  });
  const first = cells[0];
  if (first === undefined || first.coverage < LIKELY_COVERAGE) return undefined;
  const texts = [...new Set(cells.map(({ row, column }) => row.cells[column]!.text))];
  const span = spanOf(first);
  const sure = first.coverage >= SURE_COVERAGE;
  const base = {
    likely: true,
    probability: first.coverage,
    fit: 1,
    sure,
    ...(sure ? ({ complete: true } as const) : {}),
  };
  if (texts.length === 1) return { ...base, text: span.text, span: span.text, from: [span.sentence] };
  if (texts.length > MOST_LISTED || !sure) return undefined;
  const text = `${texts.slice(0, -1).join(', ')} and ${texts.at(-1)!}`;
  return { ...base, text, from: cells.map(({ row }) => row.sentence) };
}
