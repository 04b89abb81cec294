/** The only file that makes adapters: it joins ports and their implementations by the settings. */
import { createExtractor, type Extractor } from '../ingest/index.js';
import { loadRanker, type Ranker } from '../queries/index.js';
import { IndexCache } from '../src/index/index-cache.js';
import type { ChatModel, CypherLens, Embedder, GraphStore, Limits, PassageSearch } from '../src/index.js';
import { makeFolder } from '../src/make-folder.js';
import { loadStaticEmbedder } from '../src/models/index.js';
import { isNeo4jUri } from '../src/neo4j-uri.js';
import { LensFiles } from '../src/stores/grafeo/lens-files.js';
import type { Neo4jOptions } from '../src/stores/neo4j/connect.js';
import { openSqliteStore } from '../src/stores/sqlite/open-sqlite-store.js';
import { SqlitePassageSearch } from '../src/stores/sqlite/search/sqlite-passage-search.js';
import { cacheFolder } from './cache-folder.js';
import type { CypherEngine } from './options.js';
import type { Settings } from './settings.js';
import { StoreLog } from './store-log.js';

/** Everything a door needs; heavy parts are made on first use. */
export interface Services extends AsyncDisposable {
  readonly settings: Settings;
  readonly limits: Limits;
  readonly clock: () => Date;
  readonly store: GraphStore;
  /** For what is derived from the store: indexes, the lens, the names of folders. */
  readonly folder: string;
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
  /** Removes what the lens derived of a collection from the disk; it is built again when it is asked for. */
  forgetLens(collection: string): void;
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

/** The store, what goes with its kind, and the folder for what is derived from it. */
interface OpenedStore {
  readonly store: GraphStore;
  readonly folder: string;
  readonly search: PassageSearch;
  /** Runs Cypher itself; absent where only the lens can. */
  readonly cypher?: CypherLens;
}

function openStore(settings: Settings, create: boolean): Promise<OpenedStore> {
  return isNeo4jUri(settings.store) ? openNeo4j(settings) : openFolder(settings.store, create);
}

async function openFolder(folder: string, create: boolean): Promise<OpenedStore> {
  return { store: await openSqliteStore({ folder, create }), folder, search: new SqlitePassageSearch(folder) };
}

// The driver is loaded only where a Neo4j is the store.
async function openNeo4j({ store: uri, neo4j, cache, limits }: Settings): Promise<OpenedStore> {
  const [{ openNeo4jStore }, { Neo4jCypherLens }, { Neo4jPassageSearch }] = await Promise.all([
    import('../src/stores/neo4j/open-neo4j-store.js'),
    import('../src/stores/neo4j/cypher-lens.js'),
    import('../src/stores/neo4j/search/neo4j-passage-search.js'),
  ]);
  const log = new StoreLog(process.stderr);
  const store = await openNeo4jStore({
    uri,
    ...neo4j,
    onRetry: log.retry,
    onSchemaChange: log.change,
    keptEvidence: limits.maxKeptEvidence,
  });
  const folder = cacheFolder(cache, store.identity);
  makeFolder(folder);
  const cypher = new Neo4jCypherLens({
    connection: analystConnection(uri, neo4j),
    maxChars: limits.maxCypherChars,
  });
  return { store, folder, cypher, search: new Neo4jPassageSearch(store.connection, store) };
}

/** Statements of analysts run as a user that may only read, where one is set. */
function analystConnection(uri: string, settings: Settings['neo4j']): Neo4jOptions {
  const { analystUsername, analystPassword, ...neo4j } = settings;
  if (analystUsername === undefined) return { uri, ...neo4j };
  return { uri, ...neo4j, username: analystUsername, password: analystPassword };
}

/** Opens the store of the settings; `create` makes it when it does not exist. */
export async function compose(settings: Settings, options: { readonly create: boolean }): Promise<Services> {
  const { store, folder, search, cypher } = await openStore(settings, options.create);
  const index = new IndexCache(store, folder, { readersPersist: store.kind !== 'sqlite' });
  const lens = lazyLens(store, folder, settings.limits);
  return {
    settings,
    limits: settings.limits,
    clock: () => new Date(),
    store,
    folder,
    index,
    search,
    embedder: once(() => makeEmbedder(settings.embedder)),
    ranker: once(loadRanker),
    extractor: once(async () => createExtractor()),
    chat: await makeChat(settings.llm),
    cypher: async (engine) => (engine !== 'lens' && cypher !== undefined ? cypher : lens.get()),
    forgetLens: (collection) => new LensFiles(folder, collection).discard(),
    [Symbol.asyncDispose]: async () => {
      await lens[Symbol.asyncDispose]();
      await cypher?.[Symbol.asyncDispose]();
      index[Symbol.dispose]();
      await search[Symbol.asyncDispose]();
      await store.close();
    },
  };
}
