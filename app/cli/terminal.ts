/** What a command may do to the outside: write, colour, draw progress. Injected, so that tests read what a user would see. */
import type { Readable } from 'node:stream';
import cliProgress from 'cli-progress';
import Table from 'cli-table3';
import pico from 'picocolors';

export interface Terminal {
  readonly out: NodeJS.WritableStream;
  readonly err: NodeJS.WritableStream;
  readonly input: Readable;
  readonly colours: ReturnType<typeof pico.createColors>;
  /** True when `err` is a terminal on which a progress bar may be drawn. */
  readonly interactive: boolean;
  /** Writes a line to `out`. */
  print(text?: string): void;
  /** Writes to `out` as it is; false when whoever reads it is slower, until `drain`. */
  write(text: string): boolean;
  /** Writes a line to `err`. */
  warn(text: string): void;
}

const ESCAPE = '\u001b';
const COLOUR = /^\[[\d;]*m/;

/**
 * Control characters of documents must not reach a terminal, which would obey them (clear the screen, set its title, fill
 * the clipboard): each becomes U+FFFD. Line ends, tabs and colours stay.
 */
export function withoutControls(text: string): string {
  return text.replace(/\p{Cc}/gu, (control, at: number) => {
    if (control === '\n' || control === '\t') return control;
    return control === ESCAPE && COLOUR.test(text.slice(at + 1, at + 20)) ? control : '\ufffd';
  });
}

/** The process's own terminal; colour honours NO_COLOR and FORCE_COLOR. */
export function processTerminal(): Terminal {
  return makeTerminal(
    process.stdout,
    process.stderr,
    process.stdin,
    pico.isColorSupported && process.stdout.isTTY === true,
    process.stderr.isTTY === true,
  );
}

export function makeTerminal(
  out: NodeJS.WritableStream,
  err: NodeJS.WritableStream,
  input: Readable,
  colour: boolean,
  interactive: boolean,
): Terminal {
  const write = (stream: NodeJS.WritableStream, text: string): boolean =>
    stream.write(isTerminal(stream) ? withoutControls(text) : text);
  return {
    out,
    err,
    input,
    colours: pico.createColors(colour),
    interactive,
    print: (text = '') => void write(out, `${text}\n`),
    write: (text) => write(out, text),
    warn: (text) => void write(err, `${text}\n`),
  };
}

function isTerminal(stream: NodeJS.WritableStream): boolean {
  return 'isTTY' in stream && stream.isTTY === true;
}

/** A plain table without borders, columns as wide as their content. */
export function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const none = {
    top: '',
    'top-mid': '',
    'top-left': '',
    'top-right': '',
    bottom: '',
    'bottom-mid': '',
    'bottom-left': '',
    'bottom-right': '',
  };
  const inner = { left: '', 'left-mid': '', mid: '', 'mid-mid': '', right: '', 'right-mid': '', middle: '  ' };
  const made = new Table({
    head: [...head],
    chars: { ...none, ...inner },
    style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [] },
    colAligns: head.map((_, column) =>
      rows.length > 0 && rows.every((row) => typeof row[column] === 'number') ? 'right' : 'left',
    ),
  });
  for (const row of rows) made.push(row.map(String));
  return made.toString().replaceAll(/[ \t]+$/gm, '');
}

export interface Progress {
  update(done: number, total: number | undefined, note: string): void;
  stop(): void;
}

const PLAIN_EVERY_MS = 5_000;

/** `40 s`, `12 min`, `3 h 20 min` */
function duration(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 90 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** A bar with rate and time left on a terminal; elsewhere a plain line at most every five seconds. */
export function progress(terminal: Terminal, unit: string, now: () => number): Progress {
  const started = now();
  const rate = (done: number): string => {
    const seconds = (now() - started) / 1000;
    return seconds > 0 ? `${Math.round(done / seconds)} ${unit}/s` : '';
  };
  const left = (done: number, total: number): string =>
    done > 0 && done < total ? `${duration(((now() - started) / 1000) * (total / done - 1))} left` : '';
  if (!terminal.interactive) {
    let last = started;
    return {
      update: (done, total, note) => {
        if (now() - last < PLAIN_EVERY_MS) return;
        last = now();
        terminal.warn(`${note}: ${done}${total === undefined ? '' : ` of ${total}`} ${unit}, ${rate(done)}`);
      },
      stop: () => {},
    };
  }
  const bar = new cliProgress.SingleBar({
    format: '{note} {bar} {value}/{total} | {rate} | {left}',
    barCompleteChar: '█',
    barIncompleteChar: '░',
    hideCursor: true,
    clearOnComplete: true,
    stream: terminal.err as NodeJS.WriteStream,
  });
  bar.start(1, 0, { note: '', rate: '', left: '' });
  return {
    update: (done, total, note) => {
      bar.setTotal(Math.max(total ?? done, 1));
      bar.update(done, { note, rate: rate(done), left: left(done, total ?? done) });
    },
    stop: () => bar.stop(),
  };
}
