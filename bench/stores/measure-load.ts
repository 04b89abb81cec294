/** Loading a graph through the adapter, beside a plain loader of the same rows. */
import type { WriteBatch } from '../../src/ports/index.js';
import type { Neo4jStore } from '../../src/stores/neo4j/neo4j-store.js';
import { loadPlainly, plainRows } from './plain-loader.js';

export interface LoadFigures {
  readonly nodes: number;
  readonly relationships: number;
  /** Seconds, the better of the rounds. */
  readonly adapterSeconds: number;
  readonly plainSeconds: number;
  /** Of this process, in the same rounds; the rest is the server's. */
  readonly adapterCpuSeconds: number;
  readonly plainCpuSeconds: number;
}

export const LOADED = 'bench-loaded';
const PLAIN = 'bench-plain';
const ROUNDS = 2;
/** Share of the batches that both load first, for the server's compiler and the driver's. */
const WARM_SHARE = 0.2;

const REMOVE = `
MATCH (n) WHERE n.collection = $collection OR (n:CollectionState OR n:Collection) AND n.name = $collection
CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS`;

interface Cost {
  readonly seconds: number;
  readonly cpuSeconds: number;
}

async function costOf(work: () => Promise<void>): Promise<Cost> {
  const started = performance.now();
  const cpu = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(cpu);
  return { seconds: (performance.now() - started) / 1e3, cpuSeconds: (user + system) / 1e6 };
}

async function remove(store: Neo4jStore, collection: string): Promise<void> {
  await using session = store.connection.session('WRITE');
  await session.run(REMOVE, { collection });
}

/** Loads the batches in turns with both; leaves the adapter's collection `LOADED`. */
export async function measureLoad(
  store: Neo4jStore,
  embedder: { readonly id: string; readonly dimensions: number },
  batches: readonly WriteBatch[],
): Promise<LoadFigures> {
  const adapter = async (some: readonly WriteBatch[]): Promise<Cost> => {
    await using lease = await store.acquireWriter({ waitMs: 30_000 });
    if ((await store.collection(LOADED)) !== undefined) await lease.deleteCollection(LOADED);
    await lease.createCollection(LOADED, embedder);
    return await costOf(async () => {
      for (const batch of some) await lease.commit(LOADED, batch);
    });
  };
  const plain = async (some: readonly WriteBatch[]): Promise<Cost> => {
    await remove(store, PLAIN);
    return costOf(() => loadPlainly(store.connection, PLAIN, plainRows(PLAIN, embedder.dimensions, some)));
  };
  const warm = batches.slice(0, Math.ceil(batches.length * WARM_SHARE));
  await plain(warm);
  await adapter(warm);
  const costs: { readonly adapter: Cost; readonly plain: Cost }[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const byHand = await plain(batches);
    await remove(store, PLAIN);
    costs.push({ plain: byHand, adapter: await adapter(batches) });
  }
  const best = (of: (cost: (typeof costs)[number]) => number): number => Math.min(...costs.map(of));
  const counts = await store.connection.run(
    'READ',
    `MATCH (n) WHERE n.collection = $collection
     RETURN count(n) AS nodes, sum(COUNT { (n)-[]->() }) AS relationships`,
    { collection: LOADED },
  );
  return {
    nodes: Number(counts.records[0]?.get('nodes')),
    relationships: Number(counts.records[0]?.get('relationships')),
    adapterSeconds: best(({ adapter }) => adapter.seconds),
    plainSeconds: best(({ plain }) => plain.seconds),
    adapterCpuSeconds: best(({ adapter }) => adapter.cpuSeconds),
    plainCpuSeconds: best(({ plain }) => plain.cpuSeconds),
  };
}
