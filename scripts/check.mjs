// `npm run check`: every check that is not a test, one after the other; says how long each took and fails if one failed.
import { spawnSync } from 'node:child_process';

const steps = [
  ['types', 'tsc', ['-b']],
  ['types of the tests', 'tsc', ['-p', 'test']],
  ['lint and format', 'biome', ['ci', '.']],
  [
    'layers and cycles',
    'depcruise',
    ['--config', '.dependency-cruiser.cjs', 'graph-schema', 'src', 'ingest', 'queries', 'bench', 'app'],
  ],
  ['dead code', 'knip', []],
  ['duplicates', 'jscpd', ['--config', '.jscpd.json', 'graph-schema', 'src', 'ingest', 'queries', 'bench', 'app']],
  ['API docs', 'typedoc', ['--treatWarningsAsErrors']],
  ['Docker files', 'node', ['scripts/check-compose.mjs']],
];

let failed = 0;
for (const [name, command, args] of steps) {
  const started = Date.now();
  const { status } = spawnSync('npx', ['--no-install', command, ...args], { stdio: 'inherit' });
  console.log(`${status === 0 ? 'ok' : 'FAILED'}  ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
  if (status !== 0) failed += 1;
}
process.exitCode = failed === 0 ? 0 : 1;
