/** Reads of a collection's documents, passages, failures and sources. */
import type { DocumentRecord, Mention, PassageRecord } from '../../../graph-schema/index.js';
import type {
  DocumentSummary,
  Failure,
  Page,
  PageRequest,
  SourceRecord,
  StoredEvidence,
  StoredSource,
  UnstagedPassage,
} from '../../ports/index.js';
import { decodeContribution } from '../codec/contribution-codec.js';
import { checkedLimit, pageOf } from '../page.js';
import { collectionUnknown } from '../refusals.js';
import { compareTexts, indexedValue, inOrder } from './indexed-text.js';
import {
  type DocumentProperties,
  type PassageProperties,
  toDocumentRecord,
  toDocumentSummary,
  toFailure,
  toMention,
  toPassageRecord,
  toSourceRecord,
} from './rows.js';
import type { Run } from './statement.js';
import * as statements from './statements/document-statements.js';
import { int } from './values.js';

interface DocumentRow {
  readonly document: DocumentProperties;
}

export async function readDocument(
  run: Run,
  collection: string,
  id: string,
): Promise<(DocumentSummary & { readonly text: string }) | undefined> {
  const [row] = await run<DocumentRow & { readonly text: string }>(statements.DOCUMENT, { collection, id });
  return row === undefined ? undefined : { ...toDocumentSummary(row.document), text: row.text };
}

export async function readDocuments(
  run: Run,
  collection: string,
  { limit, after }: PageRequest,
): Promise<Page<DocumentSummary>> {
  const rows = await mergedPage<DocumentRow>(run, statements.DOCUMENT_PAGE, pageStart(collection, limit, after));
  const uriOf = ({ document }: DocumentRow) => document.full ?? document.uri;
  return pageOf(nextRows(rows, uriOf, limit, after), limit, ({ document }) => toDocumentSummary(document), uriOf);
}

export async function readDocumentByUri(
  run: Run,
  collection: string,
  uri: string,
): Promise<DocumentRecord | undefined> {
  const [row] = await run<DocumentRow>(statements.DOCUMENT_BY_URI, { collection, uri: indexedValue(uri) });
  return row === undefined ? undefined : toDocumentRecord(row.document);
}

export async function readDocumentRecords(
  run: Run,
  collection: string,
  ids: readonly string[],
): Promise<DocumentRecord[]> {
  const rows = await run<DocumentRow>(statements.DOCUMENTS_BY_ID, { collection, ids });
  return inOrderAsked(ids, new Map(rows.map(({ document }) => [document.id, toDocumentRecord(document)])));
}

export async function readDocumentsOfSource(run: Run, collection: string, uri: string): Promise<DocumentRecord[]> {
  const rows = await run<DocumentRow>(statements.DOCUMENTS_OF_SOURCE, { collection, uri: indexedValue(uri) });
  return rows.map(({ document }) => toDocumentRecord(document)).sort((a, b) => compareTexts(a.uri, b.uri));
}

export async function readPassagesOf(run: Run, collection: string, id: string): Promise<PassageRecord[]> {
  const rows = await run<{ readonly passage: PassageProperties }>(statements.PASSAGES_OF, { collection, id });
  return rows.map(({ passage }) => toPassageRecord(passage));
}

export async function readPassages(run: Run, collection: string, ids: readonly string[]): Promise<PassageRecord[]> {
  const rows = await run<{ readonly passage: PassageProperties }>(statements.PASSAGES_BY_ID, { collection, ids });
  return inOrderAsked(ids, new Map(rows.map(({ passage }) => [passage.id, toPassageRecord(passage)])));
}

interface MentionsRow {
  readonly id: string;
  readonly mentions: readonly Parameters<typeof toMention>[];
}

const inKeyOrder = (mentions: MentionsRow['mentions']): Mention[] =>
  mentions.map((columns) => toMention(...columns)).sort((a, b) => compareTexts(a.key, b.key));

/** Of each passage asked for, in key order. */
export async function readMentions(run: Run, collection: string, ids: readonly string[]): Promise<Mention[][]> {
  const rows = await run<MentionsRow>(statements.MENTIONS_OF, { collection, ids: [...new Set(ids)] });
  const found = new Map(rows.map(({ id, mentions }) => [id, inKeyOrder(mentions)]));
  return ids.map((id) => found.get(id) ?? []);
}

interface EvidenceRow {
  readonly passages: readonly [PassageProperties, readonly Parameters<typeof toMention>[]][];
  readonly documents: readonly DocumentProperties[];
}

/** In no order. @throws NotFoundError */
export async function readEvidence(
  run: Run,
  collection: string,
  passages: readonly string[],
  documents: readonly string[],
): Promise<StoredEvidence> {
  const [row] = await run<EvidenceRow>(statements.EVIDENCE, { collection, passages, documents });
  if (row === undefined) throw collectionUnknown(collection);
  return {
    passages: row.passages.map(([properties, mentions]) => ({
      passage: toPassageRecord(properties),
      mentions: inKeyOrder(mentions),
    })),
    documents: row.documents.map(toDocumentRecord),
  };
}

export async function readFailures(run: Run, collection: string): Promise<Failure[]> {
  const rows = await run<Parameters<typeof toFailure>[0]>(statements.FAILURES, { collection });
  return rows.map(toFailure).sort((a, b) => compareTexts(a.uri, b.uri));
}

export async function readSource(run: Run, collection: string, uri: string): Promise<SourceRecord | undefined> {
  const [row] = await run<SourceRecord>(statements.SOURCE, { collection, uri: indexedValue(uri) });
  return row === undefined ? undefined : toSourceRecord(row);
}

/** In the order asked. */
export async function readStoredSources(
  run: Run,
  collection: string,
  uris: readonly string[],
): Promise<StoredSource[]> {
  const parameters = { collection, uris: uris.map(indexedValue) };
  const [sources, ...rows] = await Promise.all([
    run<{ readonly position: number; readonly contentHash: string }>(statements.SOURCES_BY_URI, parameters),
    ...statements.DOCUMENTS_OF_SOURCES.map((one) => run<DocumentRow & { readonly position: number }>(one, parameters)),
  ]);
  const hashes = new Map(sources.map(({ position, contentHash }) => [position, contentHash]));
  const documents = uris.map((): DocumentRecord[] => []);
  for (const { position, document } of rows.flat()) documents[position]!.push(toDocumentRecord(document));
  return uris.map((uri, i) => {
    const contentHash = hashes.get(i);
    return {
      uri,
      ...(contentHash === undefined ? {} : { record: { uri, contentHash } }),
      documents: documents[i]!.sort((a, b) => compareTexts(a.uri, b.uri)),
    };
  });
}

export async function readSources(
  run: Run,
  collection: string,
  { limit, after }: PageRequest,
): Promise<Page<SourceRecord>> {
  const rows = await mergedPage<SourceRecord>(run, statements.SOURCE_PAGE, pageStart(collection, limit, after));
  const uriOf = ({ uri }: SourceRecord) => uri;
  return pageOf(nextRows(rows, uriOf, limit, after), limit, toSourceRecord, uriOf);
}

export async function readAllSources(run: Run, collection: string): Promise<SourceRecord[]> {
  const rows = await run<SourceRecord>(statements.ALL_SOURCES, { collection });
  return rows.map(toSourceRecord).sort((a, b) => compareTexts(a.uri, b.uri));
}

export async function readUnstaged(
  run: Run,
  collection: string,
  embedder: string,
  limit: number,
): Promise<UnstagedPassage[]> {
  const rows = await run<{
    readonly title: string;
    readonly passage: PassageProperties;
    readonly contribution: string;
  }>(statements.UNSTAGED, { collection, embedder, limit: int(checkedLimit(limit)) });
  return rows
    .map(({ title, passage, contribution }) => ({
      title,
      passage: toPassageRecord(passage),
      sentences: decodeContribution(passage.id, contribution).sentences,
    }))
    .sort((a, b) => compareTexts(a.passage.id, b.passage.id));
}

/** Parameters of a page's statements; one row more than asked tells whether there is a next page. */
function pageStart(collection: string, limit: number, after: string | undefined): Record<string, unknown> {
  const from = after === undefined ? '' : inOrder(after);
  return { collection, from, after: after === undefined ? null : from, limit: int(checkedLimit(limit) + 1) };
}

/** Rows of all statements of a page, in no order. */
export async function mergedPage<Row>(
  run: Run,
  parts: readonly string[],
  parameters: Record<string, unknown>,
): Promise<Row[]> {
  const lists = await Promise.all(parts.map((statement) => run<Row>(statement, parameters)));
  return lists.flat();
}

/** The first `limit + 1` rows after `after`, in code unit order of their text. */
export function nextRows<Row>(
  rows: readonly Row[],
  textOf: (row: Row) => string,
  limit: number,
  after: string | undefined,
): Row[] {
  return rows
    .filter((row) => after === undefined || textOf(row) > after)
    .sort((a, b) => compareTexts(textOf(a), textOf(b)))
    .slice(0, limit + 1);
}

function inOrderAsked<T>(ids: readonly string[], found: ReadonlyMap<string, T>): T[] {
  return ids.flatMap((id) => {
    const one = found.get(id);
    return one === undefined ? [] : [one];
  });
}
