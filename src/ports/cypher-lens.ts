/**
 * Read-only Cypher over the property graph of one collection (graph-schema/property-graph.ts): the same labels, types,
 * properties and ids on every store, so that the same statement gives the same rows. Adapters: a Neo4j server, and the
 * lens, a derived graph file for any other store.
 */

/**
 * A value of a row; safe as JSON. A whole number beyond 2^53 is its decimal text, a number that JSON lacks is `"NaN"`,
 * `"Infinity"` or `"-Infinity"`, dates, times and durations are ISO 8601 texts, a point is a map.
 */
export type CypherValue =
  | null
  | boolean
  | number
  | string
  | CypherNode
  | CypherRelationship
  | CypherPath
  | readonly CypherValue[]
  | CypherMap;

export interface CypherMap {
  readonly [key: string]: CypherValue;
}

export interface CypherNode {
  readonly kind: 'node';
  /** The same on every store: id of a Document or Passage, `e:` + key of an Entity or Value, `c:` + name of a Collection. */
  readonly id: string;
  /** In code unit order. */
  readonly labels: readonly string[];
  /** Keys in code unit order. */
  readonly properties: CypherMap;
}

export interface CypherRelationship {
  readonly kind: 'relationship';
  readonly type: string;
  /** Ids of its nodes. */
  readonly from: string;
  readonly to: string;
  /** Keys in code unit order. */
  readonly properties: CypherMap;
}

export interface CypherPath {
  readonly kind: 'path';
  /** In the order walked; one more than `relationships`. */
  readonly nodes: readonly CypherNode[];
  readonly relationships: readonly CypherRelationship[];
}

/** A parameter's value. A safe integer is Cypher's INTEGER, any other number a FLOAT. */
export type CypherParam =
  | null
  | boolean
  | number
  | string
  | readonly CypherParam[]
  | { readonly [key: string]: CypherParam };

export type CypherParams = Readonly<Record<string, CypherParam>>;

/** Every limit is always set. */
export interface ExploreOptions {
  /** Rows at most; a statement that has more ends with the warning `CYPHER_ROWS`. At least 1. */
  readonly rows: number;
  /** Milliseconds from the statement's start until its last row is read, a slow reader's time included. */
  readonly timeoutMs: number;
  /** Memory of the statement (a server) or of the process that runs it (the lens), MiB. */
  readonly memoryMb: number;
  /**
   * What an engine does that cannot confine a statement to its collection, when there are others: `refuse` it, or run it
   * with the warning `CYPHER_ACROSS_COLLECTIONS`. Default `refuse`.
   */
  readonly otherCollections?: 'refuse' | 'warn' | undefined;
  /** Ends the statement; what is awaited then rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Told while the graph is brought up to date before the statement runs. */
  readonly onProgress?: ((progress: LensProgress) => void) | undefined;
}

export interface LensProgress {
  readonly stage: 'read' | 'write';
  /** Documents read, or rows written; of `total` when it is known. */
  readonly done: number;
  readonly total?: number | undefined;
}

export interface CypherWarning {
  /** `CYPHER_ROWS`: there are more rows than the limit. `CYPHER_ACROSS_COLLECTIONS`: others could be read. */
  readonly code: string;
  readonly message: string;
}

/**
 * Rows of a statement, streamed: no more are made than the consumer asks for (but for a few in flight). A consumer that
 * stops early, by `break` or by disposal, ends the statement.
 */
export interface CypherRows extends AsyncDisposable {
  readonly columns: readonly string[];
  /** Generation of the collection that the rows show. */
  readonly generation: number;
  /** Values in the order of `columns`. Can be read once. Rejects as `explore` does. */
  readonly rows: AsyncIterable<readonly CypherValue[]>;
  /** Complete when `rows` has ended. */
  readonly warnings: readonly CypherWarning[];
}

export interface CypherLens extends AsyncDisposable {
  /** What runs the statements, e.g. "neo4j", "lens". */
  readonly engine: string;
  /**
   * Runs one statement that reads. `$collection` is the collection's name; a statement sees no other collection, but as
   * `otherCollections` says.
   * @throws NotFoundError for an unknown collection
   * @throws CypherError `CYPHER_WRITE_REFUSED` (it would write, call a procedure or read a file that is not allowed, or
   *   administer), `CYPHER_SYNTAX`, `CYPHER_PARAMETER` (missing, or `collection` given), `CYPHER_FAILED` (while it ran,
   *   as a division by zero), `CYPHER_ACROSS_COLLECTIONS` (see `otherCollections`)
   * @throws CypherLimitError `CYPHER_TIMEOUT`, `CYPHER_MEMORY`, `CYPHER_SIZE` (the statement is too long or too nested, or could make too much
   *   at once)
   * @throws CypherUnavailableError `CYPHER_UNAVAILABLE` where no engine runs, `CYPHER_CRASHED` when it ended by itself
   */
  explore(collection: string, cypher: string, params: CypherParams, options: ExploreOptions): Promise<CypherRows>;
}
