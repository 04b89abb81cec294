/** A document as rows for the builder of a graph file. */
import { mentionRows, propertyRows } from '../../graph/property-rows.js';
import type { SaidOf } from './build-state.js';
import type { LensDocument } from './lens-document.js';

export type GraphRows = ReturnType<typeof graphRows>;

/** Rows of a document, its mentions and ends by passage. */
export function graphRows({ document, passages, generation, characters }: LensDocument, collection: string) {
  const bundles = passages.map(({ passage, extractor, relations }) => ({
    passage,
    contribution: { passageId: passage.id, extractor, relations, language: '', sentences: [], runs: [], aliases: [] },
    vectors: NO_VECTORS,
  }));
  const rows = propertyRows({ document, passages: bundles }, new Map());
  const mentions = passages.map((one) => mentionRows(one.passage.id, one.mentions));
  const byPassage = new Map<string, SaidOf[]>(passages.map(({ passage }) => [passage.id, []]));
  for (const { passage, subject, object } of rows.statements)
    for (const { key, surface, type } of [subject, object]) byPassage.get(passage)!.push([key, surface, type, 1]);
  return {
    document: { collection, ...rows.document, characters, ...(generation === undefined ? {} : { generation }) },
    passages: rows.passages.map((row) => ({ collection, ...row })),
    mentions,
    statements: rows.statements,
    said: mentions.map((its) => its.map(({ key, surface, type, count }): SaidOf => [key, surface, type, count])),
    ends: [...byPassage.values()],
  };
}

const NO_VECTORS = { dimensions: 0, scale: new Float32Array(0), rows: new Int8Array(0) };
