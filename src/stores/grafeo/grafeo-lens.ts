/** Read-only Cypher over a graph file that is derived from any store; see docs/cypher.md. */
import { checkWords } from '../../cypher/check-words.js';
import { rowsWarning } from '../../cypher/cypher-errors.js';
import { queryParams } from '../../cypher/query-params.js';
import { FUNCTIONS } from '../../cypher/statement-words.js';
import { CypherUnavailableError, isAbort, NotFoundError } from '../../errors.js';
import type {
  CollectionInfo,
  CypherLens,
  CypherParams,
  CypherRows,
  CypherValue,
  CypherWarning,
  ExploreOptions,
  GraphStore,
} from '../../ports/index.js';
import { LensBuilder } from './lens-builder.js';
import type { LensChild } from './lens-child.js';
import { LensPool } from './lens-pool.js';
import { limitRows } from './limit-rows.js';
import type { FromProcess } from './messages.js';
import { PROCEDURES } from './plan-guard.js';

export interface GrafeoLensOptions {
  readonly store: GraphStore;
  /** Where graph files are kept; made when it does not exist. */
  readonly folder: string;
  /** Characters of a statement. */
  readonly maxChars: number;
  /** Statements that run at the same time. Default 2. */
  readonly processes?: number | undefined;
  /** Milliseconds that a child waits for the next statement. Default 60,000. */
  readonly idleMs?: number | undefined;
  /** Clock of the builders' lock. Default the system's. */
  readonly now?: (() => Date) | undefined;
}

const PROCESSES = 2;
const IDLE_MS = 60_000;
const ATTEMPTS = 3;

type Piece = Extract<FromProcess, { kind: 'rows' }>;

export class GrafeoLens implements CypherLens {
  readonly engine = 'lens';
  private readonly store: GraphStore;
  private readonly maxChars: number;
  private readonly builder: LensBuilder;
  private readonly pool: LensPool;

  constructor(options: GrafeoLensOptions) {
    const { store, folder, maxChars, processes = PROCESSES, idleMs = IDLE_MS, now = () => new Date() } = options;
    this.store = store;
    this.maxChars = maxChars;
    this.builder = new LensBuilder(store, folder, now);
    this.pool = new LensPool({ processes, idleMs });
  }

  async explore(
    collection: string,
    cypher: string,
    params: CypherParams,
    options: ExploreOptions,
  ): Promise<CypherRows> {
    const { rows, timeoutMs, memoryMb, signal } = options;
    signal?.throwIfAborted();
    const allowed = { maxChars: this.maxChars, functions: FUNCTIONS, procedures: PROCEDURES };
    const { statement, tokens } = checkWords(cypher, allowed);
    const given = queryParams(collection, params);
    const limited = limitRows(statement, tokens, rows + 1);
    const { child, file, generation } = await this.open(collection, options);
    const release = child.bound({ timeoutMs, memoryMb });
    const end = (): void => {
      release();
      this.pool.give(child, file);
    };
    try {
      const first = await child.ask({ kind: 'run', statement, limited, params: given, rows, memoryMb }, signal);
      if (first.kind !== 'rows') throw new Error('the child did not answer with rows');
      return new LensRows(child, first, { generation, limit: rows, signal, end });
    } catch (error) {
      end();
      throw error;
    }
  }

  /** Forgets what is derived of a collection, so that nothing of it stays on the disk. */
  discard(collection: string): void {
    this.builder.files(collection).discard();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.pool.close();
  }

  /** A child with the collection's graph at the store's generation open. */
  private async open(
    collection: string,
    options: ExploreOptions,
  ): Promise<{ readonly child: LensChild; readonly file: string; readonly generation: number }> {
    const files = this.builder.files(collection);
    for (let attempt = 1; ; attempt++) {
      const generation = await this.builder.current(await this.info(collection), options);
      const file = files.graph(generation);
      try {
        return { child: await this.pool.take(file, options.signal), file, generation };
      } catch (error) {
        // Another process may have built a newer one and removed this.
        if (attempt === ATTEMPTS || isAbort(error) || options.signal?.aborted === true) throw error;
        if (error instanceof CypherUnavailableError && error.code === 'CYPHER_UNAVAILABLE') throw error;
        if (attempt === ATTEMPTS - 1) files.discard();
      }
    }
  }

  private async info(collection: string): Promise<CollectionInfo> {
    const info = await this.store.collection(collection);
    if (info !== undefined) return info;
    this.discard(collection);
    throw new NotFoundError('COLLECTION_UNKNOWN', `There is no collection "${collection}"`, {
      place: { field: 'collection' },
      remedy: 'Ingest documents into it first, or list the collections there are.',
    });
  }
}

interface RowsOptions {
  readonly generation: number;
  readonly limit: number;
  readonly signal: AbortSignal | undefined;
  /** Called once, when the child is needed no more. */
  readonly end: () => void;
}

class LensRows implements CypherRows {
  readonly columns: readonly string[];
  readonly generation: number;
  readonly rows: AsyncIterable<readonly CypherValue[]>;
  readonly warnings: CypherWarning[] = [];
  private ended = false;

  constructor(
    private readonly child: LensChild,
    first: Piece,
    private readonly options: RowsOptions,
  ) {
    this.columns = first.columns;
    this.generation = options.generation;
    this.rows = this.read(first);
    if (first.done) this.end();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.ended) return;
    this.child.tell({ kind: 'end' });
    this.end();
  }

  private async *read(first: Piece): AsyncGenerator<readonly CypherValue[]> {
    try {
      for (let piece = first; ; ) {
        for (const row of piece.rows) {
          this.options.signal?.throwIfAborted();
          yield row;
        }
        if (piece.truncated) this.warnings.push(rowsWarning(this.options.limit));
        if (piece.done) return;
        const next = await this.child.ask({ kind: 'next' }, this.options.signal);
        if (next.kind !== 'rows') throw new Error('the child did not answer with rows');
        piece = next;
        if (piece.done) this.end();
      }
    } finally {
      await this[Symbol.asyncDispose]();
    }
  }

  private end(): void {
    if (this.ended) return;
    this.ended = true;
    this.options.end();
  }
}
