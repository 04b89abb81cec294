/** One SQLite connection: prepared statements kept by their text, errors mapped, transactions as functions. */
import { DatabaseSync } from '@photostructure/sqlite';
import { isBusy, isUncoded, storeError, uncodedError } from './sqlite-error.js';

type Database = InstanceType<typeof DatabaseSync>;
type Statement = ReturnType<Database['prepare']>;

const ROWS_A_STATEMENT = 32;

export type SqlValue = string | number | bigint | Uint8Array | null;

export interface ConnectionOptions {
  readonly readOnly: boolean;
  /** Milliseconds to wait for another connection's lock. */
  readonly busyMs: number;
}

export class Connection {
  readonly path: string;
  private readonly database: Database;
  private readonly statements = new Map<string, Statement>();

  /** Opens the file, creating it unless `readOnly`. Throws StoreError. */
  constructor(path: string, options: ConnectionOptions) {
    this.path = path;
    this.database = this.mapped(
      () =>
        new DatabaseSync(path, {
          readOnly: options.readOnly,
          timeout: options.busyMs,
          enableForeignKeyConstraints: true,
        }),
    );
  }

  get isOpen(): boolean {
    return this.database.isOpen;
  }

  get inTransaction(): boolean {
    return this.database.isTransaction;
  }

  /** Statements without results, several at once. */
  exec(sql: string): void {
    this.mapped(() => this.database.exec(sql));
  }

  /** Rows changed and the last row id. */
  run(sql: string, ...values: SqlValue[]): { readonly changes: number; readonly rowId: number } {
    const result = this.mapped(() => this.statement(sql).run(...values));
    return { changes: result.changes, rowId: Number(result.lastInsertRowid) };
  }

  /**
   * Inserts rows, several a statement: a call costs more than a row. `insert` is the statement up to VALUES.
   * All rows have as many values as the first.
   */
  insertAll(insert: string, rows: readonly (readonly SqlValue[])[]): void {
    const width = rows[0]?.length ?? 0;
    const row = `(${Array(width).fill('?').join(', ')})`;
    const several = `${insert} VALUES ${Array(ROWS_A_STATEMENT).fill(row).join(', ')}`;
    const values: SqlValue[] = new Array(width * ROWS_A_STATEMENT);
    let next = 0;
    for (; next + ROWS_A_STATEMENT <= rows.length; next += ROWS_A_STATEMENT) {
      for (let r = 0, at = 0; r < ROWS_A_STATEMENT; r++) {
        const one = rows[next + r]!;
        for (let c = 0; c < width; c++) values[at++] = one[c]!;
      }
      this.run(several, ...values);
    }
    for (const one of rows.slice(next)) this.run(`${insert} VALUES ${row}`, ...one);
  }

  get<Row>(sql: string, ...values: SqlValue[]): Row | undefined {
    return this.mapped(() => this.statement(sql).get(...values) as Row | undefined);
  }

  all<Row>(sql: string, ...values: SqlValue[]): Row[] {
    return this.mapped(() => this.statement(sql).all(...values) as Row[]);
  }

  /** Rows one by one. The statement is busy until the iterator ends: never iterate one statement twice at a time. */
  *iterate<Row>(sql: string, ...values: SqlValue[]): Generator<Row, void, undefined> {
    const rows = this.mapped(() => this.statement(sql).iterate(...values)) as Iterator<Row>;
    try {
      for (;;) {
        const step = this.mapped(() => rows.next());
        if (step.done === true) return;
        yield step.value;
      }
    } finally {
      rows.return?.();
    }
  }

  /** Runs `work` in a transaction of its own: all of it or nothing. */
  transaction<T>(mode: 'DEFERRED' | 'IMMEDIATE' | 'EXCLUSIVE', work: () => T): T {
    this.exec(`BEGIN ${mode}`);
    try {
      const result = work();
      this.exec('COMMIT');
      return result;
    } catch (error) {
      this.rollback();
      throw error;
    }
  }

  /** Like `transaction('IMMEDIATE')`, for work that waits. The caller keeps others off this connection meanwhile. */
  async transactionAsync<T>(work: () => Promise<T>): Promise<T> {
    this.exec('BEGIN IMMEDIATE');
    try {
      const result = await work();
      this.exec('COMMIT');
      return result;
    } catch (error) {
      this.rollback();
      throw error;
    }
  }

  /** Ends an open transaction; SQLite has done so itself after a full disk or an I/O error. */
  rollback(): void {
    if (this.database.isOpen && this.database.isTransaction) this.database.exec('ROLLBACK');
  }

  /** Takes a lock now, or tells that another connection has it. */
  tryBegin(mode: 'IMMEDIATE' | 'EXCLUSIVE'): boolean {
    try {
      this.database.exec(`BEGIN ${mode}`);
      return true;
    } catch (error) {
      if (isBusy(error)) return false;
      throw storeError(error, this.path);
    }
  }

  close(): void {
    if (!this.database.isOpen) return;
    this.statements.clear();
    this.database.close();
  }

  private statement(sql: string): Statement {
    let statement = this.statements.get(sql);
    if (statement === undefined) {
      statement = this.database.prepare(sql);
      this.statements.set(sql, statement);
    }
    return statement;
  }

  private mapped<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw isUncoded(error) ? uncodedError(error, this.path, this.isDamaged()) : storeError(error, this.path);
    }
  }

  private isDamaged(): boolean {
    try {
      const row = this.database.prepare('PRAGMA quick_check(1)').get() as { readonly quick_check: string };
      return row.quick_check !== 'ok';
    } catch {
      return true;
    }
  }
}
