import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { IndexCache } from '../../../src/index/index-cache.js';
import { useNeo4j } from '../../neo4j/shared-server.js';
import { openBlank } from '../../stores/neo4j/blank-store.js';
import { besideWriters } from './beside-writers.js';
import { openWorkbench } from './workbench.js';

describe('on one Neo4j', function () {
  this.timeout(300_000);
  const neo4j = useNeo4j();

  besideWriters(async () => {
    const opened = await openBlank(neo4j());
    const bench = await openWorkbench();
    const folders = [
      await mkdtemp(join(tmpdir(), 'hopwise-beside-')),
      await mkdtemp(join(tmpdir(), 'hopwise-beside-')),
    ];
    const limits = { ...bench.context.limits, writerWaitMs: 60_000, commitWaitMs: 60_000 };
    const [one, two] = [opened.store, await opened.reopen()];
    return {
      contexts: [
        { ...bench.context, limits, store: one, index: new IndexCache(one, folders[0]!) },
        { ...bench.context, limits, store: two, index: new IndexCache(two, folders[1]!) },
      ],
      dispose: async () => {
        await opened.dispose();
        await bench[Symbol.asyncDispose]();
        for (const folder of folders) await rm(folder, { recursive: true, force: true });
      },
    };
  });
});
