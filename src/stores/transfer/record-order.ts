import { brokenLine } from './broken-line.js';
import type { ExportRecord } from './export-format.js';

const RANK: Record<ExportRecord['kind'], number> = {
  collection: 0,
  document: 1,
  passage: 1,
  source: 2,
  failure: 3,
  entity: 4,
  end: 5,
};

/** Holds an export to its order: kinds in theirs, and within a kind each id, uri or key once and ascending. */
export class RecordOrder {
  private rank = -1;
  /** Greatest id, uri or key of the kind being read. */
  private last: string | undefined;

  /** The end record has been read. */
  get ended(): boolean {
    return this.rank === RANK.end;
  }

  /** Throws SourceError `IMPORT_BROKEN` when `record` cannot follow those before it. */
  check(record: ExportRecord, line: number): void {
    const rank = RANK[record.kind];
    const starts = this.rank < 0;
    if (rank < this.rank || this.ended || starts !== (record.kind === 'collection'))
      throw brokenLine(line, `a ${record.kind} record cannot stand here`, 'kind');
    if (rank !== this.rank) this.last = undefined;
    this.rank = rank;
    const [field, value] = identityOf(record);
    if (value === undefined) return;
    if (this.last !== undefined && value <= this.last)
      throw brokenLine(line, `${field} must be in order, each once`, field);
    this.last = value;
  }
}

function identityOf(record: ExportRecord): readonly [field: string, value?: string] {
  switch (record.kind) {
    case 'document':
      return ['id', record.id];
    case 'entity':
      return ['key', record.key];
    case 'source':
    case 'failure':
      return ['uri', record.uri];
    default:
      return ['kind'];
  }
}
