/** CPU seconds that a Neo4j server has used since its start, wherever it runs: as its own Java counts them. */
import type { Neo4jConnection } from '../../src/stores/neo4j/connection.js';

const PROCESS_CPU = `
CALL dbms.queryJmx('java.lang:type=OperatingSystem') YIELD attributes
RETURN attributes.ProcessCpuTime.value AS nanoseconds`;

/** Undefined where the user may not ask, or the server's Java does not count. */
export async function serverCpuSeconds(connection: Neo4jConnection): Promise<number | undefined> {
  try {
    const { records } = await connection.run('READ', PROCESS_CPU);
    const nanoseconds = Number(records[0]?.get('nanoseconds'));
    return nanoseconds > 0 ? nanoseconds / 1e9 : undefined;
  } catch {
    return undefined;
  }
}
