export * from './hashed-ngrams.js';
export * from './model-endpoint.js';
export * from './openai-chat-model.js';
export * from './openai-embedder.js';
export * from './quantise.js';
export * from './static-embedder.js';
