/** What other processes wrote while this one read sources, and what that means for the batch about to be committed. */
import type { DocumentRecord } from '../../graph-schema/index.js';
import type { StoredDocument } from '../../src/ports/index.js';
import type { Batch } from './batch.js';
import type { DocumentChanges } from './document-history.js';
import type { SourceReading } from './source-reading.js';

/** The content of a batch, as it is committed. */
export interface BatchContent
  extends Pick<Batch, 'remove' | 'records' | 'failures' | 'resolved' | 'sources' | 'removeSources'> {
  readonly put: readonly StoredDocument[];
}

/** Documents that others have put since the run began; pruning spares them, for this run does not know their sources. */
export class ForeignDocuments {
  readonly #ids = new Set<string>();
  readonly #sources = new Set<string>();

  note(documents: readonly DocumentRecord[]): void {
    for (const { id, source, uri } of documents) {
      this.#ids.add(id);
      this.#sources.add(source ?? uri);
    }
  }

  has(id: string): boolean {
    return this.#ids.has(id);
  }

  hasOf(source: string): boolean {
    return this.#sources.has(source);
  }
}

/** Tells the readings under way what others did to the documents of their sources. */
export function tellReadings(
  readings: Iterable<SourceReading>,
  { put, removed, complete }: DocumentChanges,
  putting: (id: string) => boolean,
): void {
  const there = complete ? new Set(put.map(({ id }) => id)) : undefined;
  for (const reading of readings) {
    const gone = there === undefined ? removed : reading.known().filter((id) => !there.has(id));
    // What is about to be put is there again.
    for (const id of gone) if (!putting(id)) reading.lose(id);
    for (const document of put) reading.refresh(document);
  }
}

/**
 * The batch as if its sources had been read before what others did since: what they deleted is not brought back but by
 * its source, which then is not done; what they disabled stays so; what they put is not pruned.
 */
export function reconcile(
  content: BatchContent,
  known: { readonly foreign: ForeignDocuments; readonly batch: Batch; incomplete(source: string): boolean },
): BatchContent {
  const { pruned, prunedSources, history } = known.batch;
  return {
    ...content,
    put: content.put.map((stored) => {
      const enabled = history.enabledOf(stored.document.id) ?? stored.document.enabled;
      return enabled === stored.document.enabled ? stored : { ...stored, document: { ...stored.document, enabled } };
    }),
    remove: content.remove.filter((id) => !(pruned.has(id) && known.foreign.has(id))),
    records: content.records.filter(({ id }) => !history.isGone(id)),
    sources: content.sources.filter(({ uri }) => !known.incomplete(uri)),
    removeSources: content.removeSources.filter((uri) => !(prunedSources.has(uri) && known.foreign.hasOf(uri))),
  };
}
