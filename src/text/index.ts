export * from './fold.js';
export * from './language.js';
export * from './question-terms.js';
export * from './sentences.js';
export * from './stem.js';
export * from './stop-words.js';
export * from './terms.js';
export * from './tokenise.js';
