/**
 * `npm run bench:sharing -- DIR [--documents N] [--processes N]`: documents of a benchmark folder ingested by one process
 * and by several at once, into the Neo4j of `NEO4J_URI`, `NEO4J_USERNAME` and `NEO4J_PASSWORD`.
 */
import { parseArgs } from 'node:util';
import { UsageError } from '../../src/errors.js';
import { loadBenchSet } from '../retrieval/bench-set.js';
import { compareSharing } from './compare-sharing.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { documents: { type: 'string', default: '2000' }, processes: { type: 'string', default: '2' } },
});
const [folder] = positionals;
const { NEO4J_URI: uri, NEO4J_USERNAME: username = 'neo4j', NEO4J_PASSWORD: password } = process.env;
if (folder === undefined || uri === undefined || password === undefined) {
  throw new UsageError('NO_SERVER', 'A benchmark folder, NEO4J_URI and NEO4J_PASSWORD are needed.', {
    remedy: 'Start a server with: npm run neo4j',
  });
}
const documents = (await loadBenchSet(folder)).documents.slice(0, Number(values.documents));
const server = { uri, username, password };
const { one, several } = await compareSharing(server, documents, Number(values.processes));
for (const run of several.processes === 1 ? [one] : [one, several]) {
  const { processes, passages, seconds, cpuSeconds, serverCpuSeconds, shares } = run;
  console.log(
    `${processes} process${processes === 1 ? '' : 'es'}: ${documents.length} documents, ${passages} passages in ` +
      `${seconds.toFixed(1)} s (${(passages / seconds).toFixed(0)} passages/s, ` +
      `${(one.seconds / seconds).toFixed(2)}x), CPU ${cpuSeconds.toFixed(1)} s` +
      `${serverCpuSeconds === undefined ? '' : `, of the server ${serverCpuSeconds.toFixed(1)} s`}, ` +
      `shares ${shares.join(' + ')}`,
  );
}
