/** Opens a connection and looks who answers, before anything is asked of it. */
import { StoreError } from '../../errors.js';
import { type ConnectionOptions, Neo4jConnection } from './connection.js';
import { greet } from './greet.js';

/** The oldest release that the statements are written for; calendar versions (2025.x on) are newer. */
const OLDEST = { major: 5, minor: 26 };

/**
 * Fails at once when the server is not there: only a server that answered before is waited for.
 * @throws StoreError `STORE_UNAVAILABLE`, `STORE_CERTIFICATE`, `STORE_AUTH`, `STORE_DATABASE_UNKNOWN`, `STORE_UNSUPPORTED`
 * @throws UsageError as `openDriver`
 */
export async function openConnection(options: ConnectionOptions): Promise<Neo4jConnection> {
  const connection = new Neo4jConnection(options);
  try {
    await greet(options);
    const agent = await agentOf(connection);
    checkVersion(agent, options.uri);
    return connection;
  } catch (error) {
    await connection.close();
    throw connection.error(error);
  }
}

/** Who answers, by a first statement, which also shows whether user and database are right. Not tried again. */
async function agentOf(connection: Neo4jConnection): Promise<string | undefined> {
  const session = connection.session('READ');
  try {
    const { summary } = await session.run('RETURN 1', {}, { timeout: 30_000 });
    return summary.server.agent;
  } finally {
    await session.close();
  }
}

/** `agent`: such as `Neo4j/5.26.30`. */
function checkVersion(agent: string | undefined, uri: string): void {
  const [, major, minor] = /^Neo4j\/(\d+)\.(\d+)/.exec(agent ?? '') ?? [];
  if (major === undefined) return;
  const isOld = Number(major) < OLDEST.major || (Number(major) === OLDEST.major && Number(minor) < OLDEST.minor);
  if (!isOld) return;
  throw new StoreError('STORE_UNSUPPORTED', `The server at ${uri} is ${agent}`, {
    place: { uri },
    remedy: `Use Neo4j ${OLDEST.major}.${OLDEST.minor} or later.`,
  });
}
