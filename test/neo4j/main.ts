/** `npm run neo4j`: a throwaway Neo4j of the tests' version to try things on, until Ctrl-C. */
import { ownServer } from './own-server.js';

const server = await ownServer({ heap: process.env['NEO4J_HEAP'] ?? '512m' });
console.log(`export NEO4J_URI=${server.uri} NEO4J_USERNAME=${server.username} NEO4J_PASSWORD=${server.password}`);
console.log('Ctrl-C ends it and deletes its data.');
const timer = setInterval(() => {}, 2 ** 30);
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, async () => {
    clearInterval(timer);
    await server[Symbol.asyncDispose]();
  });
