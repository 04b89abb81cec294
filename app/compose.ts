/** The only file that makes adapters: it joins ports and their implementations by the settings. */
import { createExtractor, type Extractor } from '../ingest/index.js';
import { loadRanker, type Ranker } from '../queries/index.js';
import { IndexCache } from '../src/index/index-cache.js';
import type { ChatModel, CypherLens, Embedder, GraphStore, Limits, PassageSearch } from '../src/index.js';
import { loadStaticEmbedder } from '../src/models/index.js';
import { openSqliteStore } from '../src/stores/sqlite/open-sqlite-store.js';
import { SqlitePassageSearch } from '../src/stores/sqlite/search/sqlite-passage-search.js';
import type { CypherEngine } from './options.js';
import type { Settings } from './settings.js';

/** Everything a door needs; heavy parts are made on first use. */
export interface Services extends AsyncDisposable {
  readonly settings: Settings;
  readonly limits: Limits;
  readonly clock: () => Date;
  readonly store: GraphStore;
  readonly index: IndexCache;
  /** Search inside the store, for what is too large for the index. */
  readonly search: PassageSearch;
  embedder(): Promise<Embedder>;
  ranker(): Promise<Ranker>;
  extractor(): Promise<Extractor>;
  /** Undefined when no model is configured. */
  readonly chat: ChatModel | undefined;
  /** Runs read-only Cypher: the store itself where it can, else, or when asked for, the lens. */
  cypher(engine: CypherEngine): Promise<CypherLens>;
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

// The client library is loaded only where an endpoint is configured: it would double the start-up time of `ask`.
async function makeEmbedder(endpoint: Settings['embedder']): Promise<Embedder> {
  if (endpoint === undefined) return loadStaticEmbedder();
  const { OpenAiEmbedder } = await import('../src/models/openai-embedder.js');
  return new OpenAiEmbedder(endpoint);
}

async function makeChat(endpoint: Settings['llm']): Promise<ChatModel | undefined> {
  if (endpoint === undefined) return undefined;
  const { OpenAiChatModel } = await import('../src/models/openai-chat-model.js');
  return new OpenAiChatModel(endpoint);
}

/** The lens, loaded with its first statement: no other command pays for it. */
function lazyLens(store: GraphStore, folder: string, limits: Limits) {
  let made: Promise<CypherLens> | undefined;
  const make = async (): Promise<CypherLens> => {
    const { GrafeoLens } = await import('../src/stores/grafeo/index.js');
    return new GrafeoLens({ store, folder, maxChars: limits.maxCypherChars });
  };
  return {
    get: () => {
      made ??= make();
      return made;
    },
    [Symbol.asyncDispose]: async () => (await made)?.[Symbol.asyncDispose](),
  };
}

/** Opens the store of the settings; `create` makes it when it does not exist. */
export async function compose(settings: Settings, options: { readonly create: boolean }): Promise<Services> {
  const store = await openSqliteStore({ folder: settings.store, create: options.create });
  const index = new IndexCache(store, settings.store);
  const search = new SqlitePassageSearch(settings.store);
  const lens = lazyLens(store, settings.store, settings.limits);
  return {
    settings,
    limits: settings.limits,
    clock: () => new Date(),
    store,
    index,
    search,
    embedder: once(() => makeEmbedder(settings.embedder)),
    ranker: once(loadRanker),
    extractor: once(async () => createExtractor()),
    chat: await makeChat(settings.llm),
    cypher: () => lens.get(),
    [Symbol.asyncDispose]: async () => {
      await lens[Symbol.asyncDispose]();
      index[Symbol.dispose]();
      await search[Symbol.asyncDispose]();
      await store.close();
    },
  };
}
