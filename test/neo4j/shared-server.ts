/** The one Neo4j of a test run: started when the first test needs it, stopped after the last. */
import { after, before } from 'mocha';
import neo4j, { type Driver } from 'neo4j-driver';
import { ownServer } from './own-server.js';
import { DATABASE, type Neo4jServer, USERNAME } from './server.js';

/** Milliseconds that getting a server may take, the first download included. */
const SETUP_TIMEOUT_MS = 900_000;

export interface SharedServer extends Neo4jServer {
  /** A driver with administrator's rights, for tests to look at the graph with; closed by the harness. */
  readonly driver: Driver;
  /** Deletes all nodes and relationships; constraints, indexes and the record of migrations stay unless `schema`. */
  empty(options?: { readonly schema?: boolean }): Promise<void>;
}

let shared: Promise<SharedServer> | undefined;
let stop: (() => Promise<void>) | undefined;

// In the file that loads this module first the current suite is the root suite: this runs once, after everything.
after(async function () {
  this.timeout(SETUP_TIMEOUT_MS);
  await stop?.();
});

/** Registers a hook that starts the server, in the suite it is called in; gives a function that tests get it from. */
export function useNeo4j(): () => SharedServer {
  let server: SharedServer | undefined;
  before('a running Neo4j', async function () {
    this.timeout(SETUP_TIMEOUT_MS);
    server = await sharedServer();
  });
  return () => {
    if (server === undefined) throw new Error('call it within a test or a hook');
    return server;
  };
}

/** The server of `NEO4J_URI`, else one started for this run. */
export function sharedServer(): Promise<SharedServer> {
  shared ??= open();
  return shared;
}

async function open(): Promise<SharedServer> {
  const given = givenServer();
  const server = given ?? (await ownServer());
  const driver = neo4j.driver(server.uri, neo4j.auth.basic(server.username, server.password), {
    disableLosslessIntegers: true,
  });
  stop = async () => {
    await driver.close();
    if (server !== given && Symbol.asyncDispose in server) await (server as AsyncDisposable)[Symbol.asyncDispose]();
  };
  if (given) await claim(driver, given);
  const { uri, username, password, database } = server;
  return { uri, username, password, database, driver, empty: (options) => empty(driver, database, options?.schema) };
}

function givenServer(): Neo4jServer | undefined {
  const { NEO4J_URI, NEO4J_USERNAME, NEO4J_PASSWORD, NEO4J_DATABASE } = process.env;
  if (!NEO4J_URI) return undefined;
  return {
    uri: NEO4J_URI,
    username: NEO4J_USERNAME || USERNAME,
    password: NEO4J_PASSWORD ?? '',
    database: NEO4J_DATABASE || DATABASE,
  };
}

const KEPT = ['HopwiseTestDatabase', 'Migration', 'MigrationLock'];

/** Tests delete everything, so a database that was given must be blank or marked as theirs. */
async function claim(driver: Driver, { uri, database }: Neo4jServer): Promise<void> {
  const { records } = await driver.executeQuery(
    'OPTIONAL MATCH (m:HopwiseTestDatabase) RETURN count(m) AS marked, COUNT { MATCH (n) } AS nodes',
    {},
    { database },
  );
  const { marked, nodes } = records[0]!.toObject();
  if (marked === 0 && nodes > 0)
    throw new Error(
      `The database ${database} of ${uri} holds ${nodes} nodes, and the tests delete what they find: give them a blank ` +
        'one, or mark it with CREATE (:HopwiseTestDatabase).',
    );
  await driver.executeQuery('MERGE (:HopwiseTestDatabase)', {}, { database });
}

async function empty(driver: Driver, database: string, schema = false): Promise<void> {
  const kept = schema ? KEPT.slice(0, 1) : KEPT;
  const session = driver.session({ database });
  try {
    await session.run(
      'MATCH (n) WHERE none(label IN labels(n) WHERE label IN $kept) CALL (n) { DETACH DELETE n } IN TRANSACTIONS',
      { kept },
    );
    if (schema) await dropSchema(driver, database);
  } finally {
    await session.close();
  }
}

async function dropSchema(driver: Driver, database: string): Promise<void> {
  const names = async (statement: string): Promise<string[]> => {
    const { records } = await driver.executeQuery(statement, {}, { database });
    return records.map((record) => String(record.get('name')));
  };
  for (const name of await names('SHOW CONSTRAINTS YIELD name'))
    await driver.executeQuery('DROP CONSTRAINT $name IF EXISTS', { name }, { database });
  for (const name of await names("SHOW INDEXES YIELD name, type WHERE type <> 'LOOKUP'"))
    await driver.executeQuery('DROP INDEX $name IF EXISTS', { name }, { database });
}
