/** Opens a connection and looks who answers, before anything is asked of it. */
import { Neo4jError } from 'neo4j-driver';
import { StoreError } from '../../errors.js';
import { type ConnectionOptions, Neo4jConnection } from './connection.js';
import { diagnose, readCa } from './diagnose.js';

/** The oldest release that the statements are written for; calendar versions (2025.x on) are newer. */
const OLDEST = { major: 5, minor: 26 };

/**
 * Fails at once when the server is not there: only a server that answered before is waited for.
 * @throws StoreError `STORE_UNAVAILABLE`, `STORE_CERTIFICATE`, `STORE_AUTH`, `STORE_DATABASE_UNKNOWN`, `STORE_UNSUPPORTED`
 * @throws UsageError as `openDriver`
 */
export async function openConnection(options: ConnectionOptions): Promise<Neo4jConnection> {
  if (options.ca !== undefined) readCa(options.ca);
  const connection = new Neo4jConnection(options);
  try {
    const { agent } = await connection.driver.getServerInfo(
      options.database === undefined ? {} : { database: options.database },
    );
    checkVersion(agent, options.uri);
    return connection;
  } catch (error) {
    await connection.close();
    if (!(error instanceof Neo4jError)) throw error;
    // "N/A" is the driver's code for what it has no code for, such as an answer by HTTP.
    if (['ServiceUnavailable', 'SessionExpired', 'N/A'].includes(error.code)) throw await diagnose(options, error);
    throw connection.error(error);
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
