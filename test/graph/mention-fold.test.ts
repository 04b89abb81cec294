import assert from 'node:assert/strict';
import fc from 'fast-check';
import { documentId, type Mention } from '../../graph-schema/index.js';
import { MentionFold } from '../../src/graph/mention-fold.js';
import { buildIndex } from '../../src/index/build-index.js';
import { DIMENSIONS, type Draft, finalDrafts, makeDocument, steps } from '../index/sample-documents.js';

const identity = { collection: 'test', generation: 1, embedder: { id: 'test', dimensions: DIMENSIONS } };

/** Mentions of all documents folded at once. */
const fresh = (drafts: readonly Draft[]): Map<string, Mention[]> =>
  MentionFold.empty().apply({ put: drafts.map(makeDocument), remove: [] });

const sorted = (mentions: ReadonlyMap<string, readonly Mention[]>): unknown =>
  [...mentions].sort(([a], [b]) => (a < b ? -1 : 1));

const keysOf = (mentions: readonly Mention[] | undefined): string[] => (mentions ?? []).map(({ key }) => key);

describe('MentionFold', () => {
  it('leaves, after any sequence of batches, the mentions of a fresh fold of what is left', () => {
    fc.assert(
      fc.property(steps, fc.boolean(), (sequence, restart) => {
        const stored = new Map<string, Mention[]>();
        const owners = new Map<string, string>();
        let fold = MentionFold.empty();
        const left: Draft[][] = sequence.map((_, i) => finalDrafts(sequence.slice(0, i + 1)));
        sequence.forEach(({ put, remove }, i) => {
          const documents = put.map(makeDocument);
          const ids = remove.map((uri) => documentId('test', uri));
          for (const [passage, owner] of owners) {
            if (!ids.includes(owner) && documents.every(({ document }) => document.id !== owner)) continue;
            owners.delete(passage);
            stored.delete(passage);
          }
          for (const { document, passages } of documents)
            for (const { passage } of passages) owners.set(passage.id, document.id);
          for (const [passage, mentions] of fold.apply({ put: documents, remove: ids })) stored.set(passage, mentions);
          assert.deepEqual(sorted(stored), sorted(fresh(left[i]!)));
          if (restart) fold = MentionFold.fromIndex(buildIndex(identity, left[i]!.map(makeDocument)));
        });
      }),
      { numRuns: 200 },
    );
  });

  it('reports, of the passages not put, those alone whose mentions changed', () => {
    const one = { uri: 'a', title: 'Bridges', texts: ['She moved to New York City in May.'] };
    const other = { uri: 'b', title: 'Boats', texts: ['Nothing of interest happened.'] };
    const fold = MentionFold.empty();
    fold.apply({ put: [one, other].map(makeDocument), remove: [] });
    const city = makeDocument({ uri: 'c', title: 'York City', texts: ['York City is a football club.'] });
    const reported = fold.apply({ put: [city], remove: [] });
    const passage = makeDocument(one).passages[0]!.passage.id;
    assert.deepEqual(new Set(reported.keys()), new Set([passage, city.passages[0]!.passage.id]));
    assert.deepEqual(keysOf(reported.get(passage)), ['bridges', 'new york city', 'york city']);
  });

  it('takes the type of an alias when all who have it agree', () => {
    const text = { uri: 'a', title: 'Notes', texts: ['We met in Springfield again.'] };
    const passage = makeDocument(text).passages[0]!.passage.id;
    const place = { uri: 'b', title: 'Springfield', texts: [''], type: 2 };
    const work = { uri: 'c', title: 'Springfield', texts: [''], type: 3 };
    const fold = MentionFold.empty();
    const typeIn = (mentions: Map<string, Mention[]>): string | undefined =>
      mentions.get(passage)?.find(({ key }) => key === 'springfield')?.type;
    assert.equal(typeIn(fold.apply({ put: [makeDocument(text)], remove: [] })), 'other');
    assert.equal(typeIn(fold.apply({ put: [makeDocument(place)], remove: [] })), 'place');
    assert.equal(typeIn(fold.apply({ put: [makeDocument(work)], remove: [] })), 'other');
    assert.equal(typeIn(fold.apply({ put: [], remove: [documentId('test', 'b')] })), 'work');
  });

  it('gives spans, the most frequent spelling, the type that runs vote for, and whether title or heading names it', () => {
    const text = 'Zürich lies on a lake. ZÜRICH is large. We like Zürich.';
    const mentions = fresh([{ uri: 'a', title: 'Zurich', texts: [text] }])
      .values()
      .next().value!;
    assert.deepEqual(mentions, [
      {
        key: 'zurich',
        surface: 'Zürich',
        type: 'person',
        about: true,
        spans: [
          [0, 6],
          [23, 29],
          [48, 54],
        ],
      },
    ]);
  });

  it('spells a name that only the title holds as the title does', () => {
    const mentions = fresh([{ uri: 'a', title: 'McDuck Manor', texts: ['a house on a hill.'] }])
      .values()
      .next().value!;
    assert.deepEqual(mentions, [
      { key: 'mcduck manor', surface: 'McDuck Manor', type: 'other', spans: [], about: true },
    ]);
  });
});
