/** What tests see of a running Neo4j. */

export interface Neo4jServer {
  /** Such as `bolt://127.0.0.1:40123`. */
  readonly uri: string;
  readonly username: string;
  readonly password: string;
  readonly database: string;
}

export interface ServerOptions {
  /** Folder of configuration, data and logs; absent: a temporary one that `remove` deletes. */
  readonly home?: string;
  /** Settings of neo4j.conf, over the harness's. */
  readonly conf?: Readonly<Record<string, string>>;
  /** Maximum of the heap, as `-Xmx` takes it. */
  readonly heap?: string;
  /** More options of the Java process. */
  readonly jvm?: readonly string[];
  /** Serves HTTP too, with Neo4j Browser; default false. */
  readonly http?: boolean;
}

/** A server that one test may kill, restart and misconfigure. */
export interface OwnServer extends Neo4jServer, AsyncDisposable {
  /** Such as `http://127.0.0.1:40124`; undefined when not asked for. */
  readonly http: string | undefined;
  /** Of the running process; undefined in a container. */
  readonly pid: number | undefined;
  /** Starts it (again), on the same port and data; `conf` replaces the settings given before. */
  start(conf?: Readonly<Record<string, string>>): Promise<void>;
  /** SIGKILL; resolves when it is gone. */
  kill(): Promise<void>;
  /** A clean end; its data stay. */
  stop(): Promise<void>;
  /** Runs `neo4j-admin` on its stopped data, e.g. `['database', 'dump', 'neo4j']`; dumps lie in a folder of its own. */
  admin(args: readonly string[]): Promise<void>;
  /** Its log so far. */
  log(): string;
}

export const USERNAME = 'neo4j';
export const DATABASE = 'neo4j';
export const PASSWORD = 'test-password-1';

/** Settings of every test server: nothing but Bolt on loopback, nothing that calls out, a quick end. */
export function testConf(extra: Readonly<Record<string, string>>): Record<string, string> {
  return {
    'server.http.enabled': 'false',
    'server.https.enabled': 'false',
    'server.memory.pagecache.size': '128m',
    'dbms.security.auth_enabled': 'true',
    'dbms.usage_report.enabled': 'false',
    'dbms.security.allow_csv_import_from_file_urls': 'false',
    'internal.dbms.cypher_ip_blocklist': '0.0.0.0/0,::/0',
    'db.transaction.timeout': '60s',
    'db.tx_log.preallocate': 'false',
    'internal.server.bolt.connection_shutdown_wait_time': '1s',
    'internal.server.bolt.thread_pool_shutdown_wait_time': '1s',
    'internal.dbms.bolt.netty_server_shutdown_quiet_period': '0',
    'internal.dbms.bolt.netty_server_shutdown_timeout': '1',
    ...extra,
  };
}
