import { runSearchBench } from './run-search-bench.js';

const args = process.argv.slice(2);
const at = args.indexOf('--documents');
const documents = at < 0 ? undefined : Number(args.splice(at, 2)[1]);
await runSearchBench({ sets: args, documents, print: (line) => console.log(line) });
