/** The Python that fits: `HOPWISE_PYTHON`, else a virtual environment of our own with the pinned packages. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../src/assets.js';
import { HopwiseError } from '../../src/errors.js';

function run(command: string, args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });
    const fail = (cause: unknown): void => {
      reject(
        new HopwiseError('PYTHON_FAILED', `${command} ${args.join(' ')} failed.`, {
          remedy:
            'Install Python 3.11 or later with venv, or set HOPWISE_PYTHON to one with bench/train/requirements.txt.',
          cause,
        }),
      );
    };
    child.on('error', fail);
    child.on('exit', (code, signal) => (code === 0 ? resolve() : fail(new Error(`exit ${code ?? signal}`))));
  });
}

/** Path of a Python with the packages of `requirements.txt`; makes the environment at the first call. */
export async function fittingPython(): Promise<string> {
  const given = process.env['HOPWISE_PYTHON'];
  if (given !== undefined && given !== '') return given;
  const folder = join(packageRoot(), 'node_modules', '.cache', 'hopwise-train');
  const python = join(folder, 'bin', 'python');
  if (!existsSync(join(folder, 'ready'))) {
    await run('python3', ['-m', 'venv', folder]);
    await run(python, [
      '-m',
      'pip',
      'install',
      '--quiet',
      '-r',
      join(packageRoot(), 'bench', 'train', 'requirements.txt'),
    ]);
    await run(python, ['-c', `open(${JSON.stringify(join(folder, 'ready'))}, 'w')`]);
  }
  return python;
}

/** Runs the fitting script. */
export async function runFit(python: string, kind: 'linear' | 'trees', source: string, target: string): Promise<void> {
  await run(python, [join(packageRoot(), 'bench', 'train', 'fit.py'), kind, source, target]);
}
