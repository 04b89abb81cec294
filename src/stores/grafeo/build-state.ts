/**
 * What an update of a graph file must know and the graph does not show: Grafeo's numbers of nodes and relationships, and
 * what was folded of each key. A SQLite file beside the graph file, whose rows are read only for what changed.
 */
import type { EntityType } from '../../../graph-schema/index.js';
import type { FoldState } from '../../graph/node-fold.js';
import { Connection } from '../sqlite/connection.js';
import { toOrderedColumn } from '../sqlite/text-column.js';

/** [key, surface, type, count] */
export type SaidOf = readonly [key: string, surface: string, type: EntityType, count: number];

export interface PassageState {
  readonly id: string;
  readonly node: number;
  readonly mentions: readonly SaidOf[];
  /** Ends of its statements, count 1. */
  readonly ends: readonly SaidOf[];
}

export interface DocumentState {
  readonly node: number;
  readonly passages: readonly PassageState[];
  /** Numbers of its statements' relationships. */
  readonly statements: readonly number[];
}

export interface KeyState {
  readonly node: number;
  /** Of the node, in the order put; empty for one that is new. */
  readonly labels: readonly string[];
  readonly fold: FoldState;
}

const SCHEMA = `CREATE TABLE document (id TEXT PRIMARY KEY, state TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE key (key BLOB PRIMARY KEY, state TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;`;

export class BuildState {
  private readonly connection: Connection;

  constructor(path: string) {
    this.connection = new Connection(path, { readOnly: false, busyMs: 1_000 });
    // It is thrown away with its folder unless it was closed in order.
    this.connection.exec('PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; PRAGMA secure_delete = ON;');
  }

  create(): void {
    this.connection.exec(SCHEMA);
  }

  begin(): void {
    this.connection.exec('BEGIN IMMEDIATE');
  }

  document(id: string): DocumentState | undefined {
    return this.parsed('SELECT state FROM document WHERE id = ?', id);
  }

  putDocument(id: string, state: DocumentState): void {
    this.connection.run('INSERT OR REPLACE INTO document (id, state) VALUES (?, ?)', id, JSON.stringify(state));
  }

  removeDocument(id: string): void {
    this.connection.run('DELETE FROM document WHERE id = ?', id);
  }

  key(key: string): KeyState | undefined {
    return this.parsed('SELECT state FROM key WHERE key = ?', toOrderedColumn(key));
  }

  putKeys(states: readonly (readonly [key: string, state: KeyState])[]): void {
    const rows = states.map(([key, state]) => [toOrderedColumn(key), JSON.stringify(state)]);
    this.connection.insertAll('INSERT OR REPLACE INTO key (key, state)', rows);
  }

  removeKey(key: string): void {
    this.connection.run('DELETE FROM key WHERE key = ?', toOrderedColumn(key));
  }

  meta(name: string): string | undefined {
    return this.connection.get<{ readonly value: string }>('SELECT value FROM meta WHERE name = ?', name)?.value;
  }

  setMeta(name: string, value: string): void {
    this.connection.run('INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)', name, value);
  }

  /** Commits and closes. */
  finish(): void {
    this.connection.exec('COMMIT');
    this.connection.close();
  }

  private parsed<T>(sql: string, value: string | Uint8Array): T | undefined {
    const row = this.connection.get<{ readonly state: string }>(sql, value);
    return row === undefined ? undefined : (JSON.parse(row.state) as T);
  }
}
