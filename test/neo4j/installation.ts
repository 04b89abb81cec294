/** Jars and Java to run them with, set up on this machine where it allows it. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder, withLock } from './cache-folder.js';
import { classArchive } from './class-archive.js';
import { cachedJars, fetchJars } from './fetch-jars.js';
import { findJava, hasMaven, type Java } from './find-java.js';
import { canInstall, installPackages } from './install-packages.js';
import { PASSWORD } from './server.js';

export interface Installation {
  readonly java: Java;
  /** Folder of the jars. */
  readonly lib: string;
  /** Holds `auth.ini` with the password of the tests; copied into each new home. */
  readonly passwordFolder: string;
  /** Class data sharing archive: halves the work of a start. */
  readonly archive?: string | undefined;
}

export type Report = (line: string) => void;

/**
 * The installation, made when it is not there: Java 17 or newer and Maven from the machine or, as root on Debian, from its
 * package manager; the jars through Maven. Undefined when Java or Maven are missing and may not be installed.
 */
export async function installation(report: Report): Promise<Installation | undefined> {
  let java = findJava();
  let lib = cachedJars();
  const missing = { java: java === undefined, maven: lib === undefined && !hasMaven() };
  if (missing.java || missing.maven) {
    if (!canInstall() || !(await withLock('packages', async () => installPackages(missing, report)))) return undefined;
    java = findJava();
  }
  if (java === undefined) return undefined;
  lib ??= await fetchJars(java.home, report);
  const found = { java, lib, passwordFolder: await passwordFolder(java, lib) };
  return { ...found, archive: await classArchive(found, report) };
}

async function passwordFolder(java: Java, lib: string): Promise<string> {
  const folder = join(cacheFolder(), 'dbms');
  if (existsSync(folder)) return folder;
  return withLock('password', async () => {
    if (existsSync(folder)) return folder;
    const home = mkdtempSync(join(cacheFolder(), 'password-'));
    try {
      mkdirSync(join(home, 'conf'));
      const main = 'org.neo4j.cli.AdminTool';
      const { status, stderr } = spawnSync(
        java.command,
        ['-cp', join(lib, '*'), main, 'dbms', 'set-initial-password', PASSWORD],
        { encoding: 'utf8', env: { ...process.env, NEO4J_HOME: home, NEO4J_CONF: join(home, 'conf') } },
      );
      if (status !== 0) throw new Error(`set-initial-password of Neo4j failed: ${stderr}`);
      renameSync(join(home, 'data', 'dbms'), folder);
      return folder;
    } finally {
      rmSync(home, { recursive: true, force: true });
    }
  });
}
