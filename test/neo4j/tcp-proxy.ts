/** A way to a server that a test can cut, at any time or exactly between a commit and the answer to it. */
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** COMMIT of Bolt as one chunk: its length, structure 0x12 without fields, end. */
const COMMIT = Buffer.from('0002b0120000', 'hex');

export interface TcpProxy extends AsyncDisposable {
  /** `bolt://127.0.0.1:PORT` of the proxy. */
  readonly uri: string;
  /** Ends all connections now; later ones work. */
  cut(): void;
  /** The next commit reaches the server, but instead of its answer the connection is cut. */
  cutNextCommitAnswer(): void;
}

export async function tcpProxy(uri: string): Promise<TcpProxy> {
  const { hostname, port } = new URL(uri);
  const sockets = new Set<Socket>();
  let armed = false;
  const server = createServer((client) => {
    const upstream = connect(Number(port), hostname);
    let cutting = false;
    const end = (): void => {
      client.destroy();
      upstream.destroy();
    };
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', end).on('close', () => {
        sockets.delete(socket);
        end();
      });
    }
    client.on('data', (bytes) => {
      if (armed && bytes.includes(COMMIT)) {
        armed = false;
        cutting = true;
      }
      upstream.write(bytes);
    });
    upstream.on('data', (bytes) => {
      if (cutting) end();
      else client.write(bytes);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const cut = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    uri: `bolt://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut,
    cutNextCommitAnswer: () => {
      armed = true;
    },
    [Symbol.asyncDispose]: async () => {
      cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
