/** Validation that the routes share. */
import type { Request } from 'express';
import type { z } from 'zod';
import { HopwiseError, UsageError } from '../../src/index.js';

/** Names that would reach an object's prototype; zod's records drop the first without a word. */
const REFUSED_KEYS: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

function invalid(field: string, message: string): UsageError {
  return new UsageError('INVALID_REQUEST', `${field === '' ? 'request' : field}: ${message}`, {
    place: { field },
    remedy: 'Correct the field; /docs shows what is expected.',
  });
}

/**
 * Path of a refused key anywhere within the value, or undefined. Without recursion: a body may be nested deeper than the
 * stack.
 */
export function refusedKey(value: unknown): string | undefined {
  const open: (readonly [unknown, string])[] = [[value, '']];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [inner, path] = next;
    if (typeof inner !== 'object' || inner === null) continue;
    for (const [key, child] of Object.entries(inner)) {
      const at = path === '' ? key : `${path}.${key}`;
      if (REFUSED_KEYS.has(key)) return at;
      if (typeof child === 'object') open.push([child, at]);
    }
  }
  return undefined;
}

/** The value that the schema makes of `value`. @throws UsageError naming the field */
export function parse<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const refused = refusedKey(value);
  if (refused !== undefined) throw invalid(refused, 'this name is not allowed');
  const parsed = schema.safeParse(value ?? {});
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  throw invalid(issue.path.join('.'), issue.message);
}

/** One path parameter. */
export function parameter(request: Request, name: string): string {
  const value = request.params[name];
  if (typeof value === 'string') return value;
  throw new HopwiseError('INTERNAL', `no path parameter ${name}`, { remedy: 'Report this.' });
}
