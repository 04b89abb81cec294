/**
 * The process that holds a connection for statements of analysts. It is apart because a single record may be larger than
 * memory: this process may be ended for it, the one that serves may not.
 */
import type { Driver } from 'neo4j-driver';
import { outOfMemory } from '../../cypher/cypher-errors.js';
import { type Neo4jOptions, openDriver } from './connect.js';
import { cypherFailure } from './cypher-failure.js';
import { errorMessage, type FromProcess, type StatementRequest, type ToProcess } from './cypher-messages.js';
import { beginStatement, readingSession } from './cypher-statement.js';

const LOOK_MS = 50;
const MIB = 2 ** 20;

let driver: Driver | undefined;
let connected: Neo4jOptions | undefined;
/** Pieces of rows that were asked for and not sent yet. */
let wanted = 0;
let wake: () => void = () => {};

function send(message: FromProcess): void {
  process.send?.(message);
}

/** Ends the process when what it received outgrows the limit; the heap alone is bounded by its start option. */
function watchMemory(memoryMb: number): void {
  setInterval(() => {
    const { heapUsed, external } = process.memoryUsage();
    if (heapUsed + external <= memoryMb * MIB) return;
    process.send?.({ kind: 'error', error: errorMessage(outOfMemory(memoryMb)) } satisfies FromProcess, () => {
      process.exit(1);
    });
  }, LOOK_MS).unref();
}

async function asked(): Promise<void> {
  while (wanted === 0) {
    await new Promise<void>((resolve) => {
      wake = resolve;
    });
  }
  wanted--;
}

async function run(request: StatementRequest): Promise<void> {
  if (driver === undefined || connected === undefined) throw new Error('not connected');
  wanted = 0;
  const { uri, database } = connected;
  const session = readingSession(driver, database);
  try {
    const { columns, generation, warnings, pieces } = await beginStatement(session, request);
    send({ kind: 'began', columns, generation, warnings });
    for await (const piece of pieces) {
      await asked();
      if (piece.done) await session.close();
      send({ kind: 'rows', ...piece });
    }
  } catch (error) {
    await session.close().catch(() => {});
    send({ kind: 'error', error: errorMessage(cypherFailure(error, request, { uri, database })) });
  }
}

process.on('message', (message: ToProcess) => {
  if (message.kind === 'connect') {
    connected = message.options;
    driver = openDriver(message.options, { disableLosslessIntegers: false, maxConnectionPoolSize: 2 });
    watchMemory(message.memoryMb);
  } else if (message.kind === 'run') void run(message.request);
  else {
    wanted++;
    wake();
  }
});
process.on('disconnect', () => process.exit(0));
// The terminal's Ctrl-C reaches the whole group; the parent decides when this process ends.
process.on('SIGINT', () => {});
