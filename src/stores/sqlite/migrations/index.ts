import { initial } from './001-initial.js';
import { folded } from './002-folded.js';
import { claims } from './003-claims.js';

/** Migration n (from 1) raises the schema from version n - 1 to n. Never edit one that was released: add another. */
export const MIGRATIONS: readonly string[] = [initial, folded, claims];
