/** Loading a graph through the adapter, beside a plain loader of the same rows. */
import type { WriteBatch } from '../../src/ports/index.js';
import type { Neo4jStore } from '../../src/stores/neo4j/neo4j-store.js';
import { loadPlainly, plainRows } from './plain-loader.js';
import { serverCpuSeconds } from './server-cpu.js';

export interface LoadFigures {
  readonly nodes: number;
  readonly relationships: number;
  /** Seconds, the better of the rounds. */
  readonly adapterSeconds: number;
  readonly plainSeconds: number;
  /** Of this process, the least of the rounds. */
  readonly adapterCpuSeconds: number;
  readonly plainCpuSeconds: number;
  /** Of the server, likewise; undefined where it does not tell. */
  readonly adapterServerCpuSeconds: number | undefined;
  readonly plainServerCpuSeconds: number | undefined;
}

export interface LoadOptions {
  /** Name of the adapter's collection. */
  readonly collection: string;
  /** Times that both load everything; the better counts. The loader that begins changes with each. */
  readonly rounds: number;
  /** Share of the batches that both load first, for the server's compiler and the driver's. */
  readonly warmShare: number;
}

const PLAIN = 'bench-plain';
/** A graph is removed in one statement; milliseconds. */
const REMOVE_MS = 600_000;

const REMOVE = `
MATCH (n) WHERE n.collection = $collection OR (n:CollectionState OR n:Collection) AND n.name = $collection
CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS`;

interface Cost {
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly serverCpuSeconds: number | undefined;
}

async function costOf(store: Neo4jStore, work: () => Promise<void>): Promise<Cost> {
  const before = await serverCpuSeconds(store.connection);
  const started = performance.now();
  const cpu = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(cpu);
  const seconds = (performance.now() - started) / 1e3;
  const after = await serverCpuSeconds(store.connection);
  const serverCpu = before === undefined || after === undefined ? undefined : after - before;
  return { seconds, cpuSeconds: (user + system) / 1e6, serverCpuSeconds: serverCpu };
}

async function remove(store: Neo4jStore, collection: string): Promise<void> {
  await using session = store.connection.session('WRITE');
  await session.run(REMOVE, { collection }, { timeout: REMOVE_MS });
}

/** Loads the batches in turns with both; leaves the adapter's collection. */
export async function measureLoad(
  store: Neo4jStore,
  embedder: { readonly id: string; readonly dimensions: number },
  batches: readonly WriteBatch[],
  { collection, rounds, warmShare }: LoadOptions,
): Promise<LoadFigures> {
  const adapter = async (some: readonly WriteBatch[]): Promise<Cost> => {
    await using lease = await store.acquireWriter({ waitMs: 30_000 });
    if ((await store.collection(collection)) !== undefined) await lease.deleteCollection(collection);
    await lease.createCollection(collection, embedder);
    return await costOf(store, async () => {
      for (const batch of some) await lease.commit(collection, batch);
    });
  };
  const plain = async (some: readonly WriteBatch[]): Promise<Cost> => {
    const cost = await costOf(store, () =>
      loadPlainly(store.connection, PLAIN, plainRows(PLAIN, embedder.dimensions, some)),
    );
    await remove(store, PLAIN);
    return cost;
  };
  await remove(store, PLAIN);
  const warm = batches.slice(0, Math.ceil(batches.length * warmShare));
  if (warm.length > 0) {
    await plain(warm);
    await adapter(warm);
  }
  const ours: Cost[] = [];
  const byHand: Cost[] = [];
  for (let round = 0; round < rounds; round++) {
    if (round % 2 === 1) byHand.push(await plain(batches));
    ours.push(await adapter(batches));
    if (round % 2 === 0) byHand.push(await plain(batches));
  }
  const counts = await store.connection.run(
    'READ',
    `MATCH (n) WHERE n.collection = $collection
     RETURN count(n) AS nodes, sum(COUNT { (n)-[]->() }) AS relationships`,
    { collection },
  );
  const [a, p] = [least(ours), least(byHand)];
  return {
    nodes: Number(counts.records[0]?.get('nodes')),
    relationships: Number(counts.records[0]?.get('relationships')),
    adapterSeconds: a.seconds,
    plainSeconds: p.seconds,
    adapterCpuSeconds: a.cpuSeconds,
    plainCpuSeconds: p.cpuSeconds,
    adapterServerCpuSeconds: a.serverCpuSeconds,
    plainServerCpuSeconds: p.serverCpuSeconds,
  };
}

function least(costs: readonly Cost[]): Cost {
  const of = (list: readonly number[]): number => Math.min(...list);
  const servers = costs.flatMap(({ serverCpuSeconds: one }) => (one === undefined ? [] : [one]));
  return {
    seconds: of(costs.map(({ seconds }) => seconds)),
    cpuSeconds: of(costs.map(({ cpuSeconds }) => cpuSeconds)),
    serverCpuSeconds: servers.length === 0 ? undefined : of(servers),
  };
}
