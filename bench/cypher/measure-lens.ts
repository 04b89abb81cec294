/** What the lens costs: building its graph, bringing it up to date, and statements of common shapes. */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { CypherParams, ExploreOptions, GraphStore } from '../../src/ports/index.js';
import { GrafeoLens } from '../../src/stores/grafeo/index.js';
import { LensFiles } from '../../src/stores/grafeo/lens-files.js';

export interface LensFigures {
  /** Seconds from nothing to the first row. */
  readonly buildSeconds: number;
  /** Of this process and its children, 0 where the system does not tell; other work on the machine does not change it. */
  readonly buildCpuSeconds: number;
  /** Seconds from a change of one document to the first row. */
  readonly updateSeconds: number;
  readonly updateCpuSeconds: number;
  /** Milliseconds of the first statement of a process that finds the file. */
  readonly coldMs: number;
  readonly fileMb: number;
  /** Median milliseconds to the last row, by what is asked, in a warm child. */
  readonly statements: Readonly<Record<string, number>>;
}

const OPTIONS: ExploreOptions = { rows: 1_000, timeoutMs: 30_000, memoryMb: 2_048 };
const SEEDS = 50;
const ONE = 'MATCH (c:Collection) RETURN c.documents';

/** Each is asked for each of 50 entities, in the middle of the order by mentions. */
const STATEMENTS: Readonly<Record<string, string>> = {
  'entity by key': 'MATCH (e:Entity {key: $key}) RETURN e',
  'facts of an entity': 'MATCH (e:Entity {key: $key})-[r]->(o) RETURN e, r, o',
  'named together': `MATCH (e:Entity {key: $key})<-[:MENTIONS]-(p:Passage)-[:MENTIONS]->(o:Entity)
    WHERE o.key <> e.key WITH o, count(DISTINCT p) AS n RETURN o.name, n ORDER BY n DESC, o.key LIMIT 20`,
  'path of at most 4': `MATCH (a:Entity {key: $key}), (b:Entity {key: $other})
    MATCH p = shortestPath((a)-[*..4]-(b)) RETURN p`,
  'all entities by count': 'MATCH (e:Entity) RETURN e.name, e.mentions ORDER BY e.mentions DESC, e.key LIMIT 10',
};

/**
 * @param change makes one small document more in the collection
 * @param now milliseconds, monotonic
 */
export async function measureLens(
  { store, folder, collection }: { readonly store: GraphStore; readonly folder: string; readonly collection: string },
  change: () => Promise<void>,
  now: () => number,
): Promise<LensFigures> {
  const made = (): GrafeoLens => new GrafeoLens({ store, folder, maxChars: 20_000 });
  const files = new LensFiles(folder, collection);
  files.discard();
  const timed = async (lens: GrafeoLens, cypher: string, params: CypherParams = {}): Promise<number> => {
    const started = now();
    await using result = await lens.explore(collection, cypher, params, OPTIONS);
    for await (const _ of result.rows);
    return now() - started;
  };
  await using lens = made();
  const started = cpuSeconds();
  const build = await timed(lens, ONE);
  const built = cpuSeconds();
  await change();
  const changed = cpuSeconds();
  const update = await timed(lens, ONE);
  const updated = cpuSeconds();
  await using another = made();
  const coldMs = await timed(another, ONE);
  const keys = await seeds(lens, collection);
  const statements: Record<string, number> = {};
  for (const [name, statement] of Object.entries(STATEMENTS)) {
    const times: number[] = [];
    for (const [i, key] of keys.entries())
      times.push(await timed(lens, statement, { key, other: keys[(i + 1) % keys.length] ?? key }));
    statements[name] = median(times);
  }
  const generation = files.newest()?.generation ?? 0;
  const fileMb = statSync(join(files.graph(generation))).size / 2 ** 20;
  return {
    buildSeconds: build / 1000,
    buildCpuSeconds: built - started,
    updateSeconds: update / 1000,
    updateCpuSeconds: updated - changed,
    coldMs,
    fileMb,
    statements,
  };
}

const TICKS_A_SECOND = 100;

/** CPU seconds of this process and of its children that have ended. */
function cpuSeconds(): number {
  if (process.platform !== 'linux') return 0;
  const fields = readFileSync('/proc/self/stat', 'latin1').split(') ')[1]?.split(' ') ?? [];
  // utime, stime, cutime, cstime: https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
  return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0) / TICKS_A_SECOND;
}

async function seeds(lens: GrafeoLens, collection: string): Promise<string[]> {
  const cypher = 'MATCH (e:Entity) WHERE e.passages >= 5 AND e.passages <= 50 RETURN e.key ORDER BY e.key';
  await using result = await lens.explore(collection, cypher, {}, { ...OPTIONS, rows: 100_000 });
  const keys: string[] = [];
  for await (const [key] of result.rows) if (typeof key === 'string') keys.push(key);
  const step = Math.max(1, Math.floor(keys.length / SEEDS));
  return keys.filter((_, i) => i % step === 0).slice(0, SEEDS);
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
