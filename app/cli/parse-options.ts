/** Parsers of option values; each throws an error that commander shows as wrong use. */
import { InvalidArgumentError } from 'commander';
import { parseValue } from '../../queries/index.js';
import type { CypherParams } from '../../src/index.js';

/** A whole number of at least `least`. */
export function wholeNumber(least: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!Number.isSafeInteger(value) || value < least)
      throw new InvalidArgumentError(`must be a whole number of at least ${least}.`);
    return value;
  };
}

/** Collects a repeatable option. */
export function collect(text: string, before: readonly string[] = []): string[] {
  return [...before, text];
}

/** `key=value` pairs; true, false and numbers written as JavaScript writes them are recognised, so that "007" stays text. */
export function collectPair(
  text: string,
  before: Readonly<Record<string, string | number | boolean>> = {},
): Record<string, string | number | boolean> {
  const at = text.indexOf('=');
  if (at <= 0) throw new InvalidArgumentError('must look like key=value.');
  return { ...before, [text.slice(0, at)]: parseValue(text.slice(at + 1)) };
}

/** A Cypher parameter, `name=value`; lists and maps are written as JSON. */
export function collectParam(text: string, before: CypherParams = {}): CypherParams {
  const at = text.indexOf('=');
  if (at <= 0) throw new InvalidArgumentError('must look like name=value.');
  const value = text.slice(at + 1);
  return { ...before, [text.slice(0, at)]: /^\s*[[{"]|^null$/.test(value) ? json(value) : parseValue(value) };
}

function json(text: string): CypherParams[string] {
  try {
    return JSON.parse(text) as CypherParams[string];
  } catch {
    throw new InvalidArgumentError(`${text} is no JSON.`);
  }
}
