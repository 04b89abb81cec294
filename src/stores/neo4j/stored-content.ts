/** What a batch finds in the store: what it replaces, and what stands in its way. */
import type { EntityType } from '../../../graph-schema/index.js';
import type { EndRow, MentionRow } from '../../graph/property-rows.js';
import type { WriteBatch } from '../../ports/index.js';
import { decodeRelations } from '../codec/contribution-codec.js';
import { duplicateUri, unknownPassage } from '../refusals.js';
import type { NewContent } from './batch-content.js';
import { indexedValue } from './indexed-text.js';
import type { Said } from './node-deltas.js';
import type { Run } from './statement.js';
import * as statements from './statements/write-statements.js';
import { pieces } from './values.js';

/** Documents read at once; their contributions come with them. */
const DOCUMENTS = 500;

/** A passage that goes with its document. */
export interface GonePassage {
  readonly id: string;
  readonly document: string;
  readonly mentions: readonly Said[];
  readonly statements: readonly { readonly subject: EndRow; readonly object: EndRow }[];
}

/** A passage that stays and says something else after the fold. */
export interface RefoldedPassage {
  readonly id: string;
  readonly element: string;
  readonly document: string;
  /** Mentions that go and come; those that stay as they are in neither. */
  readonly gone: readonly Said[];
  readonly come: readonly MentionRow[];
}

export interface StoredContent {
  /** Ids of stored documents that are removed or replaced. */
  readonly documents: readonly string[];
  readonly passages: readonly GonePassage[];
  readonly refolded: readonly RefoldedPassage[];
  /** Failures that are cleared. */
  readonly failures: number;
}

/** @throws UsageError `DUPLICATE_URI`, `UNKNOWN_PASSAGE` */
export async function storedContent(
  run: Run,
  collection: string,
  batch: WriteBatch,
  content: NewContent,
  clearedUris: readonly string[],
): Promise<StoredContent> {
  const put = new Set(content.documents.map(({ id }) => id));
  const ids = [...new Set([...put, ...batch.remove])].sort();
  const [stored, sameUri, cleared, refolded] = await Promise.all([
    ids.length === 0 ? [] : run<{ readonly id: string }>(statements.STORED_DOCUMENTS, { collection, ids }),
    put.size === 0
      ? []
      : run<{ readonly uri: string; readonly id: string }>(statements.DOCUMENTS_WITH_URIS, {
          collection,
          uris: content.documents.map(({ uri }) => uri),
        }),
    clearedUris.length === 0
      ? []
      : run(statements.FAILURES_WITH_URIS, { collection, uris: clearedUris.map(indexedValue) }),
    readRefolded(run, collection, content.refolded),
  ]);
  const going = stored.map(({ id }) => id);
  const gone = new Set(going);
  for (const { uri, id } of sameUri) if (!gone.has(id)) throw duplicateUri(uri, id);
  const passages: GonePassage[] = [];
  for (const some of pieces(going, DOCUMENTS)) passages.push(...(await readGone(run, collection, some)));
  for (const { id, document } of refolded) if (gone.has(document)) throw unknownPassage(id);
  return { documents: going, passages, refolded, failures: cleared.length };
}

interface GoneRow {
  readonly id: string;
  readonly document: string;
  readonly contribution: string;
  readonly mentions: readonly (readonly [key: string, surface: string, type: EntityType, count: number])[];
}

async function readGone(run: Run, collection: string, ids: readonly string[]): Promise<GonePassage[]> {
  const rows = await run<GoneRow>(statements.STORED_CONTENT, { collection, ids });
  return rows.map(({ id, document, contribution, mentions }) => ({
    id,
    document,
    mentions: mentions.map(([key, surface, type, count]) => ({ key, surface, type, count })),
    statements: decodeRelations(contribution).map(({ subject, object }) => ({
      subject: { key: subject.key, surface: subject.surface, type: subject.type ?? 'other' },
      object: { key: object.key, surface: object.surface, type: object.type ?? 'other' },
    })),
  }));
}

type MentionColumns = readonly [
  key: string,
  surface: string,
  type: EntityType,
  count: number,
  spans: readonly number[],
  about: boolean,
];

interface RefoldedRow {
  readonly id: string;
  readonly element: string;
  readonly document: string;
  readonly mentions: readonly MentionColumns[];
}

async function readRefolded(
  run: Run,
  collection: string,
  wanted: ReadonlyMap<string, readonly MentionRow[]>,
): Promise<RefoldedPassage[]> {
  if (wanted.size === 0) return [];
  const ids = [...wanted.keys()];
  const rows = await run<RefoldedRow>(statements.STORED_MENTIONS, { collection, ids });
  const found = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => {
    const row = found.get(id);
    if (row === undefined) throw unknownPassage(id);
    const changed = difference(row, wanted.get(id)!);
    return changed.gone.length + changed.come.length === 0 ? [] : [changed];
  });
}

function difference({ id, element, document, mentions }: RefoldedRow, wanted: readonly MentionRow[]): RefoldedPassage {
  const before = new Map(mentions.map((mention) => [mention[0], mention]));
  const come = wanted.filter((mention) => {
    const old = before.get(mention.key);
    if (old === undefined || !isSame(old, mention)) return true;
    before.delete(mention.key);
    return false;
  });
  const gone = [...before.values()].map(([key, surface, type, count]) => ({ key, surface, type, count }));
  return { id, element, document, gone, come };
}

function isSame([, surface, type, , spans, about]: MentionColumns, mention: MentionRow): boolean {
  return (
    surface === mention.surface &&
    type === mention.type &&
    about === mention.about &&
    spans.length === mention.spans.length &&
    spans.every((place, i) => place === mention.spans[i])
  );
}
