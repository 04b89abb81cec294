/** A Python environment with pinned packages, made once and kept under node_modules/.cache. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packageRoot } from '../../src/assets.js';

export const CACHE = join(packageRoot(), 'node_modules', '.cache', 'hopwise-llm');

/** Runs a command to its end, output to the terminal. @throws Error with the exit code */
export function run(command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, ...env } });
    child.on('error', reject);
    child.on('exit', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`${command} ${args.join(' ')} ended with ${code}`));
    });
  });
}

/**
 * Path of the environment's Python with exactly the pinned requirements; made when its list of requirements changed.
 * HOPWISE_PYTHON names the interpreter, 3.12 or later; else one is looked for on the path.
 */
export async function pythonEnvironment(
  name: string,
  requirements: readonly string[],
  withoutDependencies: readonly string[] = [],
): Promise<string> {
  const folder = join(CACHE, name);
  const python = join(folder, 'bin', 'python');
  const stamp = join(folder, 'requirements.txt');
  const wanted = `${[...requirements, ...withoutDependencies].join('\n')}\n`;
  if (existsSync(stamp) && (await readFile(stamp, 'utf8')) === wanted) return python;
  await mkdir(CACHE, { recursive: true });
  await run(findPython(), ['-m', 'venv', '--clear', folder]);
  // Built packages are kept as wheels by version, so that a new environment need not compile again.
  const wheels = join(CACHE, 'wheels');
  const pip = (...args: readonly string[]): Promise<void> =>
    run(python, ['-m', 'pip', '--disable-pip-version-check', ...args], { CMAKE_BUILD_PARALLEL_LEVEL: '1' });
  await pip('wheel', '--find-links', wheels, '--wheel-dir', wheels, ...requirements);
  await pip('install', '--no-index', '--find-links', wheels, ...requirements);
  if (withoutDependencies.length > 0) await pip('install', '--no-deps', ...withoutDependencies);
  await writeFile(stamp, wanted);
  return python;
}

function findPython(): string {
  const given = process.env['HOPWISE_PYTHON'];
  const candidates = given === undefined ? ['python3.12', 'python3.13', 'python3.14', 'python3'] : [given];
  const check = ['-c', 'import sys; sys.exit(sys.version_info < (3, 12))'];
  const found = candidates.find((candidate) => spawnSync(candidate, check).status === 0);
  if (found === undefined) throw new Error('No Python of version 3.12 or later found; set HOPWISE_PYTHON to one.');
  return found;
}
