/** A Neo4j in a container, for machines that have Docker but no Java. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import neo4j from 'neo4j-driver';
import { NEO4J_VERSION } from './cache-folder.js';
import { DATABASE, type OwnServer, PASSWORD, type ServerOptions, testConf, USERNAME } from './server.js';

export const IMAGE = `neo4j:${NEO4J_VERSION}-community`;
const START_TIMEOUT_MS = 240_000;
const STOP_TIMEOUT_S = 60;
const BOLT = 7687;
const HTTP = 7474;
/** Below the volume, so that they are there for the next container. */
const DUMPS = '/data/dumps';

/** True when the daemon answers, not only when the client is installed. */
export function hasDocker(): boolean {
  return docker('version', '--format', '{{.Server.Version}}').status === 0;
}

/** Starts a container with a volume of its own; the image is pulled when it is not there. */
export async function containerServer(options: ServerOptions = {}): Promise<OwnServer> {
  if (options.home !== undefined || options.jvm !== undefined)
    throw new Error('a folder of this machine as home of the server, or options of Java, need Java 17 and Maven');
  const server = new ContainerServer(options);
  try {
    await server.start();
  } catch (error) {
    await server[Symbol.asyncDispose]();
    throw error;
  }
  return server;
}

class ContainerServer implements OwnServer {
  readonly pid = undefined;
  readonly username = USERNAME;
  readonly password = PASSWORD;
  readonly database = DATABASE;
  readonly #name = `hopwise-test-${randomUUID()}`;
  readonly #watchdog: ChildProcess;
  readonly #killAtExit = (): void => this.#remove();
  #conf: Readonly<Record<string, string>>;
  #uri = '';
  #http: string | undefined;

  constructor(private readonly options: ServerOptions) {
    this.#conf = options.conf ?? {};
    process.once('exit', this.#killAtExit);
    this.#watchdog = spawn(
      process.execPath,
      [fileURLToPath(new URL('container-watchdog.mjs', import.meta.url)), this.#name],
      // The client of Docker finds its daemon by variables too.
      { stdio: ['pipe', 'ignore', 'ignore'], detached: true },
    );
    this.#watchdog.unref();
    this.#watchdog.stdin?.on('error', () => {});
  }

  get http(): string | undefined {
    return this.#http;
  }

  get uri(): string {
    return this.#uri;
  }

  async start(conf = this.#conf): Promise<void> {
    this.#conf = conf;
    const { heap, http } = this.options;
    const settings = testConf({
      ...(heap && { 'server.memory.heap.max_size': heap }),
      ...(http && { 'server.http.enabled': 'true' }),
      ...conf,
    });
    const environment = [
      `NEO4J_AUTH=${USERNAME}/${PASSWORD}`,
      ...Object.entries(settings).map(([key, value]) => `NEO4J_${environmentName(key)}=${value}`),
    ];
    const { status, stderr } = docker(
      ...['run', '--detach', '--rm', '--name', this.#name, '--volume', `${this.#name}:/data`],
      ...['--publish', `127.0.0.1:${portOf(this.#uri)}:${BOLT}`],
      ...(http ? ['--publish', `127.0.0.1:${portOf(this.#http)}:${HTTP}`] : []),
      ...environment.flatMap((setting) => ['--env', setting]),
      IMAGE,
    );
    if (status !== 0) throw new Error(`the container of Neo4j did not start: ${stderr.trim()}`);
    this.#uri = `bolt://${this.#published(BOLT)}`;
    if (http) this.#http = `http://${this.#published(HTTP)}`;
    await this.#answers();
  }

  async kill(): Promise<void> {
    docker('kill', this.#name);
    await this.#gone();
  }

  async stop(): Promise<void> {
    docker('stop', '-t', String(STOP_TIMEOUT_S), this.#name);
    await this.#gone();
  }

  async admin(args: readonly string[]): Promise<void> {
    const dumps = `NEO4J_server_directories_dumps_root=${DUMPS}`;
    const { status, stderr } = docker(
      ...['run', '--rm', '--volume', `${this.#name}:/data`, '--env', dumps, IMAGE],
      ...['sh', '-c', `mkdir -p ${DUMPS} && exec neo4j-admin "$@"`, 'sh', ...args],
    );
    if (status !== 0) throw new Error(`neo4j-admin in the container failed: ${stderr.trim()}`);
  }

  log(): string {
    const { stdout, stderr } = docker('logs', this.#name);
    return stdout + stderr;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#remove();
    process.removeListener('exit', this.#killAtExit);
    this.#watchdog.stdin?.end('done');
  }

  #published(port: number): string {
    return docker('port', this.#name, String(port)).stdout.trim().split('\n')[0] ?? '';
  }

  #remove(): void {
    docker('rm', '--force', '--volumes', this.#name);
    docker('volume', 'rm', '--force', this.#name);
  }

  async #gone(): Promise<void> {
    while (docker('inspect', this.#name).status === 0) await sleep(100);
  }

  async #answers(): Promise<void> {
    // It is asked again and again here, not within the driver.
    const driver = neo4j.driver(this.#uri, neo4j.auth.basic(USERNAME, PASSWORD), { maxTransactionRetryTime: 0 });
    const deadline = Date.now() + START_TIMEOUT_MS;
    try {
      for (;;) {
        try {
          await driver.executeQuery('RETURN 1', {}, { database: DATABASE });
          return;
        } catch (error) {
          if (Date.now() > deadline) throw new Error(`Neo4j did not answer:\n${this.log()}`, { cause: error });
          await sleep(500);
        }
      }
    } finally {
      await driver.close();
    }
  }
}

/** Of an address that was published before; else empty text, by which Docker chooses one that is free. */
function portOf(address: string | undefined): string {
  return /:(\d+)$/.exec(address ?? '')?.[1] ?? '';
}

/** The image reads `a.b_c` as `NEO4J_a_b__c`. */
function environmentName(setting: string): string {
  return setting.replaceAll('_', '__').replaceAll('.', '_');
}

function docker(...args: readonly string[]): { status: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync('docker', args, { encoding: 'utf8' });
  return { status, stdout: stdout ?? '', stderr: stderr ?? '' };
}
