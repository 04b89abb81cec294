/**
 * Retrieval with the store as source: candidates and neighbourhoods are read from it, and the same scorer ranks them. The
 * ranking is run on what was read; what it went on from is noted, its neighbourhood read, and the ranking run again, until
 * it goes on from nothing new.
 */
import type { Embedder } from '../../src/ports/index.js';
import type { PassageSearch, SearchProgress, SearchScope, SearchView } from '../../src/ports/passage-search.js';
import type { PartialIndex } from '../../src/search/partial-index.js';
import type { Ranker } from '../retrieve/ranker.js';
import { type RetrieveOptions, retrieve } from '../retrieve/retrieve.js';
import type { Retrieval } from '../types.js';
import { NEIGHBOURHOOD, type NeighbourhoodLimits, NeighbourhoodReader } from './neighbourhood-reader.js';
import { lookUpQuestion } from './question-lookups.js';
import { RememberingEmbedder } from './remembering-embedder.js';

/** Best passages whose documents and links are read too, for the walk of an answer. */
const ANSWERING = 10;

/** Times that a commit meanwhile makes us start again. */
const ATTEMPTS = 3;

export interface StoreSource {
  readonly search: PassageSearch;
  readonly embedder: Embedder;
  readonly ranker: Ranker;
  /** Milliseconds of a monotonic clock, for `timings`. */
  readonly now: () => number;
  readonly neighbourhood?: NeighbourhoodLimits | undefined;
}

export interface StoreQuestion extends Pick<RetrieveOptions, 'k' | 'signal'> {
  readonly collection: string;
  readonly question: string;
  readonly scope?: SearchScope | undefined;
  readonly onProgress?: ((progress: SearchProgress) => void) | undefined;
  /** What an answer may walk to is read too. Default false. */
  readonly answering?: boolean | undefined;
}

export interface StoreRetrieval {
  readonly index: PartialIndex;
  readonly retrieval: Retrieval;
}

export async function retrieveFromStore(source: StoreSource, asked: StoreQuestion): Promise<StoreRetrieval> {
  const { signal, scope, onProgress } = asked;
  for (let attempt = 1; ; attempt++) {
    await using view = await source.search.view(asked.collection, { signal, scope, onProgress });
    const ranked = await rankInView(source, view, asked);
    // Where writers never rest, the last answer is as good as any; what it cites is checked when it is read.
    if (attempt === ATTEMPTS || (await view.settled())) return ranked;
  }
}

async function rankInView(source: StoreSource, view: SearchView, asked: StoreQuestion): Promise<StoreRetrieval> {
  const { ranker, now, neighbourhood = NEIGHBOURHOOD } = source;
  const { question, k, signal } = asked;
  const started = now();
  const embedder = new RememberingEmbedder(source.embedder);
  const lookups = await lookUpQuestion(view, question);
  const reader = new NeighbourhoodReader(view, lookups, neighbourhood);
  const vector = await embedder.question(lookups.analysis, signal);
  await reader.start(vector);
  for (let expansions = 0; ; expansions++) {
    signal?.throwIfAborted();
    const index = await reader.index();
    const retrieval = await retrieve({ index, embedder, ranker, now }, question, { k, signal });
    const best = asked.answering === true ? retrieval.hits.slice(0, ANSWERING) : [];
    const from = [...index.visits, ...best.map(({ passage }) => index.passages[passage]!)];
    if (expansions < neighbourhood.expansions && (await reader.expand(from))) continue;
    const { embed = 0, rank = 0 } = retrieval.timings;
    const timings = { embed, read: now() - started - embed - rank, rank };
    return { index, retrieval: { ...retrieval, timings } };
  }
}
