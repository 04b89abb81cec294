/** Run by a test that kills it: `lens-owner.ts STORE`, a process with a lens whose child has the graph of `c` open. */

import { GrafeoLens } from '../../../src/stores/grafeo/index.js';
import { openSqliteStore } from '../../../src/stores/sqlite/index.js';
import { rowsOf } from './temporary-lens.js';

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('usage: lens-owner.ts STORE');
const store = await openSqliteStore({ folder, create: false });
const lens = new GrafeoLens({ store, folder, maxChars: 20_000 });
await rowsOf(lens, 'MATCH (n) RETURN count(n)');
console.log('open');
setInterval(() => {}, 2 ** 30);
