// Last step of `npm run test:embedded`: says what that suite left out.
import { readdirSync } from 'node:fs';

const files = readdirSync('test', { recursive: true }).filter((name) => name.endsWith('.neo4j.test.ts'));
console.log(
  `Left out: ${files.length} test files that need a Neo4j (test/**/*.neo4j.test.ts); \`npm test\` runs them too.`,
);
