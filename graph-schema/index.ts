export * from './contribution.js';
export * from './document.js';
export * from './identity.js';
export * from './labels.js';
export * from './property-graph.js';
export * from './relation-types.js';
