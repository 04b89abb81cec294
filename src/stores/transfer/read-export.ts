/**
 * Reads an export line by line, checks it, and gives what a store has to write. Nothing is taken on trust: shapes, the
 * order of records, spans against the text, and counts; every fault names its line and field.
 */
import { documentId, type Mention, type PassageRecord, passageId } from '../../../graph-schema/index.js';
import { SourceError } from '../../errors.js';
import type {
  CollectionInfo,
  EntityView,
  Failure,
  PassageBundle,
  QuantisedVectors,
  SourceRecord,
  StoredDocument,
} from '../../ports/index.js';
import { brokenLine } from './broken-line.js';
import {
  type DocumentLine,
  type ExportHeader,
  type ExportRecord,
  headerSchema,
  type PassageLine,
  recordSchema,
} from './export-format.js';
import { RecordOrder } from './record-order.js';

/** What to write, in this order: the collection, documents, sources, failures, then what must come out of it. */
export type ImportStep =
  | { readonly kind: 'collection'; readonly embedder: CollectionInfo['embedder'] }
  | {
      readonly kind: 'document';
      readonly stored: StoredDocument;
      readonly mentions: ReadonlyMap<string, readonly Mention[]>;
      /** Of the document's own record. */
      readonly line: number;
    }
  | { readonly kind: 'source'; readonly source: SourceRecord }
  | { readonly kind: 'failure'; readonly failure: Failure }
  | { readonly kind: 'entity'; readonly entity: EntityView; readonly line: number }
  | { readonly kind: 'end'; readonly counts: CollectionInfo['counts']; readonly line: number };

/**
 * @param collection name under which it is loaded; ids are derived anew when the export was made under another, as an
 * ingestion under this name would make them
 * @throws SourceError `IMPORT_BROKEN` or `IMPORT_VERSION` with line and field
 */
export async function* readExport(collection: string, lines: AsyncIterable<string>): AsyncGenerator<ImportStep> {
  const reader = new ExportReader(collection);
  for await (const line of lines) yield* reader.read(line);
  reader.end();
}

class ExportReader {
  private readonly collection: string;
  private line = 0;
  private header: ExportHeader | undefined;
  private renamed = false;
  private readonly order = new RecordOrder();
  private documents = 0;
  private failures = 0;
  private document: DocumentLine | undefined;
  private documentLine = 0;
  private passages: PassageBundle[] = [];
  private mentions = new Map<string, readonly Mention[]>();

  constructor(collection: string) {
    this.collection = collection;
  }

  *read(line: string): Generator<ImportStep> {
    this.line++;
    const json = this.parse(line);
    if (this.header === undefined) {
      this.header = this.readHeader(json);
      return;
    }
    const result = recordSchema.safeParse(json);
    if (!result.success) {
      const issue = result.error.issues[0];
      throw brokenLine(this.line, issue?.message ?? 'not a record', issue?.path.join('.'));
    }
    const record = result.data;
    this.order.check(record, this.line);
    if (record.kind !== 'passage') yield* this.flush();
    yield* this.step(record);
  }

  end(): void {
    if (!this.order.ended) throw brokenLine(this.line + 1, 'the export breaks off before its end record');
  }

  private *step(record: ExportRecord): Generator<ImportStep> {
    switch (record.kind) {
      case 'collection':
        this.renamed = record.name !== this.collection;
        yield { kind: 'collection', embedder: record.embedder };
        break;
      case 'document':
        this.document = record;
        this.documentLine = this.line;
        break;
      case 'passage':
        this.addPassage(record);
        break;
      case 'source':
        yield { kind: 'source', source: { uri: record.uri, contentHash: record.contentHash } };
        break;
      case 'failure': {
        const { kind: _kind, ...failure } = record;
        const failedAt = this.volatile('failedAt', this.failures++);
        yield { kind: 'failure', failure: { ...failure, failedAt } };
        break;
      }
      case 'entity': {
        const { kind: _kind, ...entity } = record;
        yield { kind: 'entity', entity, line: this.line };
        break;
      }
      case 'end':
        yield { kind: 'end', counts: record.counts, line: this.line };
    }
  }

  /** The document whose passages have all been read. */
  private *flush(): Generator<ImportStep> {
    if (this.document === undefined) return;
    const { kind: _kind, id: _id, text, ...fields } = this.document;
    const ingestedAt = this.volatile('ingestedAt', this.documents++);
    const document = { ...fields, id: this.documentId(this.document), ingestedAt };
    yield {
      kind: 'document',
      stored: { document, text, passages: this.passages },
      mentions: this.mentions,
      line: this.documentLine,
    };
    this.document = undefined;
    this.passages = [];
    this.mentions = new Map();
  }

  private addPassage(record: PassageLine): void {
    const document = this.document;
    if (document === undefined || record.documentId !== document.id)
      throw brokenLine(this.line, 'the passage does not follow its document', 'documentId');
    if (record.ordinal !== this.passages.length)
      throw brokenLine(this.line, `expected passage ${this.passages.length} of the document`, 'ordinal');
    if (document.text.slice(record.start, record.end) !== record.text)
      throw brokenLine(this.line, "differs from the document's text between start and end", 'text');
    const { kind: _kind, contribution, vectors, mentions, ...fields } = record;
    const owner = this.documentId(document);
    const id = this.renamed ? passageId(owner, record.ordinal, record.context, record.text) : record.id;
    const passage: PassageRecord = { ...fields, id, documentId: owner };
    this.checkSpans(record);
    this.passages.push({
      passage,
      contribution: { passageId: id, ...contribution },
      vectors: this.readVectors(vectors),
    });
    this.mentions.set(id, mentions);
  }

  private checkSpans({ text, contribution, mentions }: PassageLine): void {
    const within = (field: string, end: number) => {
      if (end > text.length) throw brokenLine(this.line, `a span ends after the passage's text`, field);
    };
    for (const { span } of contribution.runs) within('contribution.runs', span[1]);
    for (const end of contribution.sentences) within('contribution.sentences', end);
    for (const { evidence, subject, object } of contribution.relations) {
      within('contribution.relations', Math.max(evidence[1], subject.span?.[1] ?? 0, object.span?.[1] ?? 0));
    }
    let last: string | undefined;
    for (const { key, spans } of mentions) {
      for (const [, end] of spans) within('mentions', end);
      if (last !== undefined && key <= last)
        throw brokenLine(this.line, 'keys must be in order, each once', 'mentions');
      last = key;
    }
  }

  private readVectors({ dimensions, scale, rows }: PassageLine['vectors']): QuantisedVectors {
    const scaleBytes = Uint8Array.from(Buffer.from(scale, 'base64'));
    const rowBytes = Uint8Array.from(Buffer.from(rows, 'base64'));
    if (scaleBytes.length % 4 !== 0 || rowBytes.length !== (scaleBytes.length / 4) * dimensions)
      throw brokenLine(this.line, 'scale, rows and dimensions do not fit together', 'vectors');
    return { dimensions, scale: new Float32Array(scaleBytes.buffer), rows: new Int8Array(rowBytes.buffer) };
  }

  private documentId(document: DocumentLine): string {
    return this.renamed ? documentId(this.collection, document.uri) : document.id;
  }

  private volatile(field: 'ingestedAt' | 'failedAt', position: number): string {
    const value = this.header?.volatile[field][position];
    if (value === undefined) throw brokenLine(1, `has fewer entries than there are records`, `volatile.${field}`);
    return value;
  }

  private readHeader(json: unknown): ExportHeader {
    const result = headerSchema.safeParse(json);
    if (result.success) return result.data;
    const issue = result.error.issues[0];
    const field = issue?.path.join('.') ?? '';
    if (field === 'version')
      throw new SourceError('IMPORT_VERSION', 'The export has a version that this hopwise does not know', {
        place: { line: 1, field },
        remedy: 'Update hopwise, or export again with a version of the same format.',
      });
    throw brokenLine(1, issue?.message ?? 'not the header of an export', field);
  }

  private parse(line: string): unknown {
    try {
      return JSON.parse(line);
    } catch (error) {
      throw brokenLine(this.line, error instanceof Error ? error.message : 'not JSON');
    }
  }
}
