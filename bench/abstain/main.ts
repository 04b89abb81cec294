/** `npm run train:abstain -- DIR[:N]...`: refits `assets/spans.json` and `assets/abstain.json` and writes their data card. */
import { parseArgs } from 'node:util';
import { trainAnswers } from './train-answers.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { out: { type: 'string' }, card: { type: 'string' } },
});
await trainAnswers({ folders: positionals, ...values, print: (line) => console.log(line) });
