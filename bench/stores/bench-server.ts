/** The Neo4j that stores are measured on: the one that NEO4J_URI names, else a throwaway one, `npm run neo4j`. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { packageRoot } from '../../src/assets.js';
import { UsageError } from '../../src/errors.js';

export interface BenchServer extends AsyncDisposable {
  readonly uri: string;
  readonly username: string;
  readonly password: string;
  readonly database?: string;
}

/** @throws UsageError when none can be started */
export async function benchServer(env: NodeJS.ProcessEnv = process.env): Promise<BenchServer> {
  const { NEO4J_URI: uri, NEO4J_USERNAME: username, NEO4J_PASSWORD: password, NEO4J_DATABASE: database } = env;
  if (uri !== undefined) {
    const end = async (): Promise<void> => {};
    const named = database === undefined ? {} : { database };
    return { uri, username: username ?? 'neo4j', password: password ?? '', ...named, [Symbol.asyncDispose]: end };
  }
  const child = spawn(process.execPath, ['--import', 'tsx', 'test/neo4j/main.ts'], {
    cwd: packageRoot(),
    env: { ...env, NEO4J_HEAP: env['NEO4J_HEAP'] ?? '2g' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const kill = (): void => {
    child.kill('SIGTERM');
  };
  // Also when a measurement fails in a way that nobody waits for.
  process.once('exit', kill);
  for await (const line of createInterface({ input: child.stdout })) {
    const found = /^export NEO4J_URI=(\S+) NEO4J_USERNAME=(\S+) NEO4J_PASSWORD=(\S+)$/.exec(line);
    if (found === null) continue;
    child.stdout.resume();
    return {
      uri: found[1]!,
      username: found[2]!,
      password: found[3]!,
      async [Symbol.asyncDispose]() {
        process.off('exit', kill);
        if (child.exitCode !== null) return;
        kill();
        await once(child, 'exit');
      },
    };
  }
  throw new UsageError('NO_NEO4J', 'No Neo4j could be started to measure on.', {
    remedy: 'Set NEO4J_URI, NEO4J_USERNAME and NEO4J_PASSWORD to a blank database, or see what `npm run neo4j` says.',
  });
}
