/** A Neo4j started from the jars: one Java process, watched by a second one in case this process is killed. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { IS_CALENDAR_RELEASE } from './cache-folder.js';
import type { Installation } from './installation.js';
import { DATABASE, type OwnServer, PASSWORD, type ServerOptions, testConf, USERNAME } from './server.js';

const START_TIMEOUT_MS = 240_000;
const STOP_TIMEOUT_MS = 60_000;
const POLL_MS = 40;

const JVM_OPTIONS = [
  '-XX:TieredStopAtLevel=1', // Tests run minutes, not hours: the second compiler costs more than it gives.
  '-XX:+UseSerialGC',
  '-XX:+ExitOnOutOfMemoryError',
  '-XX:-UsePerfData', // It would lie in the system's temporary folder, and stay when the server is killed.
  '--add-opens=java.base/java.nio=ALL-UNNAMED',
  '--add-opens=java.base/java.io=ALL-UNNAMED',
  '--add-opens=java.base/sun.nio.ch=ALL-UNNAMED',
  '--add-modules=jdk.incubator.vector',
  '-Dfile.encoding=UTF-8',
  '-Dlog4j2.disable.jmx=true',
];

export async function jarServer(installation: Installation, options: ServerOptions = {}): Promise<OwnServer> {
  const home = options.home ?? mkdtempSync(join(tmpdir(), 'hopwise-neo4j-'));
  const httpPort = options.http === true ? await freePort() : undefined;
  const server = new JarServer(installation, home, { bolt: await freePort(), http: httpPort }, options);
  try {
    await server.start();
  } catch (error) {
    await server[Symbol.asyncDispose]();
    throw error;
  }
  return server;
}

interface Ports {
  readonly bolt: number;
  readonly http: number | undefined;
}

class JarServer implements OwnServer {
  readonly uri: string;
  readonly http: string | undefined;
  readonly username = USERNAME;
  readonly password = PASSWORD;
  readonly database = DATABASE;
  #conf: Readonly<Record<string, string>>;
  #java: ChildProcess | undefined;
  #watchdog: ChildProcess | undefined;
  #ended: Promise<unknown> = Promise.resolve();
  readonly #temporary: boolean;
  readonly #killAtExit = (): void => {
    this.#java?.kill('SIGKILL');
    if (this.#temporary) rmSync(this.home, { recursive: true, force: true, maxRetries: 10 });
  };

  constructor(
    private readonly installation: Installation,
    readonly home: string,
    private readonly ports: Ports,
    private readonly options: ServerOptions,
  ) {
    this.uri = `bolt://127.0.0.1:${ports.bolt}`;
    this.http = ports.http === undefined ? undefined : `http://127.0.0.1:${ports.http}`;
    this.#conf = options.conf ?? {};
    this.#temporary = options.home === undefined;
  }

  get pid(): number | undefined {
    return this.#java?.pid;
  }

  async start(conf = this.#conf): Promise<void> {
    if (this.#java) throw new Error('the server is running');
    this.#conf = conf;
    this.#prepareHome();
    const { java, archive, lib } = this.installation;
    const log = openSync(join(this.home, 'logs', 'console.log'), 'a');
    const child = spawn(
      java.command,
      [
        '-Xms128m',
        `-Xmx${this.options.heap ?? '512m'}`,
        ...JVM_OPTIONS,
        ...(archive ? [`-XX:SharedArchiveFile=${archive}`] : []),
        ...(this.options.jvm ?? []),
        `-Djava.io.tmpdir=${join(this.home, 'tmp')}`,
        '-cp',
        join(lib, '*'),
        IS_CALENDAR_RELEASE ? 'org.neo4j.server.Neo4jCommunity' : 'org.neo4j.server.CommunityEntryPoint',
        `--home-dir=${this.home}`,
        `--config-dir=${join(this.home, 'conf')}`,
      ],
      { env: this.#environment(), stdio: ['ignore', log, log], detached: true },
    );
    this.#java = child;
    this.#ended = new Promise((resolve) => child.once('close', resolve).once('error', resolve)).then(() => {
      this.#java = undefined;
    });
    process.once('exit', this.#killAtExit);
    this.#watch(child.pid);
    await this.#started();
  }

  async kill(): Promise<void> {
    this.#java?.kill('SIGKILL');
    await this.#gone();
  }

  async stop(): Promise<void> {
    this.#java?.kill('SIGTERM');
    const killer = setTimeout(() => this.#java?.kill('SIGKILL'), STOP_TIMEOUT_MS);
    await this.#gone();
    clearTimeout(killer);
  }

  async admin(args: readonly string[]): Promise<void> {
    const { java, lib } = this.installation;
    const main = 'org.neo4j.cli.AdminTool';
    mkdirSync(join(this.home, 'data', 'dumps'), { recursive: true });
    await promisify(execFile)(java.command, ['-cp', join(lib, '*'), main, ...args], { env: this.#environment() });
  }

  log(): string {
    const path = join(this.home, 'logs', 'neo4j.log');
    return existsSync(path) ? readFileSync(path, 'utf8') : '';
  }

  /** Ends it at once and deletes its folder if it is a temporary one. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill();
    if (this.#temporary) rmSync(this.home, { recursive: true, force: true, maxRetries: 10 });
  }

  #environment(): NodeJS.ProcessEnv {
    const { NEO4J_AUTH: _, ...env } = process.env;
    return { ...env, NEO4J_HOME: this.home, NEO4J_CONF: join(this.home, 'conf') };
  }

  #prepareHome(): void {
    for (const name of ['conf', 'data', 'logs', 'tmp']) mkdirSync(join(this.home, name), { recursive: true });
    rmSync(join(this.home, 'logs', 'neo4j.log'), { force: true });
    const address = `127.0.0.1:${this.ports.bolt}`;
    const conf = testConf({
      'server.default_listen_address': '127.0.0.1',
      'server.bolt.listen_address': address,
      'server.bolt.advertised_address': address,
      ...(this.http && {
        'server.http.enabled': 'true',
        'server.http.listen_address': this.http.replace('http://', ''),
      }),
      'server.directories.data': join(this.home, 'data'),
      'server.directories.logs': join(this.home, 'logs'),
      ...this.#conf,
    });
    const lines = Object.entries(conf).map(([key, value]) => `${key}=${value}\n`);
    writeFileSync(join(this.home, 'conf', 'neo4j.conf'), lines.join(''));
    const dbms = join(this.home, 'data', 'dbms');
    if (!existsSync(dbms)) cpSync(this.installation.passwordFolder, dbms, { recursive: true });
  }

  async #started(): Promise<void> {
    const deadline = Date.now() + START_TIMEOUT_MS;
    while (!/INFO\s+Started\./.test(this.log())) {
      if (this.#java === undefined || Date.now() > deadline) {
        const console = readFileSync(join(this.home, 'logs', 'console.log'), 'utf8');
        const why = this.#java === undefined ? 'it ended' : `not ready after ${START_TIMEOUT_MS / 1000} s`;
        await this.kill();
        throw new Error(`Neo4j did not start (${why}):\n${this.log()}\n${console}`);
      }
      await sleep(POLL_MS);
    }
  }

  #watch(pid: number | undefined): void {
    const watchdog = fileURLToPath(new URL('watchdog.mjs', import.meta.url));
    const child = spawn(process.execPath, [watchdog, String(pid), this.#temporary ? this.home : ''], {
      stdio: ['pipe', 'ignore', 'ignore'],
      detached: true,
      env: { PATH: process.env['PATH'] },
    });
    child.unref();
    child.stdin?.on('error', () => {});
    this.#watchdog = child;
  }

  async #gone(): Promise<void> {
    await this.#ended;
    process.removeListener('exit', this.#killAtExit);
    this.#watchdog?.stdin?.end('done');
    this.#watchdog = undefined;
  }
}

/** Neo4j does not say which port it took when it is told to take any. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
