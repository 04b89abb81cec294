/** What another collection's ids, uris and keys are tried with. */
import type { GraphStore, WriterLease } from '../../src/ports/index.js';
import { all } from './opened-store.js';

/** Every method that takes a collection which must exist: the compiler misses one that is added and not tried below. */
export type TenantMethod =
  | Exclude<
      {
        [K in keyof GraphStore]: GraphStore[K] extends (collection: string, ...rest: never[]) => unknown ? K : never;
      }[keyof GraphStore],
      'collection' | 'collections' | 'backup' | 'check' | 'close' | symbol
    >
  | Exclude<keyof WriterLease, 'createCollection' | 'release' | symbol>;

/** What must be read in one collection when the ids, uris and keys of another are guessed. */
export type Guesses = Record<
  Exclude<
    TenantMethod,
    'generation' | 'changes' | 'documents' | 'entities' | 'unstaged' | 'export' | keyof WriterLease
  >,
  (store: GraphStore) => Promise<unknown>
>;

export interface Guessed {
  readonly document: string;
  readonly passage: string;
  readonly uri: string;
  readonly source: string;
  readonly key: string;
}

/** Calls of every method that reads what is named, on the collection `c`. */
export function guesses({ document, passage, uri, source, key }: Guessed): Guesses {
  return {
    stamps: (s) => s.stamps('c', -1),
    mentionsSince: async (s) => all((await s.mentionsSince('c', -1)).passages),
    document: (s) => s.document('c', document),
    documentByUri: (s) => s.documentByUri('c', uri),
    documentRecords: (s) => s.documentRecords('c', [document]),
    passagesOf: (s) => s.passagesOf('c', document),
    passages: (s) => s.passages('c', [passage]),
    mentionsOf: (s) => s.mentionsOf('c', passage),
    mentionsOfEach: (s) => s.mentionsOfEach('c', [passage]),
    evidence: async (s) =>
      Object.values(await s.evidence('c', { passages: [passage], documents: [document], generation: 1 })).flat(),
    entity: (s) => s.entity('c', key),
    entitiesOf: (s) => s.entitiesOf('c', [key]),
    relationsOf: (s) => s.relationsOf('c', [key], 10),
    neighbours: async (s) => [...(await s.neighbours('c', [key], 10)).values()],
    passagesMentioning: (s) => s.passagesMentioning('c', [[key], ['both', key]], 10),
    failures: (s) => s.failures('c'),
    source: (s) => s.source('c', source),
    sources: (s) => s.sources('c', { limit: 10, after: source.slice(0, 1) }),
    documentsOfSource: (s) => s.documentsOfSource('c', source),
    storedSources: async (s) => (await s.storedSources('c', [source])).map((found) => ({ ...found, uri: '' })),
    // Claims are of a collection too: theirs bars nobody here.
    claimSources: async (s) => {
      const claimed = await s.claimSources('c', [source], { holder: `c of ${source}`, ttlMs: 60_000 });
      return claimed.length;
    },
    releaseSources: (s) => s.releaseSources('c', 'theirs'),
  };
}
