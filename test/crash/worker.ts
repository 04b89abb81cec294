/**
 * The process that is killed. Arguments: store folder, corpus folder, what to do (`ingest`, or `delete` with uris).
 * Says `ready` when all is loaded, begins at the parent's `go`, says `done` at the end.
 */
import { once } from 'node:events';
import { deleteDocuments } from '../../ingest/index.js';
import { COLLECTION, ingestCorpus, openContext } from './workshop.js';

const [, , storeFolder, corpus, action, ...uris] = process.argv;
const context = await openContext(storeFolder!);
process.send?.('ready');
await once(process, 'message');
if (action === 'delete') {
  const left: string[] = [];
  for (const uri of uris) if ((await context.store.documentByUri(COLLECTION, uri)) !== undefined) left.push(uri);
  await deleteDocuments(context, COLLECTION, left, { batchDocuments: 2 });
} else await ingestCorpus(context, corpus!);
await context.store.close();
process.send?.('done');
process.disconnect();
