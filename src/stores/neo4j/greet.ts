/** The first words with a server: finds out why it cannot be reached, where the driver would only say that it cannot. */
import { readFileSync } from 'node:fs';
import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { StoreError, UsageError } from '../../errors.js';
import type { Neo4jOptions } from './connect.js';

const PROBE_MS = 5_000;
const DEFAULT_PORT = 7687;

interface Finding {
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
}

const SILENT: Finding = {
  code: 'STORE_UNAVAILABLE',
  message: 'answers, but not as Neo4j does',
  remedy: 'Use the Bolt port (7687, not 7474 of HTTP); if the server wants TLS, neo4j+s:// or bolt+s://.',
};

/** Meaning of the codes of Node's sockets and of OpenSSL's certificate checks. */
const FINDINGS: Readonly<Record<string, Finding>> = {
  ECONNREFUSED: {
    code: 'STORE_UNAVAILABLE',
    message: 'is not running: nothing listens there',
    remedy: 'Start Neo4j, or correct the host and port in --store.',
  },
  ENOTFOUND: {
    code: 'STORE_UNAVAILABLE',
    message: 'is unknown: the name has no address',
    remedy: 'Correct the host name in --store.',
  },
  TIMEOUT: {
    code: 'STORE_UNAVAILABLE',
    message: 'does not answer in time',
    remedy: 'Check host, port and firewall, or raise the setting neo4j.connectMs.',
  },
  ERR_TLS_CERT_ALTNAME_INVALID: {
    code: 'STORE_CERTIFICATE',
    message: 'shows a certificate for another name',
    remedy: 'Use the host name that the certificate was made for.',
  },
  CERT_HAS_EXPIRED: {
    code: 'STORE_CERTIFICATE',
    message: 'shows a certificate that has expired',
    remedy: 'Renew the certificate of the server.',
  },
};
const UNTRUSTED: Finding = {
  code: 'STORE_CERTIFICATE',
  message: 'shows a certificate that is not trusted here',
  remedy:
    'Name the file of the certificate, or of the authority that signed it, in HOPWISE_NEO4J_CA (or NODE_EXTRA_CA_CERTS).',
};
const NO_TLS: Finding = {
  code: 'STORE_UNAVAILABLE',
  message: 'speaks no TLS',
  remedy: 'Switch TLS for Bolt on at the server, or use an address without +s.',
};

/** Preamble of Bolt and four versions that a client offers, https://neo4j.com/docs/bolt/current/bolt/handshake/ */
const HANDSHAKE = Buffer.from('6060b01700080805000404040000030400000300', 'hex');

/**
 * Speaks the first words of Bolt. The driver would say of every failure that the server is unavailable, and wait without
 * end for one that accepts a connection and stays silent.
 * @throws StoreError `STORE_UNAVAILABLE`, `STORE_CERTIFICATE`; UsageError `STORE_CA`
 */
export async function greet(options: Neo4jOptions): Promise<void> {
  const { protocol, hostname, port } = new URL(options.uri);
  const host = hostname.replace(/^\[|\]$/g, '');
  const target = { host, port: Number(port || DEFAULT_PORT) };
  const socket = protocol.includes('+s')
    ? connectTls({
        ...target,
        ...(isIP(host) ? {} : { servername: host }),
        ...(options.ca === undefined ? {} : { ca: readCa(options.ca) }),
        rejectUnauthorized: !protocol.includes('+ssc'),
      })
    : connectTcp(target);
  const finding = await exchange(socket, options.connectMs ?? PROBE_MS);
  if (finding === undefined) return;
  throw new StoreError(finding.code, `Neo4j at ${options.uri} ${finding.message}`, {
    place: { uri: options.uri },
    remedy: finding.remedy,
  });
}

/** Undefined when the server chose a version. */
function exchange(socket: Socket, limit: number): Promise<Finding | undefined> {
  let connected = false;
  return new Promise<Finding | undefined>((resolve) => {
    socket.setTimeout(limit, () => resolve(connected ? SILENT : FINDINGS['TIMEOUT']));
    socket.once('connect', () => {
      connected = true;
    });
    socket.once('error', (error: NodeJS.ErrnoException) => resolve(findingOf(error.code ?? error.name, connected)));
    socket.once('close', () => resolve(SILENT));
    // The highest byte of a version is 0; "HTTP" is none.
    socket.once('data', (answer: Buffer) => resolve(answer[0] === 0 && answer.length >= 4 ? undefined : SILENT));
    socket.write(HANDSHAKE);
  }).finally(() => socket.destroy());
}

function findingOf(code: string, connected: boolean): Finding {
  const known = FINDINGS[code];
  if (known) return known;
  if (!connected) return { ...FINDINGS['TIMEOUT']!, message: `cannot be reached (${code})` };
  if (/^(ERR_SSL|EPROTO|ECONNRESET)/.test(code)) return NO_TLS;
  return code.startsWith('E') && !code.startsWith('ERR_') ? SILENT : UNTRUSTED;
}

/** @throws UsageError `STORE_CA` when the certificate's file cannot be read */
export function readCa(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new UsageError('STORE_CA', `The certificate ${path} cannot be read`, {
      place: { uri: path },
      remedy: 'Correct HOPWISE_NEO4J_CA: it names a PEM file.',
      cause,
    });
  }
}
