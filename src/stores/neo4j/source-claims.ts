/** Claims of sources by processes that share a corpus. */
import type { SourceClaim } from '../../ports/index.js';
import type { Neo4jConnection } from './connection.js';
import { indexedValue } from './indexed-text.js';
import { CLAIM_SOURCES, RELEASE_ALL_SOURCES, RELEASE_SOURCES } from './statements/claim-statements.js';
import { int } from './values.js';

export async function claimSources(
  connection: Neo4jConnection,
  collection: string,
  uris: readonly string[],
  { holder, ttlMs, limit = uris.length }: SourceClaim,
): Promise<string[]> {
  const keys = uris.map(indexedValue);
  const parameters = { collection, keys, holder, limit: int(limit), ms: int(ttlMs) };
  const { records } = await connection.run('WRITE', CLAIM_SOURCES, parameters);
  return records.map((record) => uris[record.get('position') as number]!);
}

export async function releaseSources(
  connection: Neo4jConnection,
  collection: string,
  holder: string,
  uris: readonly string[] | undefined,
): Promise<void> {
  if (uris === undefined) await connection.run('WRITE', RELEASE_ALL_SOURCES, { collection, holder });
  else await connection.run('WRITE', RELEASE_SOURCES, { collection, holder, keys: uris.map(indexedValue) });
}
