/** From a question to what the store holds on it, at one generation. */
import { StoreError } from '../../src/errors.js';
import type { RetrievalIndex } from '../../src/index/retrieval-index.js';
import { allowedPassages } from '../filter.js';
import type { QueryContext } from '../query-context.js';
import { retrieve } from '../retrieve/retrieve.js';
import { retrieveFromStore } from '../store-search/retrieve-from-store.js';
import { scopeOf } from '../store-search/scope-of.js';
import { chooseSource, type SourceOptions } from '../store-search/source.js';
import type { Filter, Retrieval } from '../types.js';
import { analyseQuestion } from './analyse-question.js';
import { buildEvidence, type Evidence, type HitRecord, readHits } from './evidence.js';
import { walkBridges } from './walk-bridges.js';

/** Times that a vanished passage makes us start again with the newer index. */
const ATTEMPTS = 3;
/** Embedders whose similarities the abstention model was fitted with: scales differ from model to model. */
const CALIBRATED = 'static-';

export interface GatherOptions extends SourceOptions {
  readonly collection: string;
  readonly k: number;
  readonly filter?: Filter | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What a question is ranked on, and how it is. */
interface Ranked {
  readonly index: RetrievalIndex;
  readonly allowed: Uint8Array | undefined;
  readonly retrieval: Retrieval;
}

interface Gathered extends Ranked {
  readonly records: readonly HitRecord[];
}

async function rankOnce(
  context: QueryContext,
  question: string,
  options: GatherOptions,
  answering: boolean,
): Promise<Ranked> {
  const { store, embedder, ranker, now } = context;
  const { collection, k, filter, signal, source, onProgress } = options;
  const { search, known } = await chooseSource(context, collection, source);
  if (search !== undefined) {
    const scope = await scopeOf(store, collection, filter);
    const asked = { collection, question, k, scope, signal, answering, onProgress };
    return { allowed: undefined, ...(await retrieveFromStore({ search, embedder, ranker, now }, asked)) };
  }
  const index = await context.index.current(collection, { known });
  const allowed = await allowedPassages(store, index, collection, filter);
  const retrieval = await retrieve({ index, embedder, ranker, now }, question, { k, allowed, signal });
  return { index, allowed, retrieval };
}

/** One attempt; undefined when a writer took a passage away between index and store. */
async function gatherOnce(
  context: QueryContext,
  question: string,
  options: GatherOptions,
  answering = false,
): Promise<Gathered | undefined> {
  const { store, embedder } = context;
  const { collection } = options;
  const { index, allowed, retrieval } = await rankOnce(context, question, options, answering);
  const records = await readHits({ store, collection, generation: index.generation }, retrieval.hits);
  if (records === undefined) return undefined;
  if (!embedder.id.startsWith(CALIBRATED)) return { index, allowed, retrieval, records };
  const measured = records.map((item) => ({
    ...item,
    similarity: index.similarity(retrieval.vector, item.hit.passage),
  }));
  return { index, allowed, retrieval, records: measured };
}

/** Tries until all that is read belongs to one generation. */
async function untilStable<T>(
  { collection, signal }: GatherOptions,
  attempt: () => Promise<T | undefined>,
): Promise<T> {
  for (let i = 0; i < ATTEMPTS; i++) {
    signal?.throwIfAborted();
    const found = await attempt();
    if (found !== undefined) return found;
  }
  throw new StoreError('COLLECTION_BUSY', `Collection "${collection}" changed ${ATTEMPTS} times while it was read`, {
    remedy: 'Ask again when the running ingest is done.',
  });
}

/**
 * Ranked passages with their records.
 * @throws StoreError when the collection changes faster than it can be read
 */
export function gatherHits(
  context: QueryContext,
  question: string,
  options: GatherOptions,
): Promise<Pick<Gathered, 'retrieval' | 'records'>> {
  return untilStable(options, () => gatherOnce(context, question, options));
}

/**
 * Analyses the question and gathers its evidence: what is ranked best, and what the bridges of the question lead to.
 * @throws StoreError when the collection changes faster than it can be read
 */
export function gatherEvidence(context: QueryContext, question: string, options: GatherOptions): Promise<Evidence> {
  const { store } = context;
  const { collection } = options;
  return untilStable(options, async () => {
    const gathered = await gatherOnce(context, question, options, true);
    if (gathered === undefined) return undefined;
    const { index, allowed, retrieval, records } = gathered;
    const analysis = await analyseQuestion(question, retrieval.entities);
    const evidence = buildEvidence(analysis, retrieval, records);
    return walkBridges({ store, collection, generation: index.generation, index, allowed }, evidence, records);
  });
}
