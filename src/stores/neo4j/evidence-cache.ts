/**
 * What answers cited lately, so that the passages of a subject that is asked about again are not sent again. An entry
 * belongs to one generation of its collection and is given for that one alone, while the last check of the collection
 * showed it. What is kept was read after a check had shown the whole of the generation, so it is never older than that:
 * while a commit becomes visible bit by bit nothing is kept.
 */
import type { DocumentRecord } from '../../../graph-schema/index.js';
import type { CollectionInfo, EvidenceRequest, PassageEvidence, StoredEvidence } from '../../ports/index.js';

type Held = PassageEvidence | DocumentRecord;

interface Kept {
  /** Generation that the last check showed whole. */
  readonly generation: number;
  readonly entries: Map<string, Held>;
}

export class EvidenceCache {
  private readonly collections = new Map<string, Kept>();

  /** @param limit passages and documents kept of all collections together; 0: none */
  constructor(private readonly limit: number) {}

  /** The collection as a check showed it; undefined: it is no more. What is kept of another generation is dropped. */
  checked(collection: string, info: CollectionInfo | undefined, whole: boolean): void {
    if (this.collections.get(collection)?.generation === info?.generation) return;
    this.collections.delete(collection);
    if (info !== undefined && whole)
      this.collections.set(collection, { generation: info.generation, entries: new Map() });
  }

  /** What is kept of the request, the rest by `read`. In the order asked. */
  async evidence(
    collection: string,
    request: EvidenceRequest,
    read: (passages: readonly string[], documents: readonly string[]) => Promise<StoredEvidence>,
  ): Promise<StoredEvidence> {
    const kept = this.collections.get(collection);
    const entries = kept?.generation === request.generation ? kept.entries : undefined;
    const found = new Map<string, Held>();
    const missing = (kind: string, ids: readonly string[]): string[] =>
      [...new Set(ids)].filter((id) => {
        const held = entries?.get(kind + id);
        if (held === undefined) return true;
        found.set(kind + id, held);
        return false;
      });
    const passages = missing(PASSAGE, request.passages);
    const documents = missing(DOCUMENT, request.documents);
    // Also for no ids at all, since the collection may be unknown.
    if (passages.length + documents.length > 0 || found.size === 0) {
      const fresh = await read(passages, documents);
      for (const one of fresh.passages) found.set(PASSAGE + one.passage.id, one);
      for (const one of fresh.documents) found.set(DOCUMENT + one.id, one);
    }
    if (entries !== undefined) this.keep(collection, entries, found);
    const inOrder = <T extends Held>(kind: string, ids: readonly string[]): T[] =>
      ids.flatMap((id) => (found.get(kind + id) as T | undefined) ?? []);
    return {
      passages: inOrder<PassageEvidence>(PASSAGE, request.passages),
      documents: inOrder<DocumentRecord>(DOCUMENT, request.documents),
    };
  }

  private keep(collection: string, entries: Map<string, Held>, found: ReadonlyMap<string, Held>): void {
    // Deleted first, so that what was used last stands last.
    for (const [key, held] of found) {
      entries.delete(key);
      entries.set(key, held);
    }
    const own = this.collections.get(collection);
    if (own?.entries !== entries) return;
    this.collections.delete(collection);
    this.collections.set(collection, own);
    let size = 0;
    for (const { entries: some } of this.collections.values()) size += some.size;
    for (const { entries: some } of this.collections.values()) {
      for (const key of some.keys()) {
        if (size <= this.limit) return;
        some.delete(key);
        size--;
      }
    }
  }
}

const PASSAGE = 'p ';
const DOCUMENT = 'd ';
