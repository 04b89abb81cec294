// `npm run test:node -- 22`: runs the suites that need no Neo4j on another Node version, taken from the npm registry.
import { spawnSync } from 'node:child_process';

const version = process.argv[2];
if (version === undefined || !/^\d+$/.test(version)) {
  console.error('usage: npm run test:node -- MAJOR');
  process.exit(2);
}
const suites = [
  "'test/text/**/*.test.ts'",
  "'test/graph/**/*.test.ts'",
  "'test/index/**/*.test.ts'",
  "'test/models/**/*.test.ts'",
  "'test/stores/**/*.test.ts'",
  "'test/ingest/**/*.test.ts'",
  "'test/queries/**/*.test.ts'",
  "'test/app/**/*.test.ts'",
];
const command = `node -e "console.log('Node', process.version)" && node node_modules/mocha/bin/mocha.js --exclude 'test/**/*.neo4j.test.ts' ${suites.join(' ')}`;
const { status } = spawnSync('npx', ['-y', '-p', `node@${version}`, '-c', command], { stdio: 'inherit' });
process.exitCode = status ?? 1;
