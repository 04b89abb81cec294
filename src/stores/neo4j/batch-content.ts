/** What a batch puts, as rows of the graph; checks everything that needs no look into the store. */
import type { DocumentRecord, Mention } from '../../../graph-schema/index.js';
import { UsageError } from '../../errors.js';
import {
  documentRow,
  type MentionRow,
  mentionRows,
  passageRow,
  type StatementRow,
  statementRows,
} from '../../graph/property-rows.js';
import type { PassageBundle, StoredDocument, WriteBatch } from '../../ports/index.js';
import { encodeContribution } from '../codec/contribution-codec.js';
import { encodeVectors } from '../codec/vector-codec.js';
import { checkedId, duplicateMention, duplicateUri } from '../refusals.js';
import { canonicalDocument } from '../transfer/canonical-document.js';
import { indexedText, indexedValue } from './indexed-text.js';
import { int, toBytes } from './values.js';

export interface NewPassage {
  readonly id: string;
  readonly document: string;
  /** Parameters of CREATE_PASSAGES but the owner. */
  readonly row: Readonly<Record<string, unknown>>;
  readonly mentions: readonly MentionRow[];
  readonly statements: readonly StatementRow[];
}

export interface NewDocument {
  readonly id: string;
  /** As it is looked up. */
  readonly uri: string;
  /** Properties of its node. */
  readonly properties: Readonly<Record<string, unknown>>;
  readonly text: string;
  readonly passages: readonly NewPassage[];
}

export interface NewContent {
  readonly documents: readonly NewDocument[];
  /** Mentions of passages that are not put, so must be stored. */
  readonly refolded: ReadonlyMap<string, readonly MentionRow[]>;
}

/** @throws UsageError as `WriteBatch` says */
export function newContent(
  collection: { readonly name: string; readonly dimensions: number; readonly generation: number },
  batch: WriteBatch,
): NewContent {
  // Given twice, the last one counts.
  const put = new Map(batch.put.map((stored) => [stored.document.id, stored]));
  const owners = new Map<string, string>();
  const uris = new Map<string, string>();
  const documents = [...put.values()]
    .sort((a, b) => (a.document.id < b.document.id ? -1 : 1))
    .map((stored) => newDocument(collection, stored, batch.mentions, owners, uris));
  const refolded = [...batch.mentions]
    .filter(([passage]) => !owners.has(passage))
    .map(([passage, mentions]) => [passage, checkedMentions(passage, mentions)] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return { documents, refolded: new Map(refolded) };
}

function newDocument(
  collection: Parameters<typeof newContent>[0],
  { document, text, passages }: StoredDocument,
  mentions: WriteBatch['mentions'],
  owners: Map<string, string>,
  uris: Map<string, string>,
): NewDocument {
  const id = checkedId(document.id, document.uri);
  const other = uris.get(document.uri);
  if (other !== undefined) throw duplicateUri(document.uri, other);
  uris.set(document.uri, id);
  const ordinals = new Set<number>();
  const rows = passages.map((bundle) => {
    const { passage } = bundle;
    checkedId(passage.id, document.uri);
    if (owners.has(passage.id) || ordinals.has(passage.ordinal)) throw conflicting(passage.id);
    owners.set(passage.id, id);
    ordinals.add(passage.ordinal);
    return newPassage(collection.dimensions, bundle, mentions.get(passage.id) ?? []);
  });
  rows.sort((a, b) => a.ordinal - b.ordinal);
  return {
    id,
    uri: indexedValue(document.uri),
    properties: {
      ...recordProperties(collection, document, passages.length),
      collection: collection.name,
      id,
      characters: int(text.length),
      enabled: document.enabled,
      ...uriProperties(document),
    },
    text,
    passages: rows.map(({ passage }) => passage),
  };
}

/** Properties that a record replaces on its own. */
export function recordProperties(
  collection: { readonly generation: number },
  document: DocumentRecord,
  passages?: number,
): Record<string, unknown> {
  // Refuses what JSON has no form for.
  canonicalDocument(document);
  const row = documentRow(document, passages ?? 0);
  return {
    title: row.title,
    mediaType: row.mediaType,
    contentHash: row.contentHash,
    size: int(row.size),
    metadata: row.metadata,
    tags: row.tags,
    date: row.date ?? null,
    warnings: row.warnings,
    ingestedAt: row.ingestedAt,
    generation: int(collection.generation),
    ...(passages === undefined ? {} : { passages: int(passages) }),
  };
}

function uriProperties({ uri, source }: DocumentRecord): Record<string, unknown> {
  const { value, order, full, fullOrder, long } = indexedText(uri);
  const origin = source === undefined ? undefined : indexedText(source);
  return {
    uri: value,
    order,
    full,
    fullOrder,
    long,
    source: origin?.value ?? null,
    fullSource: origin?.full ?? null,
  };
}

function newPassage(
  dimensions: number,
  bundle: PassageBundle,
  mentions: readonly Mention[],
): { readonly ordinal: number; readonly passage: NewPassage } {
  const { id, document, ordinal, text, start, end, page, row, context } = passageRow(bundle.passage);
  return {
    ordinal,
    passage: {
      id,
      document,
      row: {
        id,
        document,
        ordinal: int(ordinal),
        text,
        start: int(start),
        end: int(end),
        page: page === undefined ? null : int(page),
        row: row === undefined ? null : int(row),
        context,
        contribution: encodeContribution(bundle.contribution),
        vectors: toBytes(encodeVectors(bundle.vectors, dimensions)),
      },
      mentions: checkedMentions(id, mentions),
      statements: statementRows(bundle),
    },
  };
}

function checkedMentions(passage: string, mentions: readonly Mention[]): MentionRow[] {
  if (new Set(mentions.map(({ key }) => key)).size !== mentions.length) throw duplicateMention(passage);
  return mentionRows(passage, mentions);
}

function conflicting(passage: string): UsageError {
  return new UsageError('CONFLICTING_WRITE', `The batch holds passage ${passage} or its ordinal twice`, {
    remedy: 'Give each passage id once, and ordinals 0, 1, 2 ... within a document.',
  });
}
