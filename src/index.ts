export * from './cypher/cypher-values.js';
export * from './errors.js';
export * from './limits.js';
export type * from './ports/index.js';
