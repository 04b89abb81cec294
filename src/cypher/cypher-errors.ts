/** The errors of read-only Cypher, spelled once for all engines. */
import { CypherError, CypherLimitError, CypherUnavailableError } from '../errors.js';

/** @param what the clause, operator or procedure that is refused, e.g. "CREATE", "LOAD CSV", "dbms.killQuery" */
export function writeRefused(what: string): CypherError {
  return new CypherError('CYPHER_WRITE_REFUSED', `Statements may only read: ${what} is refused`, {
    place: { field: 'cypher' },
    remedy: 'Use MATCH, WHERE, WITH, UNWIND, UNION and RETURN; docs/cypher.md lists the procedures that are allowed.',
  });
}

/** @param line 1-based line in the statement */
export function syntaxError(message: string, line?: number, cause?: unknown): CypherError {
  return new CypherError('CYPHER_SYNTAX', message, {
    place: { field: 'cypher', ...(line === undefined ? {} : { line }) },
    remedy: 'Correct the statement; docs/cypher.md shows what works on every store.',
    cause,
  });
}

export function missingParameter(name: string, cause?: unknown): CypherError {
  return new CypherError('CYPHER_PARAMETER', `The statement needs a value for $${name}`, {
    place: { field: `params.${name}` },
    remedy: `Give it, on the command line by --param ${name}=VALUE.`,
    cause,
  });
}

export function queryFailed(message: string, cause?: unknown): CypherError {
  return new CypherError('CYPHER_FAILED', message, {
    place: { field: 'cypher' },
    remedy: 'Correct the statement or its parameters.',
    cause,
  });
}

export function timedOut(timeoutMs: number, cause?: unknown): CypherLimitError {
  return new CypherLimitError('CYPHER_TIMEOUT', `The statement was ended after ${timeoutMs} ms`, {
    place: { field: 'cypher' },
    remedy: 'Bound its patterns, start from fewer nodes, or allow more time (--timeout, limits.maxCypherMs).',
    cause,
  });
}

export function outOfMemory(memoryMb: number, cause?: unknown): CypherLimitError {
  return new CypherLimitError('CYPHER_MEMORY', `The statement was ended at ${memoryMb} MiB of memory`, {
    place: { field: 'cypher' },
    remedy: 'Collect and sort less, or allow more memory (limits.maxCypherBytes).',
    cause,
  });
}

export function tooLong(length: number, limit: number): CypherLimitError {
  return new CypherLimitError('CYPHER_SIZE', `The statement has ${length} characters, more than ${limit}`, {
    place: { field: 'cypher' },
    remedy: 'Pass long lists as parameters, or raise limits.maxCypherChars.',
  });
}

export function crashed(how: string, cause?: unknown): CypherUnavailableError {
  return new CypherUnavailableError('CYPHER_CRASHED', `The engine ended while it ran the statement (${how})`, {
    remedy: 'The store is unharmed; run a simpler statement, and report this one.',
    cause,
  });
}

export function unavailable(why: string, cause?: unknown): CypherUnavailableError {
  return new CypherUnavailableError('CYPHER_UNAVAILABLE', `Cypher cannot run here: ${why}`, {
    remedy: 'Everything else works; use a Neo4j store, or one of the platforms that docs/cypher.md lists.',
    cause,
  });
}

/** The rows end at the limit although there are more. */
export function rowsWarning(limit: number): { readonly code: string; readonly message: string } {
  return { code: 'CYPHER_ROWS', message: `There are more rows than the limit of ${limit}` };
}

/** @param others collections beside the one asked for */
export function acrossCollections(others: number): CypherError {
  const more = others === 1 ? 'another collection' : `${others} other collections`;
  return new CypherError('CYPHER_ACROSS_COLLECTIONS', `The database holds ${more}, which a statement could read`, {
    place: { field: 'collection' },
    remedy:
      'Ask with the engine "lens", which holds one collection, keep each collection in a database of its own, or set http.cypherAcrossCollections.',
  });
}
