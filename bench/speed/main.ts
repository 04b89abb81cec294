/** `npm run bench:speed -- DIR... [--largest N] [--json]`. */
import { parseArgs } from 'node:util';
import { runSpeedBench } from './run-speed-bench.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { largest: { type: 'string' }, json: { type: 'boolean', default: false } },
});
await runSpeedBench({
  folders: positionals,
  largest: values.largest === undefined ? undefined : Number(values.largest),
  json: values.json,
  print: (line) => console.log(line),
});
