export * from './hashed-ngrams.js';
export * from './quantise.js';
export * from './static-embedder.js';
