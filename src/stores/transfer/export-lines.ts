/** Lines of an export, without their line ends. Spelling out each record's fields fixes their order. */
import type {
  Alias,
  Contribution,
  DocumentRecord,
  Mention,
  Relation,
  RelationEnd,
  Run,
} from '../../../graph-schema/index.js';
import type {
  CollectionInfo,
  EntityView,
  Failure,
  PassageBundle,
  QuantisedVectors,
  SourceRecord,
} from '../../ports/index.js';
import { canonicalDocument } from './canonical-document.js';
import {
  EXPORT_FORMAT,
  EXPORT_VERSION,
  type ExportHeader,
  type ExportRecord,
  type PassageLine,
} from './export-format.js';

/** What an export holds, each list in its order (see record-order.ts). */
export interface ExportParts {
  readonly info: CollectionInfo;
  /** Of each document, in order. */
  readonly ingestedAt: readonly string[];
  readonly failures: readonly Failure[];
  /** Lines of documents, each followed by those of its passages. */
  readonly documents: Iterable<string>;
  readonly sources: Iterable<SourceRecord>;
  /** Read when the documents have been. */
  readonly entities: Iterable<EntityView>;
}

/** The lines of an export, in the format's order. */
export function* exportLines({
  info,
  ingestedAt,
  failures,
  documents,
  sources,
  entities,
}: ExportParts): Generator<string> {
  yield headerLine({
    generation: info.generation,
    ingestedAt: [...ingestedAt],
    failedAt: failures.map(({ failedAt }) => failedAt),
  });
  yield collectionLine(info);
  yield* documents;
  for (const source of sources) yield sourceLine(source);
  yield* failures.map(failureLine);
  for (const entity of entities) yield entityLine(entity);
  yield endLine(info.counts);
}

function headerLine(volatile: ExportHeader['volatile']): string {
  const { generation, ingestedAt, failedAt } = volatile;
  const header: ExportHeader = {
    format: EXPORT_FORMAT,
    version: EXPORT_VERSION,
    volatile: { generation, ingestedAt, failedAt },
  };
  return JSON.stringify(header);
}

function collectionLine({ name, embedder: { id, dimensions } }: CollectionInfo): string {
  return line({ kind: 'collection', name, embedder: { id, dimensions } });
}

export function documentLine(document: DocumentRecord, text: string): string {
  const { title, mediaType, contentHash, size, metadata, tags, date, warnings } = canonicalDocument(document);
  return line({
    kind: 'document',
    id: document.id,
    uri: document.uri,
    ...(document.source === undefined ? {} : { source: document.source }),
    title,
    mediaType,
    contentHash,
    size,
    metadata: metadata as Record<string, string | number | boolean | string[]>,
    tags: [...tags],
    ...(date === undefined ? {} : { date }),
    warnings: [...warnings],
    enabled: document.enabled,
    text,
  });
}

/** `mentions` in key order. */
export function passageLine({ passage, contribution, vectors }: PassageBundle, mentions: readonly Mention[]): string {
  return line({
    kind: 'passage',
    id: passage.id,
    documentId: passage.documentId,
    ordinal: passage.ordinal,
    start: passage.start,
    end: passage.end,
    text: passage.text,
    context: passage.context,
    ...(passage.page === undefined ? {} : { page: passage.page }),
    ...(passage.row === undefined ? {} : { row: passage.row }),
    contribution: contributionFields(contribution),
    vectors: vectorFields(vectors),
    mentions: mentions.map(({ key, surface, type, spans, about }) => ({
      key,
      surface,
      type,
      spans: spans.map(([start, end]): [number, number] => [start, end]),
      about,
    })),
  });
}

function sourceLine({ uri, contentHash }: SourceRecord): string {
  return line({ kind: 'source', uri, contentHash });
}

function failureLine({ uri, source, code, message, remedy, contentHash }: Failure): string {
  return line({
    kind: 'failure',
    uri,
    ...(source === undefined ? {} : { source }),
    code,
    message,
    remedy,
    contentHash,
  });
}

export function entityLine({ key, name, type, surfaces, mentions, passages, documents }: EntityView): string {
  return line({ kind: 'entity', key, name, type, surfaces: [...surfaces], mentions, passages, documents });
}

function endLine({ documents, passages, entities, relations, mentions, failures }: CollectionInfo['counts']): string {
  return line({ kind: 'end', counts: { documents, passages, entities, relations, mentions, failures } });
}

function line(record: ExportRecord): string {
  return JSON.stringify(record);
}

type Fields = PassageLine['contribution'];

function contributionFields(contribution: Contribution): Fields {
  return {
    extractor: contribution.extractor,
    language: contribution.language,
    sentences: [...contribution.sentences],
    runs: contribution.runs.map(runFields),
    aliases: contribution.aliases.map(aliasFields),
    relations: contribution.relations.map(relationFields),
  };
}

function runFields({ span, type }: Run): Fields['runs'][number] {
  return { span: [span[0], span[1]], ...(type === undefined ? {} : { type }) };
}

function aliasFields({ key, surface, weight, type }: Alias): Fields['aliases'][number] {
  return { key, surface, weight, ...(type === undefined ? {} : { type }) };
}

function relationFields(relation: Relation): Fields['relations'][number] {
  const { subject, predicate, object, evidence, confidence, negated, hedged } = relation;
  return {
    subject: endFields(subject),
    predicate,
    object: endFields(object),
    evidence: [evidence[0], evidence[1]],
    confidence,
    negated,
    hedged,
  };
}

function endFields({ key, surface, span, kind, type }: RelationEnd): Fields['relations'][number]['subject'] {
  return {
    key,
    surface,
    ...(span === undefined ? {} : { span: [span[0], span[1]] as [number, number] }),
    kind,
    ...(type === undefined ? {} : { type }),
  };
}

function vectorFields({ dimensions, scale, rows }: QuantisedVectors): PassageLine['vectors'] {
  return { dimensions, scale: toBase64(scale), rows: toBase64(rows) };
}

function toBase64(array: Float32Array | Int8Array): string {
  return Buffer.from(array.buffer, array.byteOffset, array.byteLength).toString('base64');
}
