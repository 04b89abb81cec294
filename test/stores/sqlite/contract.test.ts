import { graphStoreContract } from '../../contract/graph-store.contract.js';
import { openTemporary } from './temporary-store.js';

graphStoreContract('sqlite', async () => {
  const temporary = await openTemporary();
  return { store: temporary.store, reopen: () => temporary.reopen(), dispose: () => temporary.dispose() };
});
