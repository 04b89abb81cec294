/** The package, loaded in the child only: a fault in its native code ends the child and nothing else. */
import { createRequire } from 'node:module';
import type * as Grafeo from '@grafeo-db/js';

export type GrafeoDatabase = Grafeo.GrafeoDB;
export type GrafeoRows = Grafeo.QueryResult;

/** Names the folder that the engine uses instead of the system's temporary one; spill-folder.ts says why. */
export const SPILL_VARIABLE = 'HOPWISE_LENS_SPILL';

/** @throws when the platform has no binary */
export function loadGrafeo(): typeof Grafeo.GrafeoDB {
  const spill = process.env[SPILL_VARIABLE];
  // Here and not by the parent: what else runs in the child keeps the system's.
  if (spill !== undefined) for (const name of ['TMPDIR', 'TMP', 'TEMP']) process.env[name] = spill;
  const load = createRequire(import.meta.url);
  return (load('@grafeo-db/js') as typeof Grafeo).GrafeoDB;
}
