/** Reads documents with their passages in batches that neither side has to hold in memory whole. */
import type { EntityType, Mention } from '../../../graph-schema/index.js';
import type { PassageBundle, StoredDocument } from '../../ports/index.js';
import { decodeContribution } from '../codec/contribution-codec.js';
import { decodeVectors } from '../codec/vector-codec.js';
import { compareTexts } from './indexed-text.js';
import {
  type DocumentProperties,
  type PassageProperties,
  toDocumentRecord,
  toMention,
  toPassageRecord,
} from './rows.js';
import type { DocumentHead } from './snapshot.js';
import type { Spool } from './spool.js';
import type { Run } from './statement.js';
import * as statements from './statements/change-statements.js';
import { fromBytes, int } from './values.js';

/** Passages read at once. */
const PASSAGES = 500;
const CHARACTERS = 4_000_000;

/** A document as it waits in a spool. */
export interface DocumentEntry {
  readonly document: DocumentProperties;
  /** Empty unless asked for. */
  readonly text: string;
  readonly passages: readonly PassageEntry[];
}

interface PassageEntry {
  readonly passage: PassageProperties;
  readonly contribution: string;
  readonly vectors: Uint8Array;
  readonly mentions: readonly MentionColumns[];
}

type MentionColumns = readonly [
  key: string,
  surface: string,
  type: EntityType,
  spans: readonly number[],
  about: boolean,
];

type PassageColumns = Partial<Omit<PassageEntry, 'vectors' | 'passage'>> & {
  readonly passage: PassageProperties;
  readonly vectors?: Int8Array;
};

function toEntry({ passage, contribution = '', vectors, mentions = [] }: PassageColumns): PassageEntry {
  return { passage, contribution, vectors: vectors === undefined ? new Uint8Array(0) : fromBytes(vectors), mentions };
}

/** False when some document was not whole: it changed meanwhile. */
export async function readInto(
  spool: Spool<DocumentEntry>,
  run: Run,
  collection: string,
  heads: readonly DocumentHead[],
  wanted: { readonly texts: boolean; readonly mentions: boolean; readonly data: boolean },
): Promise<boolean> {
  let whole = true;
  const sorted = [...heads].sort((a, b) => compareTexts(a.id, b.id));
  for (const some of batches(sorted)) {
    const ids = some.map(({ id }) => id);
    const most = Math.max(0, ...some.map(({ passages }) => passages));
    const bundles = !wanted.data
      ? statements.MENTIONS_ONLY
      : wanted.mentions
        ? statements.BUNDLES_WITH_MENTIONS
        : statements.BUNDLES;
    const [documents, texts, ...lists] = await Promise.all([
      run<{ readonly document: DocumentProperties }>(statements.DOCUMENT_ROWS, { collection, ids }),
      wanted.texts
        ? run<{ readonly id: string; readonly text: string }>(statements.DOCUMENT_TEXTS, { collection, ids })
        : [],
      // Several slices only for a document that is larger than a batch.
      ...slices(most).map(([from, to]) =>
        run<PassageColumns>(bundles, {
          collection,
          ids,
          from: int(from),
          to: int(to),
        }),
      ),
    ]);
    const passages = byDocument(lists.flat());
    const textOf = new Map(texts.map(({ id, text }) => [id, text]));
    const found = new Map(documents.map(({ document }) => [document.id, document]));
    for (const { id } of some) {
      const document = found.get(id);
      const own = passages.get(id) ?? [];
      if (document === undefined || own.length !== document.passages || (wanted.texts && !textOf.has(id))) {
        whole = false;
        continue;
      }
      spool.set(id, {
        document,
        text: textOf.get(id) ?? '',
        passages: own.map(toEntry).sort((a, b) => a.passage.ordinal - b.passage.ordinal),
      });
    }
  }
  return whole;
}

export function toStored({ document, passages }: DocumentEntry): Omit<StoredDocument, 'text'> {
  return { document: toDocumentRecord(document), passages: passages.map(toBundle) };
}

export function toBundle({ passage, contribution, vectors }: PassageEntry): PassageBundle {
  return {
    passage: toPassageRecord(passage),
    contribution: decodeContribution(passage.id, contribution),
    vectors: decodeVectors(vectors),
  };
}

/** In key order. */
export function mentionsOfEntry({ mentions }: PassageEntry): Mention[] {
  return mentions.map((columns) => toMention(...columns)).sort((a, b) => compareTexts(a.key, b.key));
}

function byDocument<T extends Pick<PassageEntry, 'passage'>>(entries: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const entry of entries) {
    const group = groups.get(entry.passage.document);
    if (group === undefined) groups.set(entry.passage.document, [entry]);
    else group.push(entry);
  }
  return groups;
}

function* batches(heads: readonly DocumentHead[]): Generator<DocumentHead[]> {
  let batch: DocumentHead[] = [];
  let passages = 0;
  let characters = 0;
  for (const head of heads) {
    if (batch.length > 0 && (passages + head.passages > PASSAGES || characters + head.characters > CHARACTERS)) {
      yield batch;
      batch = [];
      passages = 0;
      characters = 0;
    }
    batch.push(head);
    passages += head.passages;
    characters += head.characters;
    if (batch.length === PASSAGES) passages = PASSAGES;
  }
  if (batch.length > 0) yield batch;
}

function slices(passages: number): [from: number, to: number][] {
  const count = Math.ceil(passages / PASSAGES);
  return Array.from({ length: count }, (_, i) => [i * PASSAGES, (i + 1) * PASSAGES]);
}
