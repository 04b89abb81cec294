// Last step of `npm run test:embedded`: says what that suite left out.
import { readdirSync } from 'node:fs';

const files = readdirSync('test', { recursive: true });
const count = (ending) => files.filter((name) => name.endsWith(ending)).length;
console.log(
  `Left out: ${count('.neo4j.test.ts')} test files that need a Neo4j (test/**/*.neo4j.test.ts) and ${count('.browser.test.ts')} that need a browser (test/**/*.browser.test.ts); \`npm test\` runs them too.`,
);
