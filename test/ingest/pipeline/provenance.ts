/** The provenance invariant over a whole store. */
import assert from 'node:assert/strict';
import type { GraphStore } from '../../../src/ports/index.js';
import { COLLECTION } from './workbench.js';

/**
 * Asserts that every passage is exactly its characters of its document's text, that passages are in order and do not
 * overlap, and that every span of its contribution and mentions lies inside it.
 * @returns number of passages looked at
 */
export async function assertProvenance(store: GraphStore): Promise<number> {
  let passages = 0;
  for await (const { document, passages: bundles } of (await store.changes(COLLECTION, 0)).put) {
    const { text } = (await store.document(COLLECTION, document.id))!;
    let end = 0;
    for (const [ordinal, { passage, contribution }] of bundles.entries()) {
      passages++;
      const where = `${document.uri}, passage ${ordinal}`;
      assert.equal(passage.ordinal, ordinal, where);
      assert.equal(passage.text, text.slice(passage.start, passage.end), where);
      assert.ok(passage.start >= end && passage.end <= text.length, where);
      end = passage.end;
      const { sentences, runs, relations } = contribution;
      for (const position of sentences) assert.ok(position <= passage.text.length, `${where}: sentence`);
      const mentions = await store.mentionsOf(COLLECTION, passage.id);
      const spans = [
        ...runs.map(({ span }) => span),
        ...relations.map(({ evidence }) => evidence),
        ...mentions.flatMap((m) => m.spans),
      ];
      for (const [from, to] of spans)
        assert.ok(from >= 0 && from < to && to <= passage.text.length, `${where}: ${from}..${to}`);
    }
  }
  return passages;
}
