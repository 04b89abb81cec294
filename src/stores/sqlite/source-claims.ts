/** Claims of sources, each call a transaction of its own beside the writer's. */
import type { SourceClaim } from '../../ports/index.js';
import type { Connection } from './connection.js';
import { requireCollection } from './queries.js';
import { toOrderedColumn } from './text-column.js';

/** @param now milliseconds since 1970 */
export function claimSources(
  connection: Connection,
  collection: string,
  uris: readonly string[],
  { holder, ttlMs, limit = uris.length, now }: SourceClaim & { readonly now: number },
): string[] {
  return connection.transaction('IMMEDIATE', () => {
    const { id } = requireCollection(connection, collection);
    const granted: string[] = [];
    for (const uri of uris) {
      if (granted.length >= limit) break;
      const { changes } = connection.run(
        `INSERT INTO claim (collection, uri, holder, expires) VALUES (?, ?, ?, ?)
         ON CONFLICT (collection, uri) DO UPDATE SET holder = excluded.holder, expires = excluded.expires
         WHERE holder = excluded.holder OR expires <= ?`,
        id,
        toOrderedColumn(uri),
        holder,
        now + ttlMs,
        now,
      );
      if (changes > 0) granted.push(uri);
    }
    return granted;
  });
}

export function releaseSources(
  connection: Connection,
  collection: string,
  holder: string,
  uris: readonly string[] | undefined,
): void {
  connection.transaction('IMMEDIATE', () => {
    const { id } = requireCollection(connection, collection);
    if (uris === undefined) connection.run('DELETE FROM claim WHERE collection = ? AND holder = ?', id, holder);
    else
      for (const uri of uris)
        connection.run(
          'DELETE FROM claim WHERE collection = ? AND uri = ? AND holder = ?',
          id,
          toOrderedColumn(uri),
          holder,
        );
  });
}
