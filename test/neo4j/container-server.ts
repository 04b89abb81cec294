/** A Neo4j in a container, for machines that have Docker but no Java. */
import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import neo4j from 'neo4j-driver';
import { NEO4J_VERSION } from './cache-folder.js';
import { DATABASE, type OwnServer, PASSWORD, type ServerOptions, testConf, USERNAME } from './server.js';

const IMAGE = `neo4j:${NEO4J_VERSION}-community`;
const START_TIMEOUT_MS = 240_000;

/** True when the daemon answers, not only when the client is installed. */
export function hasDocker(): boolean {
  return docker('version', '--format', '{{.Server.Version}}').status === 0;
}

export async function containerServer(options: ServerOptions = {}): Promise<OwnServer> {
  if (options.home !== undefined)
    throw new Error('a folder of this machine as home of the server needs Java 17 and Maven');
  const server = new ContainerServer(options.conf ?? {});
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
  readonly #killAtExit = (): void => this.#remove();
  #uri = '';

  constructor(private conf: Readonly<Record<string, string>>) {}

  get uri(): string {
    return this.#uri;
  }

  async start(conf = this.conf): Promise<void> {
    this.conf = conf;
    const port = /:(\d+)$/.exec(this.#uri)?.[1] ?? '';
    const settings = Object.entries(testConf(conf)).map(([key, value]) => `NEO4J_${environmentName(key)}=${value}`);
    const { status, stderr } = docker(
      ...['run', '--detach', '--rm', '--name', this.#name, '--volume', `${this.#name}:/data`],
      ...['--publish', `127.0.0.1:${port}:7687`],
      ...[`NEO4J_AUTH=${USERNAME}/${PASSWORD}`, ...settings].flatMap((setting) => ['--env', setting]),
      IMAGE,
    );
    if (status !== 0) throw new Error(`the container of Neo4j did not start: ${stderr.trim()}`);
    process.once('exit', this.#killAtExit);
    this.#uri = `bolt://${docker('port', this.#name, '7687').stdout.trim().split('\n')[0]}`;
    await this.#answers();
  }

  async kill(): Promise<void> {
    docker('kill', this.#name);
    await this.#gone();
  }

  async stop(): Promise<void> {
    docker('stop', '--time', '60', this.#name);
    await this.#gone();
  }

  async admin(args: readonly string[]): Promise<void> {
    const dumps = 'NEO4J_server_directories_dumps_root=/data/dumps';
    const command = ['run', '--rm', '--volume', `${this.#name}:/data`, '--env', dumps, IMAGE, 'neo4j-admin', ...args];
    const { status, stderr } = docker(...command);
    if (status !== 0) throw new Error(`neo4j-admin in the container failed: ${stderr.trim()}`);
  }

  log(): string {
    const { stdout, stderr } = docker('logs', this.#name);
    return stdout + stderr;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#remove();
    process.removeListener('exit', this.#killAtExit);
  }

  #remove(): void {
    docker('rm', '--force', '--volumes', this.#name);
    docker('volume', 'rm', '--force', this.#name);
  }

  async #gone(): Promise<void> {
    while (docker('inspect', this.#name).status === 0) await sleep(100);
  }

  async #answers(): Promise<void> {
    const driver = neo4j.driver(this.#uri, neo4j.auth.basic(USERNAME, PASSWORD));
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

/** The image reads `a.b_c` as `NEO4J_a_b__c`. */
function environmentName(setting: string): string {
  return setting.replaceAll('_', '__').replaceAll('.', '_');
}

function docker(...args: readonly string[]): { status: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync('docker', args, { encoding: 'utf8' });
  return { status, stdout: stdout ?? '', stderr: stderr ?? '' };
}
