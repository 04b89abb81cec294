/** Runs named statements and gives their records as objects. */
import type { Neo4jConnection } from './connection.js';

/** Anything that runs a statement: a transaction, or a connection in transactions of its own. */
export type Run = <Row>(statement: string, parameters: Record<string, unknown>) => Promise<Row[]>;

interface Runner {
  run(
    statement: string,
    parameters: Record<string, unknown>,
  ): PromiseLike<{ readonly records: readonly { toObject(): object }[] }>;
}

/** Statements of one transaction. Those that are not awaited go to the server one behind the other without waiting. */
export function runIn(tx: Runner): Run {
  return async <Row>(statement: string, parameters: Record<string, unknown>) => {
    const { records } = await tx.run(statement, parameters);
    return records.map((record) => record.toObject() as Row);
  };
}

/** Each statement in a transaction of its own, which may only read. */
export function runAlone(connection: Neo4jConnection): Run {
  return async <Row>(statement: string, parameters: Record<string, unknown>) => {
    const { records } = await connection.run('READ', statement, parameters);
    return records.map((record) => record.toObject() as Row);
  };
}
