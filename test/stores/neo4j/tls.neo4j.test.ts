import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { openConnection } from '../../../src/stores/neo4j/open-connection.js';
import { ownServer } from '../../neo4j/own-server.js';
import type { OwnServer } from '../../neo4j/server.js';

const TLS = fileURLToPath(new URL('../../neo4j/tls', import.meta.url));
const CA = join(TLS, 'ca.crt');

describe('TLS to a Neo4j with a certificate of its own', function () {
  this.timeout(240_000);
  let server: OwnServer;
  let home: string;
  let port: string;

  before(async () => {
    home = mkdtempSync(join(tmpdir(), 'hopwise-tls-'));
    const certificates = join(home, 'certificates', 'bolt');
    mkdirSync(certificates, { recursive: true });
    cpSync(join(TLS, 'localhost.key'), join(certificates, 'private.key'));
    cpSync(join(TLS, 'localhost.crt'), join(certificates, 'public.crt'));
    server = await ownServer({
      home,
      conf: {
        'server.bolt.tls_level': 'REQUIRED',
        'dbms.ssl.policy.bolt.enabled': 'true',
        'dbms.ssl.policy.bolt.base_directory': certificates,
        'dbms.ssl.policy.bolt.client_auth': 'NONE',
      },
    });
    port = /:(\d+)$/.exec(server.uri)![1]!;
  });
  after(async () => {
    await server?.[Symbol.asyncDispose]();
    rmSync(home, { recursive: true, force: true });
  });

  async function one(uri: string, ca?: string): Promise<unknown> {
    const { username, password, database } = server;
    await using connection = await openConnection({ uri, username, password, database, ca });
    const { records } = await connection.run('READ', 'RETURN 1 AS one');
    return records[0]!.get('one');
  }

  it('works with the certificate of the authority', async () => {
    assert.equal(await one(`bolt+s://localhost:${port}`, CA), 1);
  });

  it('works unchecked, on +ssc', async () => {
    assert.equal(await one(`bolt+ssc://localhost:${port}`), 1);
    assert.equal(await one(`bolt+ssc://127.0.0.1:${port}`), 1);
  });

  it('is refused when the certificate is not trusted', async () => {
    await assert.rejects(one(`bolt+s://localhost:${port}`), {
      code: 'STORE_CERTIFICATE',
      message: /not trusted here/,
      remedy: /HOPWISE_NEO4J_CA/,
    });
  });

  it('is refused under a name that the certificate does not have', async () => {
    await assert.rejects(one(`bolt+s://127.0.0.1:${port}`, CA), { code: 'STORE_CERTIFICATE', message: /another name/ });
  });

  it('is needed where the server requires it', async () => {
    await assert.rejects(one(`bolt://localhost:${port}`), { code: 'STORE_UNAVAILABLE', remedy: /neo4j\+s:/ });
  });

  it('works with NODE_EXTRA_CA_CERTS', async () => {
    const script = fileURLToPath(new URL('greet-process.ts', import.meta.url));
    const args = ['--import', 'tsx', script, `bolt+s://localhost:${port}`, server.username, server.password];
    const run = async (env: NodeJS.ProcessEnv): Promise<string> =>
      (await promisify(execFile)(process.execPath, args, { env: { ...process.env, ...env } })).stdout.trim();
    assert.equal(await run({ NODE_EXTRA_CA_CERTS: CA }), '{"one":1}');
    assert.equal(await run({ NODE_EXTRA_CA_CERTS: '' }), 'STORE_CERTIFICATE');
  });
});
