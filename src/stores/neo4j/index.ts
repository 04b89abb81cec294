export * from './open-neo4j-store.js';
