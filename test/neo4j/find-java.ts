/** Finds Java and Maven on this machine. */
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { IS_CALENDAR_RELEASE } from './cache-folder.js';

const OLDEST_JAVA = IS_CALENDAR_RELEASE ? 21 : 17;

export interface Java {
  /** Path of the executable. */
  readonly command: string;
  /** Full version, e.g. `17.0.15`. */
  readonly version: string;
  readonly home: string;
}

const JVM_FOLDERS = ['/usr/lib/jvm', '/usr/java', '/opt/java', '/Library/Java/JavaVirtualMachines'];

/** The first Java that is new enough (17 for Neo4j 5.26): `JAVA_HOME`, the path, then the usual folders, newest name last. */
export function findJava(): Java | undefined {
  const javaHome = process.env['JAVA_HOME'];
  const candidates = [
    ...(javaHome ? [join(javaHome, 'bin', 'java')] : []),
    'java',
    ...JVM_FOLDERS.flatMap((folder) =>
      entriesOf(folder).flatMap((name) => [
        join(folder, name, 'bin', 'java'),
        join(folder, name, 'Contents', 'Home', 'bin', 'java'),
      ]),
    ),
  ];
  for (const command of candidates) {
    const java = inspect(command);
    if (java && Number.parseInt(java.version, 10) >= OLDEST_JAVA) return java;
  }
  return undefined;
}

export function hasMaven(): boolean {
  return spawnSync('mvn', ['--version'], { stdio: 'ignore' }).status === 0;
}

function inspect(command: string): Java | undefined {
  const { status, stderr } = spawnSync(command, ['-XshowSettings:properties', '-version'], { encoding: 'utf8' });
  const version = /java\.version = (\S+)/.exec(stderr ?? '')?.[1];
  const home = /java\.home = (.+)/.exec(stderr ?? '')?.[1]?.trim();
  return status === 0 && version && home ? { command, version, home } : undefined;
}

function entriesOf(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}
