/** A document as the builder of a graph file gets it, from an export or from changes. */
import type { DocumentRecord, Mention, PassageRecord, Relation } from '../../../graph-schema/index.js';
import type { DocumentStamp, StoredDocument } from '../../ports/index.js';

export interface LensPassage {
  readonly passage: PassageRecord;
  readonly extractor: string;
  readonly relations: readonly Relation[];
  /** Folded. */
  readonly mentions: readonly Mention[];
}

export interface LensDocument {
  readonly document: DocumentRecord;
  readonly passages: readonly LensPassage[];
  /** Of the stamp; undefined while it is not known. */
  readonly generation?: number | undefined;
  readonly characters: number;
}

/** A passage whose mentions are folded anew while its document stays. */
export interface LensMentions {
  readonly documentId: string;
  readonly passageId: string;
  readonly mentions: readonly Mention[];
}

/** @param mentions folded mentions by passage id */
export function lensDocument(
  { document, passages }: Omit<StoredDocument, 'text'>,
  mentions: ReadonlyMap<string, readonly Mention[]>,
  stamp: DocumentStamp | undefined,
): LensDocument {
  return {
    document,
    passages: passages.map(({ passage, contribution: { extractor, relations } }) => ({
      passage,
      extractor,
      relations,
      mentions: mentions.get(passage.id) ?? [],
    })),
    generation: stamp?.generation,
    characters: stamp?.characters ?? passages.at(-1)?.passage.end ?? 0,
  };
}
