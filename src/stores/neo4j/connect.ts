/** Opens the driver: addresses, TLS, pool and time-outs. Credentials are never part of an address, a log or an error. */
import neo4j, { type Config, type Driver } from 'neo4j-driver';
import { packageVersion } from '../../assets.js';
import { UsageError } from '../../errors.js';

export interface Neo4jOptions {
  /** `neo4j://`, `bolt://`, with `+s` for TLS or `+ssc` for TLS without checking the certificate. */
  readonly uri: string;
  /** Default `neo4j`. */
  readonly username?: string | undefined;
  /** Absent: the server has authentication switched off. */
  readonly password?: string | undefined;
  /** Default: the user's home database. */
  readonly database?: string | undefined;
  /** Path of a PEM file: the certificate, or that of the authority that signed it, for `+s` addresses. */
  readonly ca?: string | undefined;
  /** Connections at most, default 50. */
  readonly poolSize?: number | undefined;
  /** Milliseconds to open a connection, default 5,000. */
  readonly connectMs?: number | undefined;
  /** Milliseconds that a failed transaction is tried again, default 60,000: a restart of the server takes half of it. */
  readonly retryMs?: number | undefined;
  /** Milliseconds of one transaction at most, default 120,000; kept by the server. */
  readonly transactionMs?: number | undefined;
}

const SCHEMES = ['neo4j:', 'neo4j+s:', 'neo4j+ssc:', 'bolt:', 'bolt+s:', 'bolt+ssc:'];

/**
 * @throws UsageError `STORE_URI` for an address that cannot be used, `CREDENTIALS_IN_URI` for one that holds a password,
 *   `STORE_CA` for a certificate where there is no TLS to check
 */
export function openDriver(options: Neo4jOptions, overrides: Config = {}): Driver {
  const url = checkedUri(options.uri);
  const { scheme, trust } = trustOf(url, options.ca);
  const auth =
    options.password === undefined ? undefined : neo4j.auth.basic(options.username ?? 'neo4j', options.password);
  const config: Config = {
    ...trust,
    maxConnectionPoolSize: options.poolSize ?? 50,
    connectionTimeout: options.connectMs ?? 5_000,
    connectionAcquisitionTimeout: 3 * (options.connectMs ?? 5_000),
    connectionLivenessCheckTimeout: 60_000,
    disableLosslessIntegers: true,
    fetchSize: 1_000,
    userAgent: `hopwise/${packageVersion()}`,
    telemetryDisabled: true,
    notificationFilter: { minimumSeverityLevel: 'OFF' },
    ...overrides,
  };
  return neo4j.driver(`${scheme}//${url.host}${url.search}`, auth, config);
}

function checkedUri(uri: string): URL {
  const url = URL.canParse(uri) ? new URL(uri) : undefined;
  if (url === undefined || !SCHEMES.includes(url.protocol) || url.hostname === '')
    throw new UsageError('STORE_URI', 'The address of the store is none of Neo4j', {
      remedy: 'Use neo4j://HOST:7687, or neo4j+s://HOST:7687 for TLS.',
    });
  if (url.username !== '' || url.password !== '')
    throw new UsageError('CREDENTIALS_IN_URI', 'The address of the store holds a user name or password', {
      place: { uri: safeUri(url) },
      remedy: 'Leave them out and set NEO4J_USERNAME and NEO4J_PASSWORD: addresses are shown in logs and messages.',
    });
  if (url.pathname !== '' && url.pathname !== '/')
    throw new UsageError('STORE_URI', 'The address of the store has a path', {
      place: { uri: safeUri(url) },
      remedy: 'Leave it out and name the database in NEO4J_DATABASE.',
    });
  return url;
}

/** The address without anything that may be secret. */
function safeUri(url: URL): string {
  return `${url.protocol}//${url.host}`;
}

/** A certificate of one's own takes the place of the scheme's: the driver has it only for schemes without TLS. */
function trustOf(url: URL, ca: string | undefined): { scheme: string; trust: Config } {
  if (ca === undefined) return { scheme: url.protocol, trust: {} };
  if (!url.protocol.endsWith('+s:'))
    throw new UsageError('STORE_CA', `A certificate is set, but ${safeUri(url)} does not check one`, {
      place: { uri: safeUri(url) },
      remedy: 'Use neo4j+s:// or bolt+s://, or unset HOPWISE_NEO4J_CA.',
    });
  return {
    scheme: url.protocol.replace('+s:', ':'),
    trust: { encrypted: true, trust: 'TRUST_CUSTOM_CA_SIGNED_CERTIFICATES', trustedCertificates: [ca] },
  };
}
