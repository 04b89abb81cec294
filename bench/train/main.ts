/** `npm run train:ranker -- DIR[:N]...`: refits `assets/ranker.json` and writes its data card. */
import { parseArgs } from 'node:util';
import { isAbort } from '../../src/errors.js';
import { runTraining } from './run-training.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    out: { type: 'string' },
    card: { type: 'string' },
    work: { type: 'string' },
    quick: { type: 'boolean', default: false },
  },
});
try {
  await runTraining({ folders: positionals, ...values, print: (line) => console.log(line) });
} catch (error) {
  if (!isAbort(error)) throw error;
  process.exitCode = 130;
}
