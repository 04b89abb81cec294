import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEFAULT_LIMITS } from '../../../src/index.js';
import { GrafeoLens } from '../../../src/stores/grafeo/grafeo-lens.js';
import { openSqliteStore } from '../../../src/stores/sqlite/open-sqlite-store.js';
import { cypherLensContract } from '../../contract/cypher-lens.contract.js';

cypherLensContract('the lens over the embedded store', {
  open: async () => {
    const folder = mkdtempSync(join(tmpdir(), 'hopwise-lens-'));
    const store = await openSqliteStore({ folder, create: true });
    const lens = new GrafeoLens({ store, folder: join(folder, 'lens'), maxChars: DEFAULT_LIMITS.maxCypherChars });
    return {
      lens,
      store,
      [Symbol.asyncDispose]: async () => {
        await lens[Symbol.asyncDispose]();
        await store.close();
        rmSync(folder, { recursive: true, force: true });
      },
    };
  },
});
