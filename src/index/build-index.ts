/** Builds the RetrievalIndex as a pure function of the documents, from nothing or from an index and what changed. */
import { PassageTable, type TableDocument } from '../graph/passage-table.js';
import { ArrayIndex } from './array-index.js';
import { foldNames } from './fold-names.js';
import { foldTerms } from './fold-terms.js';
import { foldVectors } from './fold-vectors.js';
import { foldForward } from './forward.js';
import type { IndexIdentity } from './index-header.js';
import type { IndexDocument } from './index-source.js';
import { restoreTable } from './restore-table.js';
import { MemorySections } from './sections.js';
import { encodeStrings } from './string-table.js';

/** Index of a whole collection; documents in any order. */
export function buildIndex(identity: IndexIdentity, documents: Iterable<IndexDocument>): ArrayIndex {
  const table = new PassageTable();
  for (const document of documents) table.put(document);
  return foldIndex(identity, table);
}

/** What changed since an index was built. */
export interface IndexChanges {
  /** Documents put or changed; each replaces the one of the same id. */
  readonly put: Iterable<IndexDocument>;
  /** Ids of documents gone; unknown ones are ignored. */
  readonly removed: Iterable<string>;
}

/** The index after changes; its bytes are those of a fresh build of the documents left. Only `put` is analysed. */
export function updateIndex(index: ArrayIndex, identity: IndexIdentity, changes: IndexChanges): ArrayIndex {
  const table = restoreTable(index);
  for (const id of changes.removed) table.remove(id);
  for (const document of changes.put) table.put(document);
  return foldIndex(identity, table);
}

const byId = (a: TableDocument, b: TableDocument): number => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

/** Languages by passages, most first, ties by code. */
function countLanguages(table: PassageTable, slots: readonly number[]): { code: string; passages: number }[] {
  const counts = new Map<string, number>();
  for (const slot of slots) {
    const { language } = table.slot(slot);
    counts.set(language, (counts.get(language) ?? 0) + 1);
  }
  return [...counts]
    .map(([code, passages]) => ({ code, passages }))
    .sort((a, b) => b.passages - a.passages || (a.code < b.code ? -1 : 1));
}

/** The index of all documents in a table. */
export function foldIndex(identity: IndexIdentity, table: PassageTable): ArrayIndex {
  const documents = [...table.documents.values()].sort(byId);
  const slots = documents.flatMap((document) => document.slots);
  const documentOf = new Uint32Array(slots.length);
  const passageStart = new Uint32Array(documents.length + 1);
  documents.forEach((document, d) => {
    passageStart[d + 1] = passageStart[d]! + document.slots.length;
    documentOf.fill(d, passageStart[d], passageStart[d + 1]);
  });
  const sentenceStart = new Uint32Array(slots.length + 1);
  slots.forEach((slot, p) => {
    sentenceStart[p + 1] = sentenceStart[p]! + table.rows(slot);
  });

  const documentIds = encodeStrings(documents.map((document) => document.id));
  const ids = slots.map((slot) => table.slot(slot).passageId);
  const passageIds = encodeStrings(ids);
  const passageIdOrder = Uint32Array.from(ids.keys()).sort((a, b) => (ids[a]! < ids[b]! ? -1 : 1));
  const languages = countLanguages(table, slots);
  const terms = foldTerms(table, slots, sentenceStart);
  const names = foldNames(table, documents, slots, documentOf, sentenceStart);

  return new ArrayIndex(
    { ...identity, languages, meanLength: terms.meanLength, linkedShare: names.linkedShare },
    new MemorySections({
      documentIdBytes: documentIds.bytes,
      documentIdOffsets: documentIds.offsets,
      passageIdBytes: passageIds.bytes,
      passageIdOffsets: passageIds.offsets,
      passageIdOrder,
      documentOf,
      passageStart,
      enabled: Uint8Array.from(documents, (document) => (document.enabled ? 1 : 0)),
      sentenceStart,
      ...terms.sections,
      ...names.sections,
      ...foldVectors(table, slots, sentenceStart, identity.embedder.dimensions),
      ...foldForward(table, documents, slots, languages),
    }),
  );
}
