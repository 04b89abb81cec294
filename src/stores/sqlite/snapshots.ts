/**
 * Connections that each hold one read transaction for the life of a stream: what a stream shows is one generation,
 * however long it takes and whatever is committed meanwhile.
 */
import type { Connection } from './connection.js';

const MOST_IDLE = 2;

export class Snapshots {
  private readonly connect: () => Connection;
  private readonly idle: Connection[] = [];
  private readonly busy = new Set<Connection>();
  /** A stream that was made and never read or ended gives its connection back when it is collected. */
  private readonly forgotten = new FinalizationRegistry<Connection>((connection) => this.give(connection));

  constructor(connect: () => Connection) {
    this.connect = connect;
  }

  /** A connection inside a read transaction, to be given back. */
  take(): Connection {
    const connection = this.idle.pop() ?? this.connect();
    this.busy.add(connection);
    try {
      connection.exec('BEGIN');
    } catch (error) {
      this.give(connection);
      throw error;
    }
    return connection;
  }

  /** Idempotent. */
  give(connection: Connection): void {
    if (!this.busy.delete(connection)) return;
    connection.rollback();
    if (this.idle.length < MOST_IDLE) this.idle.push(connection);
    else connection.close();
  }

  /** An iterable that may be read once and gives the connection back at its end, early end or error. */
  stream<T>(connection: Connection, rows: () => Iterable<T>): AsyncIterable<T> {
    const stream = read(this, connection, rows);
    this.forgotten.register(stream, connection);
    return stream;
  }

  close(): void {
    for (const connection of [...this.idle, ...this.busy]) connection.close();
    this.idle.length = 0;
    this.busy.clear();
  }
}

async function* read<T>(snapshots: Snapshots, connection: Connection, rows: () => Iterable<T>): AsyncGenerator<T> {
  try {
    yield* rows();
  } finally {
    snapshots.give(connection);
  }
}
