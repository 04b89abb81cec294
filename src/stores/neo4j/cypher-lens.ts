/** Read-only Cypher on a Neo4j server. docs/cypher.md tells what each of its checks stops. */
import { rowsWarning, timedOut } from '../../cypher/cypher-errors.js';
import { queryParams } from '../../cypher/query-params.js';
import type {
  CypherLens,
  CypherParams,
  CypherRows,
  CypherValue,
  CypherWarning,
  ExploreOptions,
} from '../../ports/index.js';
import type { Neo4jOptions } from './connect.js';
import type { CypherChild } from './cypher-child.js';
import { checkStatement } from './cypher-guard.js';
import type { FromProcess } from './cypher-messages.js';
import { CypherPool } from './cypher-pool.js';

export interface Neo4jCypherOptions {
  readonly connection: Neo4jOptions;
  /** Characters of a statement. */
  readonly maxChars: number;
  /** Statements that run at the same time, each in a process; more wait. Default 4. */
  readonly processes?: number | undefined;
}

const PROCESSES = 4;

/** Milliseconds that the server has to end a statement by itself before its connection is cut. */
const GRACE_MS = 250;

export class Neo4jCypherLens implements CypherLens {
  readonly engine = 'neo4j';
  private readonly pool: CypherPool;

  /** Starts nothing yet. */
  constructor(private readonly options: Neo4jCypherOptions) {
    this.pool = new CypherPool(options.connection, options.processes ?? PROCESSES);
  }

  async explore(
    collection: string,
    cypher: string,
    params: CypherParams,
    options: ExploreOptions,
  ): Promise<CypherRows> {
    options.signal?.throwIfAborted();
    const bound = queryParams(collection, params);
    const statement = checkStatement(cypher, bound, this.options.maxChars);
    const began = performance.now();
    const child = await this.pool.take(options);
    const timeoutMs = Math.max(1, Math.ceil(options.timeoutMs - (performance.now() - began)));
    const run = new StatementRun(child, { ...options, timeoutMs }, () => this.pool.give(child));
    const { rows, memoryMb, otherCollections: others = 'refuse' } = options;
    return run.begin(child.begin({ statement, params: bound, collection, others, rows, timeoutMs, memoryMb }));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.pool.close();
  }
}

/** One statement from its start to its last row; whatever ends it early ends its process. */
class StatementRun {
  private readonly timer: NodeJS.Timeout;
  private readonly warnings: CypherWarning[] = [];
  private over = false;
  private readonly abort = (): void => this.stop(this.options.signal?.reason);

  constructor(
    private readonly child: CypherChild,
    private readonly options: ExploreOptions,
    private readonly done: () => void,
  ) {
    const { timeoutMs, signal } = options;
    this.timer = setTimeout(() => this.stop(timedOut(timeoutMs)), timeoutMs + GRACE_MS);
    signal?.addEventListener('abort', this.abort, { once: true });
  }

  async begin(beginning: Promise<FromProcess>): Promise<CypherRows> {
    try {
      const answer = await beginning;
      if (answer.kind !== 'began') throw new Error(`unexpected ${answer.kind}`);
      this.warnings.push(...answer.warnings);
      const { columns, generation } = answer;
      const rows = this.rows();
      const dispose = async (): Promise<void> => this.stop(new DOMException('The rows were given up', 'AbortError'));
      return { columns, generation, rows, warnings: this.warnings, [Symbol.asyncDispose]: dispose };
    } catch (error) {
      this.finish();
      throw error;
    }
  }

  private async *rows(): AsyncIterable<readonly CypherValue[]> {
    try {
      for (let done = false; !done; ) {
        const piece = await this.child.next();
        if (piece.kind !== 'rows') throw new Error(`unexpected ${piece.kind}`);
        done = piece.done;
        if (piece.cut) this.warnings.push(rowsWarning(this.options.rows));
        if (done) this.finish();
        yield* piece.rows;
      }
    } catch (error) {
      // The process has ended the statement on the server and can take the next one.
      this.finish();
      throw error;
    } finally {
      this.stop(new DOMException('The rows were given up', 'AbortError'));
    }
  }

  private stop(reason: unknown): void {
    if (this.over) return;
    this.child.kill(reason);
    this.finish();
  }

  private finish(): void {
    if (this.over) return;
    this.over = true;
    clearTimeout(this.timer);
    this.options.signal?.removeEventListener('abort', this.abort);
    this.done();
  }
}
