export * from './contribution.js';
export * from './document.js';
export * from './identity.js';
export * from './labels.js';
