/** The only file that makes adapters: it joins ports and their implementations by the settings. */
import { createExtractor, type Extractor } from '../ingest/index.js';
import { loadRanker, type Ranker } from '../queries/index.js';
import { IndexCache } from '../src/index/index-cache.js';
import type { ChatModel, Embedder, GraphStore, Limits } from '../src/index.js';
import { loadStaticEmbedder, OpenAiChatModel, OpenAiEmbedder } from '../src/models/index.js';
import { openSqliteStore } from '../src/stores/sqlite/open-sqlite-store.js';
import type { Settings } from './settings.js';

/** Everything a door needs; heavy parts are made on first use. */
export interface Services extends AsyncDisposable {
  readonly settings: Settings;
  readonly limits: Limits;
  readonly clock: () => Date;
  readonly store: GraphStore;
  readonly index: IndexCache;
  embedder(): Promise<Embedder>;
  ranker(): Promise<Ranker>;
  extractor(): Promise<Extractor>;
  /** Undefined when no model is configured. */
  readonly chat: ChatModel | undefined;
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

/** Opens the store of the settings; `create` makes it when it does not exist. */
export async function compose(settings: Settings, options: { readonly create: boolean }): Promise<Services> {
  const store = await openSqliteStore({ folder: settings.store, create: options.create });
  const { embedder, llm } = settings;
  return {
    settings,
    limits: settings.limits,
    clock: () => new Date(),
    store,
    index: new IndexCache(store, settings.store),
    embedder: once(async () => (embedder === undefined ? loadStaticEmbedder() : new OpenAiEmbedder(embedder))),
    ranker: once(loadRanker),
    extractor: once(async () => createExtractor()),
    chat: llm === undefined ? undefined : new OpenAiChatModel(llm),
    [Symbol.asyncDispose]: () => store.close(),
  };
}
