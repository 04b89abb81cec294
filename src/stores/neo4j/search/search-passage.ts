/** A passage with all that scoring looks at, as Neo4j gives it. */
import type { SearchPassage } from '../../../ports/passage-search.js';
import { rowOfSpan } from '../../../search/derive-passages.js';
import { decodeTerms } from '../../../search/terms-codec.js';
import { decodeVectors } from '../../codec/vector-codec.js';
import { fromBytes } from '../values.js';
import type { ViewNumbers } from './view-numbers.js';

export interface LoadRow {
  readonly id: string;
  readonly document: string;
  readonly ordinal: number;
  readonly length: number;
  readonly terms: Int8Array;
  readonly vectors: Int8Array;
  /** With the passages of the collection that mention the entity. */
  readonly mentions: readonly (readonly [key: string, about: boolean, spans: readonly number[], df: number])[];
}

/** What a view numbers and learns. */
export interface ViewState {
  readonly passages: ViewNumbers;
  readonly entities: ViewNumbers;
  readonly frequencies: Map<number, number>;
}

/** @param frequencies told of the passages of the collection that mention each entity */
export function toSearchPassage(
  { id, document, ordinal, length, terms, vectors, mentions }: LoadRow,
  { passages, entities, frequencies }: ViewState,
): SearchPassage {
  const decoded = decodeTerms(fromBytes(terms));
  const mentionRows: number[] = [];
  const mentionEntities: number[] = [];
  for (const [key, about, spans, df] of mentions) {
    const entity = entities.of(key);
    frequencies.set(entity, df);
    const rows = new Set(about ? [0] : []);
    for (let i = 0; i < spans.length; i += 2) rows.add(rowOfSpan(decoded.sentenceEnds, spans[i]!));
    for (const row of rows) {
      mentionRows.push(row);
      mentionEntities.push(entity);
    }
  }
  const number = passages.of(id);
  const bytes = decodeVectors(fromBytes(vectors));
  return { number, id, document, ordinal, length, terms: decoded, mentionRows, mentionEntities, vectors: bytes };
}
