/** What every benchmark of folders takes. */
export interface BenchOptions {
  readonly folders: readonly string[];
  /** Size of the random draw from each folder (questions; relations to read for extraction); default see the benchmark. */
  readonly sample?: number | undefined;
  /** Of every random draw; default 0. */
  readonly seed?: number | undefined;
  /** JSON lines instead of tables. */
  readonly json?: boolean | undefined;
  readonly print: (line: string) => void;
  readonly signal?: AbortSignal | undefined;
}
