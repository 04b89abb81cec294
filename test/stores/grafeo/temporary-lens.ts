import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CypherLens, CypherValue, ExploreOptions, GraphStore } from '../../../src/ports/index.js';
import { GrafeoLens, type GrafeoLensOptions } from '../../../src/stores/grafeo/index.js';
import { openSqliteStore } from '../../../src/stores/sqlite/index.js';

export const OPTIONS: ExploreOptions = { rows: 1_000, timeoutMs: 20_000, memoryMb: 512 };

export interface TemporaryLens extends AsyncDisposable {
  readonly folder: string;
  readonly store: GraphStore;
  readonly lens: GrafeoLens;
  /** Another lens on the same store and files, as another process has it; closed with this. */
  another(options?: Partial<GrafeoLensOptions>): GrafeoLens;
}

/** A blank embedded store with a lens on it. */
export async function temporaryLens(options: Partial<GrafeoLensOptions> = {}): Promise<TemporaryLens> {
  const folder = mkdtempSync(join(tmpdir(), 'hopwise-lens-'));
  const store = await openSqliteStore({ folder, create: true });
  const lenses: GrafeoLens[] = [];
  const another = (more: Partial<GrafeoLensOptions> = {}): GrafeoLens => {
    const lens = new GrafeoLens({ store, folder, maxChars: 20_000, ...options, ...more });
    lenses.push(lens);
    return lens;
  };
  return {
    folder,
    store,
    lens: another(),
    another,
    [Symbol.asyncDispose]: async () => {
      for (const lens of lenses) await lens[Symbol.asyncDispose]();
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** All rows of a statement on the collection `c`. */
export async function rowsOf(
  lens: CypherLens,
  cypher: string,
  params = {},
  options: Partial<ExploreOptions> = {},
): Promise<(readonly CypherValue[])[]> {
  const rows: (readonly CypherValue[])[] = [];
  await using result = await lens.explore('c', cypher, params, { ...OPTIONS, ...options });
  for await (const row of result.rows) rows.push(row);
  return rows;
}
