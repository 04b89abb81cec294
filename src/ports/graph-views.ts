/** The graph as a store shows it: entities, relations, and the evidence of an answer. */
import type { DocumentRecord, EntityType, Mention, PassageRecord, Relation } from '../../graph-schema/index.js';

/** An entity aggregated over its mentions when read. */
export interface EntityView {
  readonly key: string;
  /** Most frequent surface, ties by code unit order. */
  readonly name: string;
  /** Most frequent type other than `other`, ties in the order of ENTITY_TYPES. */
  readonly type: EntityType;
  /** All surfaces, most frequent first. */
  readonly surfaces: readonly string[];
  /** Occurrences, as in `CollectionInfo.counts`; surfaces and types are weighed by them too. */
  readonly mentions: number;
  readonly passages: number;
  readonly documents: number;
}

/** A relation as one passage states it. */
export interface RelationView extends Relation {
  readonly passageId: string;
  readonly documentId: string;
}

/** See `GraphStore.evidence`. */
export interface EvidenceRequest {
  readonly passages: readonly string[];
  readonly documents: readonly string[];
  /** Of the index that the ids were found in. */
  readonly generation: number;
}

export interface PassageEvidence {
  readonly passage: PassageRecord;
  /** In key order. */
  readonly mentions: readonly Mention[];
}

export interface StoredEvidence {
  readonly passages: readonly PassageEvidence[];
  readonly documents: readonly DocumentRecord[];
}
