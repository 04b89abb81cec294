/** First step of `npm test`: sees to it that a Neo4j can be started, installing and fetching what is missing. */
import { NoNeo4jError, starter } from './own-server.js';

if (process.env['NEO4J_URI']) {
  console.log(`The Neo4j tests use ${process.env['NEO4J_URI']}.`);
} else {
  try {
    await starter((line) => console.log(line));
  } catch (error) {
    if (!(error instanceof NoNeo4jError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
