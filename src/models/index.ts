export * from './hashed-bigrams.js';
export * from './quantise.js';
export * from './static-embedder.js';
