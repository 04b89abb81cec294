/** Installs Java and Maven where the package manager can be used without asking: as root on Debian and its kin. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const JAVA_PACKAGES = ['openjdk-17-jre-headless', 'openjdk-21-jre-headless', 'openjdk-25-jre-headless'];

export function canInstall(): boolean {
  return process.getuid?.() === 0 && existsSync('/etc/debian_version') && existsSync('/usr/bin/apt-get');
}

/** Installs what is missing; false when the package manager failed, its words are on `report` then. */
export function installPackages(missing: { java: boolean; maven: boolean }, report: (line: string) => void): boolean {
  if (!apt(['update'], report)) return false;
  const java = missing.java ? JAVA_PACKAGES.find(isOffered) : undefined;
  if (missing.java && java === undefined) {
    report(`apt offers none of ${JAVA_PACKAGES.join(', ')}`);
    return false;
  }
  const packages = [...(java ? [java] : []), ...(missing.maven ? ['maven'] : [])];
  report(`installing ${packages.join(' and ')} (apt-get, once)`);
  return apt(['install', '-y', '--no-install-recommends', ...packages], report);
}

/** Installs the packages named; false when the package manager failed. Only where `canInstall`. */
export function installNamed(packages: readonly string[], report: (line: string) => void): boolean {
  report(`installing ${packages.join(' and ')} (apt-get, once)`);
  return apt(['update'], report) && apt(['install', '-y', '--no-install-recommends', ...packages], report);
}

function isOffered(name: string): boolean {
  const { stdout } = spawnSync('apt-cache', ['policy', name], {
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C' },
  });
  return /Candidate: \d/.test(stdout ?? '');
}

function apt(args: readonly string[], report: (line: string) => void): boolean {
  const options = ['-q', '-o', 'DPkg::Lock::Timeout=300', '-o', 'Acquire::Retries=3'];
  const { status, stderr } = spawnSync('apt-get', [...options, ...args], {
    encoding: 'utf8',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' },
    maxBuffer: 2 ** 26,
  });
  if (status !== 0) report(`apt-get ${args[0]} failed: ${(stderr ?? '').trim().split('\n').slice(-3).join(' ')}`);
  return status === 0;
}
