/** Documents made of a few names that are each other's titles, parts and demonyms, so that every change moves the fold. */
import fc from 'fast-check';
import { documentId, ENTITY_TYPES, passageId } from '../../graph-schema/index.js';
import { describePassage } from '../../src/graph/describe-passage.js';
import type { IndexDocument } from '../../src/index/index-source.js';

export interface Draft {
  readonly uri: string;
  readonly title: string;
  readonly texts: readonly string[];
  readonly context?: string;
  readonly language?: string;
  readonly enabled?: boolean;
  readonly type?: number;
}

export const DIMENSIONS = 40;

/** Vectors that depend on nothing but the text. */
function vectorsOf(seed: string, rows: number): { dimensions: number; scale: Float32Array; rows: Int8Array } {
  let state = 7;
  for (const char of seed) state = (Math.imul(state, 31) + char.codePointAt(0)!) | 0;
  const next = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return state >>> 8;
  };
  return {
    dimensions: DIMENSIONS,
    scale: Float32Array.from({ length: rows }, () => (1 + (next() % 100)) / 10_000),
    rows: Int8Array.from({ length: rows * DIMENSIONS }, () => (next() % 255) - 127),
  };
}

/** A document as the pipeline would store it. */
export function makeDocument(draft: Draft): IndexDocument {
  const { uri, title, texts, context = '', language = 'en', enabled = true } = draft;
  const id = documentId('test', uri);
  const type = draft.type === undefined ? undefined : ENTITY_TYPES[draft.type];
  return {
    document: {
      id,
      uri,
      title,
      mediaType: 'text/plain',
      contentHash: '',
      size: 0,
      metadata: {},
      tags: [],
      enabled,
      ingestedAt: '2024-01-01T00:00:00Z',
      warnings: [],
    },
    passages: texts.map((text, ordinal) => {
      const { sentences, runs, aliases } = describePassage({ title, context, text, ordinal, language });
      const own = passageId(id, ordinal, context, text);
      return {
        passage: { id: own, documentId: id, ordinal, start: 0, end: text.length, text, context },
        contribution: {
          passageId: own,
          extractor: 'test/1',
          language,
          sentences,
          // Some runs speak for a type, as the extractor's rules do.
          runs: runs.map((run, i) => (i % 3 === 1 ? { ...run, type: 'person' as const } : run)),
          aliases: aliases.map((alias) => (type === undefined ? alias : { ...alias, type })),
          relations: [],
        },
        vectors: vectorsOf(text, 1 + sentences.length / 2),
      };
    }),
  };
}

const NAMES = [
  'New York',
  'New York City',
  'York',
  'University of York',
  'The Beatles',
  'United States',
  'American',
  'Ada Lovelace',
  'Ada',
  'lower case name',
  '北京大学',
  'Αθήνα',
];
const FILLERS = ['was seen in', 'of', 'and', 'wrote about', 'is the home of', '. Later'];

const sentence = fc
  .array(fc.tuple(fc.constantFrom(...NAMES), fc.constantFrom(...FILLERS)), { minLength: 1, maxLength: 4 })
  .map((parts) => `${parts.map(([name, filler]) => `${name} ${filler}`).join(' ')} 1984.`);

/** Drafts with few uris, so that sequences of them replace each other. */
export const draft: fc.Arbitrary<Draft> = fc.record({
  uri: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
  title: fc.oneof(fc.constantFrom(...NAMES), fc.constant('')),
  texts: fc.array(sentence, { minLength: 1, maxLength: 3 }),
  context: fc.constantFrom('', 'History > New York City', 'name | born'),
  language: fc.constantFrom('en', 'de'),
  enabled: fc.boolean(),
  type: fc.constantFrom(0, 2),
});

export type Step = { readonly put: readonly Draft[]; readonly remove: readonly string[] };

/** Batches of puts and removals; a batch never puts and removes the same uri. */
export const steps: fc.Arbitrary<Step[]> = fc.array(
  fc
    .record({
      put: fc.uniqueArray(draft, { selector: ({ uri }) => uri, maxLength: 4 }),
      remove: fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'never'), { maxLength: 2 }),
    })
    .map(({ put, remove }) => ({ put, remove: remove.filter((uri) => put.every((p) => p.uri !== uri)) })),
  { minLength: 1, maxLength: 6 },
);

/** Documents that steps leave. */
export function finalDrafts(sequence: readonly Step[]): Draft[] {
  const left = new Map<string, Draft>();
  for (const { put, remove } of sequence) {
    for (const uri of remove) left.delete(uri);
    for (const one of put) left.set(one.uri, one);
  }
  return [...left.values()];
}
