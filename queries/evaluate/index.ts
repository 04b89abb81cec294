export * from './bootstrap.js';
export * from './ranking-metrics.js';
export * from './seeded-random.js';
