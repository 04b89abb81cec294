/** What the lens and the process that holds its connection tell each other. */
import {
  CypherError,
  CypherLimitError,
  CypherUnavailableError,
  HopwiseError,
  NotFoundError,
  type Place,
  StoreError,
  UsageError,
} from '../../errors.js';
import type { CypherParams, CypherValue, CypherWarning } from '../../ports/index.js';
import type { Neo4jOptions } from './connect.js';

export interface StatementRequest {
  readonly statement: string;
  readonly params: CypherParams;
  readonly collection: string;
  /** Other collections in the database: `refuse` the statement, or `warn`. */
  readonly others: 'refuse' | 'warn';
  readonly rows: number;
  readonly timeoutMs: number;
  readonly memoryMb: number;
}

export type ToProcess =
  | { readonly kind: 'connect'; readonly options: Neo4jOptions; readonly memoryMb: number }
  | { readonly kind: 'run'; readonly request: StatementRequest }
  /** One more piece of rows is wanted. */
  | { readonly kind: 'next' };

export interface ErrorMessage {
  readonly type: string;
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
  readonly place: Place;
}

export type FromProcess =
  | {
      readonly kind: 'began';
      readonly columns: readonly string[];
      readonly generation: number;
      readonly warnings: readonly CypherWarning[];
    }
  | {
      readonly kind: 'rows';
      readonly rows: readonly (readonly CypherValue[])[];
      /** These are the last. */
      readonly done: boolean;
      /** There would be more rows than the limit. */
      readonly cut: boolean;
    }
  | { readonly kind: 'error'; readonly error: ErrorMessage };

const TYPES = [CypherError, CypherLimitError, CypherUnavailableError, NotFoundError, StoreError, UsageError];

export function errorMessage(error: unknown): ErrorMessage {
  const { name, message } = error instanceof Error ? error : { name: '', message: String(error) };
  if (!(error instanceof HopwiseError))
    return { type: name, code: 'INTERNAL', message, remedy: 'Report this.', place: {} };
  return { type: name, code: error.code, message, remedy: error.remedy, place: error.place };
}

export function errorOf({ type, code, message, remedy, place }: ErrorMessage): HopwiseError {
  const made = TYPES.find(({ name }) => name === type) ?? HopwiseError;
  return new made(code, message, { remedy, place });
}
