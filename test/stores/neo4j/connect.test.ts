import assert from 'node:assert/strict';
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { fileURLToPath } from 'node:url';
import { openDriver } from '../../../src/stores/neo4j/connect.js';
import { openConnection } from '../../../src/stores/neo4j/open-connection.js';

const CA = fileURLToPath(new URL('../../neo4j/tls/ca.crt', import.meta.url));
const PASSWORD = 'a-password-that-must-not-show';

describe('the address of a Neo4j', () => {
  const refused: readonly (readonly [string, string])[] = [
    ['http://localhost:7474', 'STORE_URI'],
    ['neo4j:/localhost', 'STORE_URI'],
    ['neo4j+x://localhost', 'STORE_URI'],
    ['neo4j://localhost:7687/movies', 'STORE_URI'],
    [`neo4j://neo4j:${PASSWORD}@localhost:7687`, 'CREDENTIALS_IN_URI'],
    [`bolt+s://:${PASSWORD}@localhost`, 'CREDENTIALS_IN_URI'],
  ];
  for (const [uri, code] of refused)
    it(`refuses ${uri.replace(PASSWORD, '...')}`, () => {
      assert.throws(
        () => openDriver({ uri }),
        (error: Error & { code?: string }) => {
          assert.equal(error.code, code);
          assert.ok(!JSON.stringify({ ...error, message: error.message, stack: error.stack }).includes(PASSWORD));
          return true;
        },
      );
    });

  it('takes a certificate only where one is checked', async () => {
    assert.throws(() => openDriver({ uri: 'neo4j://localhost', ca: CA }), { code: 'STORE_CA' });
    await assert.rejects(openConnection({ uri: 'neo4j+s://localhost', ca: '/no/such.crt' }), {
      code: 'STORE_CA',
      place: { uri: '/no/such.crt' },
    });
    const driver = openDriver({ uri: 'neo4j+s://localhost', ca: CA });
    assert.equal(driver._getTrust(), 'TRUST_CUSTOM_CA_SIGNED_CERTIFICATES');
    await driver.close();
  });
});

describe('a server that cannot be reached', () => {
  const servers: Server[] = [];
  afterEach(() => {
    for (const server of servers.splice(0)) server.close();
  });

  async function listen(server: Server): Promise<number> {
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return (server.address() as AddressInfo).port;
  }

  async function failure(uri: string): Promise<{ code: string; message: string; remedy: string }> {
    const opening = openConnection({ uri, password: PASSWORD, connectMs: 1_000 });
    return opening.then(
      () => assert.fail('it was reached'),
      (error) => error,
    );
  }

  it('is not running', async () => {
    const port = await listen(createServer());
    await new Promise((resolve) => servers.at(-1)!.close(resolve));
    for (const scheme of ['bolt', 'neo4j', 'bolt+s']) {
      const { code, message } = await failure(`${scheme}://127.0.0.1:${port}`);
      assert.deepEqual(
        [code, message],
        ['STORE_UNAVAILABLE', `Neo4j at ${scheme}://127.0.0.1:${port} is not running: nothing listens there`],
      );
    }
  });

  it('has a name without an address', async () => {
    const { code, message } = await failure('neo4j://no-such-host.invalid');
    assert.equal(code, 'STORE_UNAVAILABLE');
    assert.match(message, /the name has no address|cannot be reached \(EAI_AGAIN\)/);
  });

  it('is a web server', async () => {
    const port = await listen(createHttpServer((_, response) => response.end('hello')));
    const { code, remedy } = await failure(`bolt://127.0.0.1:${port}`);
    assert.equal(code, 'STORE_UNAVAILABLE');
    assert.match(remedy, /not 7474 of HTTP/);
  });

  it('accepts and says nothing', async () => {
    const port = await listen(createServer(() => {}));
    const { code, message } = await failure(`bolt://127.0.0.1:${port}`);
    assert.equal(code, 'STORE_UNAVAILABLE');
    assert.match(message, /not as Neo4j does/);
  });

  it('speaks no TLS', async () => {
    const port = await listen(
      createServer((socket) => socket.once('data', () => socket.end('HTTP/1.1 400 no\r\n\r\n'))),
    );
    const { code, message } = await failure(`bolt+s://127.0.0.1:${port}`);
    assert.equal(code, 'STORE_UNAVAILABLE');
    assert.match(message, /speaks no TLS/);
  });
});
