/** Shows an error to a person: what, where, what to do; and decides the exit code. */
import { HopwiseError, isAbort, type Place, UsageError } from '../../src/index.js';
import { EXIT } from './exit-codes.js';
import type { Terminal } from './terminal.js';

export function describePlace(place: Place): string {
  const parts = [
    place.uri,
    place.line === undefined ? undefined : `line ${place.line}`,
    place.page === undefined ? undefined : `page ${place.page}`,
    place.field === undefined ? undefined : `field ${place.field}`,
  ];
  return parts.filter((part) => part !== undefined).join(', ');
}

/** Writes the error to `err` and returns the exit code. */
export function renderError(error: unknown, terminal: Terminal, json: boolean): number {
  if (isAbort(error)) {
    terminal.warn('Interrupted. What was committed is kept; run the same command again to go on.');
    return EXIT.interrupted;
  }
  if (error instanceof HopwiseError) {
    const place = describePlace(error.place);
    if (json) {
      const { code, message, remedy } = error;
      terminal.warn(JSON.stringify({ error: { code, message, remedy, ...error.place } }));
    } else {
      const { red, dim } = terminal.colours;
      terminal.warn(`${red('error')} ${error.message}${place === '' ? '' : dim(` (${place})`)}`);
      terminal.warn(`      ${error.remedy} ${dim(`[${error.code}]`)}`);
    }
    return error instanceof UsageError ? EXIT.usage : EXIT.failed;
  }
  if (json) {
    const message = error instanceof Error ? error.message : String(error);
    const remedy = 'Run again without --json to see where it happened, and report it.';
    terminal.warn(JSON.stringify({ error: { code: 'UNEXPECTED', message, remedy } }));
    return EXIT.failed;
  }
  terminal.warn(error instanceof Error ? (error.stack ?? error.message) : String(error));
  return EXIT.failed;
}
