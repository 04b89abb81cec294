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
import { CypherChild } from './cypher-child.js';
import { checkStatement } from './cypher-guard.js';
import type { FromProcess } from './cypher-messages.js';

export interface Neo4jCypherOptions {
  readonly connection: Neo4jOptions;
  /**
   * A server cannot confine free Cypher to one collection, so a database that holds several is refused; `warn` lets
   * statements read them all, which is right where the user holds the credentials anyway. Default `refuse`.
   */
  readonly others?: 'refuse' | 'warn' | undefined;
  /** Characters of a statement. */
  readonly maxChars: number;
}

/** Milliseconds that the server has to end a statement by itself before its connection is cut. */
const GRACE_MS = 250;

export class Neo4jCypherLens implements CypherLens {
  readonly engine = 'neo4j';
  /** Processes that wait for a statement. */
  private readonly idle: CypherChild[] = [];
  private readonly all = new Set<CypherChild>();
  private closed = false;

  /** Starts nothing yet. */
  constructor(private readonly options: Neo4jCypherOptions) {}

  async explore(
    collection: string,
    cypher: string,
    params: CypherParams,
    options: ExploreOptions,
  ): Promise<CypherRows> {
    const { rows, timeoutMs, memoryMb, signal } = options;
    signal?.throwIfAborted();
    const bound = queryParams(collection, params);
    const statement = checkStatement(cypher, bound, this.options.maxChars);
    const others = this.options.others ?? 'refuse';
    const child = this.take(memoryMb);
    const run = new StatementRun(child, options, () => this.giveBack(child));
    const request = { statement, params: bound, collection, others, rows, timeoutMs, memoryMb };
    return run.begin(child.begin(request));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.closed = true;
    for (const child of this.all) child.kill(new DOMException('The lens was closed', 'AbortError'));
    this.all.clear();
  }

  private take(memoryMb: number): CypherChild {
    const at = this.idle.findIndex((child) => child.memoryMb === memoryMb && child.alive);
    const [child = new CypherChild(this.options.connection, memoryMb)] = at < 0 ? [] : this.idle.splice(at, 1);
    this.all.add(child);
    child.hold(true);
    return child;
  }

  private giveBack(child: CypherChild): void {
    if (!child.alive || this.closed) {
      this.all.delete(child);
      return;
    }
    child.hold(false);
    this.idle.push(child);
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
