/** `npm run bench:stores -- DIR... [--documents N] [--dense N] [--questions N] [--files N] [--json]`. */
import { parseArgs } from 'node:util';
import { runStoresBench } from './run-stores-bench.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    documents: { type: 'string' },
    dense: { type: 'string' },
    questions: { type: 'string' },
    files: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});
const number = (text: string | undefined): number | undefined => (text === undefined ? undefined : Number(text));
await runStoresBench({
  folders: positionals,
  documents: number(values.documents),
  dense: number(values.dense),
  questions: number(values.questions),
  files: number(values.files),
  json: values.json,
  print: (line) => console.log(line),
});
