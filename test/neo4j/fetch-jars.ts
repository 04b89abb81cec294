/** Fetches the jars of Neo4j through Maven, once a machine. */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheFolder, NEO4J_VERSION, withLock } from './cache-folder.js';

/** Another name whenever another set of jars is fetched for the same release. */
const FOLDER = 'lib-2';

/** Folder of the jars, or undefined when they were not fetched yet. */
export function cachedJars(): string | undefined {
  const folder = join(cacheFolder(), FOLDER);
  return existsSync(folder) ? folder : undefined;
}

/**
 * Folder of the jars, fetched when missing (about 140 MB), with progress lines on `report`.
 * @throws Error with the last lines of Maven when it fails
 */
export async function fetchJars(javaHome: string, report: (line: string) => void): Promise<string> {
  return cachedJars() ?? withLock('jars', async () => cachedJars() ?? (await download(javaHome, report)));
}

async function download(javaHome: string, report: (line: string) => void): Promise<string> {
  const temporary = mkdtempSync(join(cacheFolder(), 'fetching-'));
  try {
    report(`Neo4j ${NEO4J_VERSION}: fetching its jars through Maven into ${cacheFolder()} (about 140 MB, once)`);
    await runMaven(javaHome, temporary, report);
    const jars = readdirSync(temporary).filter((name) => name.endsWith('.jar'));
    if (!jars.some((name) => name === `neo4j-${NEO4J_VERSION}.jar`)) throw new Error('Maven copied no neo4j jar');
    const folder = join(cacheFolder(), FOLDER);
    renameSync(temporary, folder);
    report(`Neo4j ${NEO4J_VERSION}: ${jars.length} jars are there`);
    return folder;
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

const REPORT_EACH_MS = 5_000;
const KEPT_LINES = 15;

function runMaven(javaHome: string, folder: string, report: (line: string) => void): Promise<void> {
  const pom = fileURLToPath(new URL('pom.xml', import.meta.url));
  const version = `-Dneo4j.version=${NEO4J_VERSION}`;
  const goal = ['dependency:copy-dependencies', version, '-DincludeScope=runtime', `-DoutputDirectory=${folder}`];
  const child = spawn('mvn', ['-B', '-f', pom, ...goal], {
    env: { ...process.env, JAVA_HOME: javaHome },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let rest = '';
  let fetched = 0;
  let reported = Date.now();
  const last: string[] = [];
  const take = (part: string): void => {
    const lines = (rest + part).split('\n');
    rest = lines.pop()!;
    for (const line of lines) {
      last.push(line);
      if (last.length > KEPT_LINES) last.shift();
      if (/Downloaded from .*\.jar /.test(line)) fetched++;
    }
    if (Date.now() - reported < REPORT_EACH_MS) return;
    reported = Date.now();
    report(`Neo4j ${NEO4J_VERSION}: ${fetched} jars fetched`);
  };
  child.stdout.setEncoding('utf8').on('data', take);
  child.stderr.setEncoding('utf8').on('data', take);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`Maven ended with ${code}:\n${last.join('\n')}`));
    });
  });
}
