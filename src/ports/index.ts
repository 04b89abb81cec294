export type * from './chat-model.js';
export type * from './cypher-lens.js';
export type * from './embedder.js';
export type * from './graph-store.js';
export type * from './passage-search.js';
export type * from './retry-event.js';
