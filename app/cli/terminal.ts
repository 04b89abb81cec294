/** What a command may do to the outside: write, colour, draw progress. Injected, so that tests read what a user would see. */
import cliProgress from 'cli-progress';
import Table from 'cli-table3';
import pico from 'picocolors';

export interface Terminal {
  readonly out: NodeJS.WritableStream;
  readonly err: NodeJS.WritableStream;
  readonly input: NodeJS.ReadableStream;
  readonly colours: ReturnType<typeof pico.createColors>;
  /** True when `err` is a terminal on which a progress bar may be drawn. */
  readonly interactive: boolean;
  print(text?: string): void;
  warn(text: string): void;
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
  input: NodeJS.ReadableStream,
  colour: boolean,
  interactive: boolean,
): Terminal {
  return {
    out,
    err,
    input,
    colours: pico.createColors(colour),
    interactive,
    print: (text = '') => void out.write(`${text}\n`),
    warn: (text) => void err.write(`${text}\n`),
  };
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

/** A bar with rate and time left on a terminal; elsewhere a plain line at most every five seconds. */
export function progress(terminal: Terminal, unit: string, now: () => number): Progress {
  const started = now();
  const rate = (done: number): string => {
    const seconds = (now() - started) / 1000;
    return seconds > 0 ? `${Math.round(done / seconds)} ${unit}/s` : '';
  };
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
    format: '{note} {bar} {value}/{total} | {rate} | {eta_formatted} left',
    barCompleteChar: '█',
    barIncompleteChar: '░',
    hideCursor: true,
    clearOnComplete: true,
    stream: terminal.err as NodeJS.WriteStream,
  });
  bar.start(1, 0, { note: '', rate: '' });
  return {
    update: (done, total, note) => {
      bar.setTotal(Math.max(total ?? done, 1));
      bar.update(done, { note, rate: rate(done) });
    },
    stop: () => bar.stop(),
  };
}
