/** What `doctor` asks the store: is the file sound, do references hold, do kept counts equal a full count? */
import { StoreError } from '../../errors.js';
import type { Connection } from './connection.js';
import { type CollectionRow, toCollectionInfo } from './rows.js';

const COUNTS = {
  documents: 'SELECT count(*) AS n FROM document WHERE collection = ?',
  passages: 'SELECT count(*) AS n FROM passage WHERE collection = ?',
  entities:
    'SELECT count(DISTINCT m.entity) AS n FROM mention m JOIN entity e ON e.id = m.entity WHERE e.collection = ?',
  relations: `SELECT ifnull(sum(json_array_length(c.data, '$[5]')), 0) AS n
    FROM contribution c JOIN passage p ON p.id = c.passage WHERE p.collection = ?`,
  mentions:
    'SELECT ifnull(sum(m.count), 0) AS n FROM mention m JOIN passage p ON p.id = m.passage WHERE p.collection = ?',
  failures: 'SELECT count(*) AS n FROM failure WHERE collection = ?',
} as const;

/** Problems found, in words; empty when sound. `read` runs its work in a read transaction. */
export function checkStore(read: <T>(work: (connection: Connection) => T) => T): string[] {
  try {
    return read(problems);
  } catch (error) {
    // Damage may be such that even looking for it fails.
    if (error instanceof StoreError && error.code === 'STORE_CORRUPT') return [error.message];
    throw error;
  }
}

function problems(connection: Connection): string[] {
  const damage = connection
    .all<{ readonly integrity_check: string }>('PRAGMA integrity_check')
    .map((row) => row.integrity_check)
    .filter((line) => line !== 'ok');
  const broken = connection
    .all<{ readonly table: string; readonly rowid: number | null; readonly parent: string }>('PRAGMA foreign_key_check')
    .map((row) => `row ${row.rowid ?? '?'} of ${row.table} names a missing row of ${row.parent}`);
  const miscounted = connection.all<CollectionRow>('SELECT * FROM collection ORDER BY name').flatMap((row) => {
    const { name, counts } = toCollectionInfo(row);
    return Object.entries(COUNTS).flatMap(([kind, sql]) => {
      const counted = connection.get<{ readonly n: number }>(sql, row.id)?.n ?? 0;
      const kept = counts[kind as keyof typeof COUNTS];
      return counted === kept ? [] : [`collection ${name} has ${counted} ${kind}, but says ${kept}`];
    });
  });
  const dangling = connection.all<{ readonly passage: number }>(
    `SELECT DISTINCT r.passage FROM relation_key r LEFT JOIN passage p ON p.id = r.passage
     WHERE p.collection IS NOT r.collection ORDER BY r.passage`,
  );
  const lost = dangling.map(({ passage }) => `relations name the missing passage row ${passage}`);
  return [...damage, ...broken, ...lost, ...miscounted];
}
