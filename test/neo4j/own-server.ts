/** Starts servers that belong to one test, by the means that this machine has. */
import { containerServer, hasDocker } from './container-server.js';
import { installation, type Report } from './installation.js';
import { jarServer } from './jar-server.js';
import type { OwnServer, ServerOptions } from './server.js';

/** Thrown when no Neo4j can be had; its message is the one line that says what to install. */
export class NoNeo4jError extends Error {}

type Starter = (options?: ServerOptions) => Promise<OwnServer>;

let found: Promise<Starter> | undefined;

/** A way to start servers, set up on first use. @throws NoNeo4jError */
export function starter(report: Report): Promise<Starter> {
  found ??= findStarter(report);
  return found;
}

async function findStarter(report: Report): Promise<Starter> {
  const installed = await installation(report);
  if (installed) return (options) => jarServer(installed, options);
  if (hasDocker()) return containerServer;
  throw new NoNeo4jError(
    'The tests need a Neo4j: install Java 17 (or newer) and Maven, or Docker, or set NEO4J_URI, NEO4J_USERNAME and ' +
      'NEO4J_PASSWORD to an empty test database; `npm run test:embedded` runs the suite without the Neo4j tests.',
  );
}

/** Starts a server of the test's own; dispose of it in `after`. */
export async function ownServer(options: ServerOptions = {}): Promise<OwnServer> {
  const start = await starter((line) => console.error(line));
  return start(options);
}
