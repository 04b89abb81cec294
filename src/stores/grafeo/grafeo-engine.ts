/** The package, loaded in the child only: a fault in its native code ends the child and nothing else. */
import { createRequire } from 'node:module';
import type * as Grafeo from '@grafeo-db/js';

export type GrafeoDatabase = Grafeo.GrafeoDB;
export type GrafeoRows = Grafeo.QueryResult;

/** @throws when the platform has no binary */
export function loadGrafeo(): typeof Grafeo.GrafeoDB {
  const load = createRequire(import.meta.url);
  return (load('@grafeo-db/js') as typeof Grafeo).GrafeoDB;
}
