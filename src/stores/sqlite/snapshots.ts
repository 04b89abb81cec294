/**
 * Connections that each hold one read transaction for the life of a stream: what a stream shows is one generation,
 * however long it takes and whatever is committed meanwhile.
 */
import type { Connection } from './connection.js';

const MOST_IDLE = 2;

/** One use of a connection; a connection serves many, one after another. */
export interface Snapshot {
  readonly connection: Connection;
}

export class Snapshots {
  private readonly connect: () => Connection;
  private readonly idle: Connection[] = [];
  private readonly busy = new Set<Snapshot>();
  /** A stream that was made and never read or ended gives its snapshot back when it is collected. */
  private readonly forgotten = new FinalizationRegistry<Snapshot>((snapshot) => this.give(snapshot));

  constructor(connect: () => Connection) {
    this.connect = connect;
  }

  /** A connection inside a read transaction, to be given back. */
  take(): Snapshot {
    const snapshot = { connection: this.idle.pop() ?? this.connect() };
    this.busy.add(snapshot);
    try {
      snapshot.connection.exec('BEGIN');
    } catch (error) {
      this.give(snapshot);
      throw error;
    }
    return snapshot;
  }

  /** Idempotent. */
  give(snapshot: Snapshot): void {
    if (!this.busy.delete(snapshot)) return;
    snapshot.connection.rollback();
    if (this.idle.length < MOST_IDLE) this.idle.push(snapshot.connection);
    else snapshot.connection.close();
  }

  /** An iterable that may be read once and gives the snapshot back at its end, early end or error. */
  stream<T>(snapshot: Snapshot, rows: () => Iterable<T>): AsyncIterable<T> {
    const stream = read(this, snapshot, rows);
    this.forgotten.register(stream, snapshot);
    return stream;
  }

  /** Streams still open end with an error at their next step. */
  close(): void {
    for (const connection of this.idle) connection.close();
    for (const { connection } of this.busy) connection.close();
    this.idle.length = 0;
    this.busy.clear();
  }
}

async function* read<T>(snapshots: Snapshots, snapshot: Snapshot, rows: () => Iterable<T>): AsyncGenerator<T> {
  try {
    yield* rows();
  } finally {
    snapshots.give(snapshot);
  }
}
