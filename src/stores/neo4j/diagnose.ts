/** Finds out why a server cannot be reached, where the driver only says that it cannot. */
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

/** The error to throw when no connection could be opened. */
export async function diagnose(options: Neo4jOptions, cause: unknown): Promise<StoreError> {
  const { protocol, hostname, port } = new URL(options.uri);
  const host = hostname.replace(/^\[|\]$/g, '');
  const target = { host, port: Number(port || DEFAULT_PORT) };
  const limit = options.connectMs ?? PROBE_MS;
  const tcp = await probe(connectTcp(target), 'connect', limit);
  const finding =
    tcp !== undefined
      ? (FINDINGS[tcp] ?? { ...SILENT, message: `cannot be reached (${tcp})`, remedy: FINDINGS['TIMEOUT']!.remedy })
      : protocol.includes('+s')
        ? await tlsFinding(target, protocol.includes('+ssc'), options.ca, limit)
        : SILENT;
  return new StoreError(finding.code, `Neo4j at ${options.uri} ${finding.message}`, {
    place: { uri: options.uri },
    remedy: finding.remedy,
    cause,
  });
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

async function tlsFinding(
  target: { host: string; port: number },
  trusting: boolean,
  ca: string | undefined,
  limit: number,
): Promise<Finding> {
  const socket = connectTls({
    ...target,
    ...(isIP(target.host) ? {} : { servername: target.host }),
    ...(ca === undefined ? {} : { ca: readCa(ca) }),
    rejectUnauthorized: !trusting,
  });
  const code = await probe(socket, 'secureConnect', limit);
  if (code === undefined) return SILENT;
  if (FINDINGS[code]) return FINDINGS[code];
  // What is no socket's and no certificate's code comes from a handshake with something that is not TLS.
  return /^(ERR_SSL|EPROTO|ECONNRESET)/.test(code) ? NO_TLS : UNTRUSTED;
}

/** Undefined when the event came, else the code of what went wrong. */
function probe(socket: Socket, event: 'connect' | 'secureConnect', limit: number): Promise<string | undefined> {
  return new Promise<string | undefined>((resolve) => {
    socket.setTimeout(limit, () => resolve('TIMEOUT'));
    socket.once(event, () => resolve(undefined));
    socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.name));
  }).finally(() => socket.destroy());
}
