/** Sees to it that the constraints and indexes of the migrations are there and online. */
import { StoreError } from '../../errors.js';
import type { Neo4jConnection } from './connection.js';
import type { SchemaItem } from './migrations.js';

export interface CheckSchemaOptions {
  readonly waitMs: number;
  readonly readOnly?: boolean | undefined;
  readonly onChange?: ((what: string) => void) | undefined;
}

interface IndexState {
  /** `ONLINE`, `POPULATING` or `FAILED`. */
  readonly state: string;
  readonly failure: string;
}

/**
 * Makes what is missing (someone dropped it), unless `readOnly`, and waits until all indexes are filled.
 * @throws StoreError `INDEX_MISSING`, `INDEX_OFFLINE`
 */
export async function checkSchema(
  connection: Neo4jConnection,
  items: readonly SchemaItem[],
  options: CheckSchemaOptions,
): Promise<void> {
  let states = await indexStates(connection);
  const missing = items.filter(({ name }) => !states.has(name));
  if (missing.length > 0) {
    if (options.readOnly) throw indexMissing(connection, missing[0]!.name);
    for (const item of missing) {
      await connection.run('WRITE', item.statement, {}, { timeoutMs: options.waitMs });
      options.onChange?.(`${item.kind.toLowerCase()} ${item.name} was missing and is made again`);
    }
    states = await indexStates(connection);
  }
  const unready = (): string[] => items.map(({ name }) => name).filter((name) => states.get(name)?.state !== 'ONLINE');
  if (unready().length > 0 && !unready().some((name) => states.get(name)?.state === 'FAILED')) {
    await awaitIndexes(connection, unready(), options.waitMs);
    states = await indexStates(connection);
  }
  const [name] = unready();
  if (name !== undefined) throw indexOffline(connection, name, states.get(name));
}

/** States of the named indexes; a constraint is found by the index behind it, which has its name. */
async function indexStates(connection: Neo4jConnection): Promise<ReadonlyMap<string, IndexState>> {
  const { records } = await connection.run(
    'READ',
    'SHOW INDEXES YIELD name, state, failureMessage RETURN name, state, failureMessage AS failure',
  );
  return new Map(
    records.map((record): [string, IndexState] => [
      String(record.get('name')),
      { state: String(record.get('state')), failure: String(record.get('failure') ?? '') },
    ]),
  );
}

async function awaitIndexes(connection: Neo4jConnection, names: readonly string[], waitMs: number): Promise<void> {
  const deadline = performance.now() + waitMs;
  for (const name of names) {
    const seconds = Math.max(1, Math.ceil((deadline - performance.now()) / 1000));
    try {
      await connection.run(
        'READ',
        'CALL db.awaitIndex($name, toInteger($seconds))',
        { name, seconds },
        { timeoutMs: waitMs + 5_000 },
      );
    } catch (error) {
      // It failed or took too long: the states say which, with the cause.
      if (error instanceof StoreError && error.code === 'STORE_UNAVAILABLE') throw error;
    }
  }
}

function indexMissing(connection: Neo4jConnection, name: string): StoreError {
  return new StoreError('INDEX_MISSING', `The graph lacks the constraint or index ${name}`, {
    place: { uri: connection.address.uri },
    remedy: 'Run a command that writes, such as `hopwise ingest`: it makes what was dropped again.',
  });
}

function indexOffline(connection: Neo4jConnection, name: string, index: IndexState | undefined): StoreError {
  const failure = index?.failure.split('\n')[0] ?? '';
  return new StoreError(
    'INDEX_OFFLINE',
    `The index ${name} of the graph is ${index?.state ?? 'not there'}${failure === '' ? '' : `: ${failure}`}`,
    {
      place: { uri: connection.address.uri },
      remedy:
        index?.state === 'FAILED'
          ? `Drop it (DROP INDEX ${name}, or DROP CONSTRAINT ${name}), correct the cause, and run hopwise again.`
          : 'Wait until the server has filled it (SHOW INDEXES), and run the command again.',
    },
  );
}
