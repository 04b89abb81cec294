import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { GraphStore } from '../../../src/ports/index.js';
import { openSqliteStore, type SqliteStoreOptions } from '../../../src/stores/sqlite/index.js';

/** A store in a folder of its own under the system's temporary folder. */
export interface TemporaryStore {
  readonly folder: string;
  readonly store: GraphStore;
  /** Another handle; closed by `dispose`. */
  reopen(options?: Partial<SqliteStoreOptions>): Promise<GraphStore>;
  dispose(): Promise<void>;
}

export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), 'hopwise-store-'));
}

export async function openTemporary(options: Partial<SqliteStoreOptions> = {}): Promise<TemporaryStore> {
  const folder = temporaryFolder();
  const store = await openSqliteStore({ folder, create: true, ...options });
  const handles = [store];
  return {
    folder,
    store,
    async reopen(more = {}) {
      const handle = await openSqliteStore({ folder, ...more });
      handles.push(handle);
      return handle;
    },
    async dispose() {
      for (const handle of handles) await handle.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
