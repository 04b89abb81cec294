import { PassThrough, Readable } from 'node:stream';
import { makeTerminal, type Terminal } from '../../app/cli/terminal.js';

/** A terminal that keeps what a user would see. */
export function memoryTerminal(input = ''): { terminal: Terminal; stdout: () => string; stderr: () => string } {
  const out = new PassThrough();
  const err = new PassThrough();
  const seen = { out: '', err: '' };
  out.on('data', (chunk: Buffer) => (seen.out += chunk.toString()));
  err.on('data', (chunk: Buffer) => (seen.err += chunk.toString()));
  return {
    terminal: makeTerminal(out, err, Readable.from([input]), false, false),
    stdout: () => seen.out,
    stderr: () => seen.err,
  };
}
