import { join } from 'node:path';
import { cypherDoor } from './cypher-door.js';
import { doorTenancy } from './door-tenancy.js';
import { temporaryFolder } from './temporary-folder.js';

describe('doors of the embedded store', () => {
  const folder = temporaryFolder();
  let stores = 0;
  after(() => folder.dispose());
  const blank = async () => ({ store: join(folder.path, `store-${stores++}`) });

  cypherDoor('the embedded store', blank);
  doorTenancy('the embedded store', blank);
});
