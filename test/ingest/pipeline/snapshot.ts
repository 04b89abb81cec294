/** What must be equal between two stores of the same documents, however they came to hold them. */
import { createHash } from 'node:crypto';
import type { IngestContext } from '../../../ingest/index.js';
import { ArrayIndex } from '../../../src/index/array-index.js';
import { buildIndex } from '../../../src/index/build-index.js';
import type { RetrievalIndex } from '../../../src/index/retrieval-index.js';
import { SECTION_KINDS, type SectionName } from '../../../src/index/sections.js';
import type { GraphStore, StoredDocument } from '../../../src/ports/index.js';
import { COLLECTION } from './workbench.js';

export interface Snapshot {
  /** Lines of the export but for its header, which holds what is not compared. */
  readonly records: readonly string[];
  /** Mentions by passage id. */
  readonly mentions: Readonly<Record<string, unknown>>;
  readonly sources: readonly unknown[];
  readonly counts: unknown;
  /** SHA-256 of each section of the index, and its header but for the generation. */
  readonly index: Readonly<Record<string, unknown>>;
}

export async function snapshot({ store, index }: Pick<IngestContext, 'store' | 'index'>): Promise<Snapshot> {
  const records: string[] = [];
  for await (const line of store.export(COLLECTION)) records.push(line);
  const mentions: Record<string, unknown> = {};
  const documents = await storedDocuments(store);
  for (const { passages } of documents) {
    for (const { passage } of passages) mentions[passage.id] = await store.mentionsOf(COLLECTION, passage.id);
  }
  return {
    records: records.slice(1),
    mentions,
    sources: (await store.sources(COLLECTION, { limit: 1000 })).items,
    counts: (await store.collection(COLLECTION))?.counts,
    index: indexDigest(await index.current(COLLECTION)),
  };
}

export async function storedDocuments(store: GraphStore): Promise<Omit<StoredDocument, 'text'>[]> {
  const documents: Omit<StoredDocument, 'text'>[] = [];
  for await (const document of (await store.changes(COLLECTION, 0)).put) documents.push(document);
  return documents;
}

/** Digest of an index built from what the store holds, without any index that was kept. */
export async function rebuiltIndexDigest(store: GraphStore): Promise<Readonly<Record<string, unknown>>> {
  const { name, generation, embedder } = (await store.collection(COLLECTION))!;
  return indexDigest(buildIndex({ collection: name, generation, embedder }, await storedDocuments(store)));
}

export function indexDigest(index: RetrievalIndex): Readonly<Record<string, unknown>> {
  if (!(index instanceof ArrayIndex)) throw new TypeError('The index is not made of sections.');
  const { generation: _, ...header } = index.header;
  const digest: Record<string, unknown> = { header };
  for (const name of Object.keys(SECTION_KINDS) as SectionName[]) {
    const { buffer, byteOffset, byteLength } = index.sections.get(name);
    digest[name] = createHash('sha256')
      .update(new Uint8Array(buffer, byteOffset, byteLength))
      .digest('hex');
  }
  return digest;
}
