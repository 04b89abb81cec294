/** What the storeys below are given of the services: ports and effects by use, the heavy ones only where they are needed. */
import type { Services } from './compose.js';

/** For deleting and re-embedding, which extract nothing. */
export async function editContext({ store, index, limits, embedder }: Services) {
  return { store, index, limits, embedder: await embedder() };
}

/** For ingesting. */
export async function ingestContext(services: Services) {
  return { ...(await editContext(services)), clock: services.clock, extractor: await services.extractor() };
}

/** For asking and searching. */
export async function queryContext({ store, index, search, limits, chat, embedder, ranker }: Services) {
  return {
    store,
    index,
    search,
    limits,
    now: () => performance.now(),
    embedder: await embedder(),
    ranker: await ranker(),
    ...(chat === undefined ? {} : { chat }),
  };
}
