import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { runCli } from '../../app/cli/run-cli.js';
import { makeTerminal, type Terminal, withoutControls } from '../../app/cli/terminal.js';
import { memoryTerminal } from './memory-terminal.js';
import { temporaryFolder } from './temporary-folder.js';

const ESC = '\u001b';

/** A terminal of 80 columns whose two streams are one screen, as a user has it. */
function screen(): { readonly terminal: Terminal; readonly written: () => string } {
  const stream = Object.assign(new PassThrough(), { isTTY: true, columns: 80 });
  let seen = '';
  stream.on('data', (chunk: Buffer) => (seen += chunk.toString()));
  return { terminal: makeTerminal(stream, stream, Readable.from([]), true, true), written: () => seen };
}

describe('terminal', () => {
  const folder = temporaryFolder();
  const store = join(folder.path, 'store');
  const note = join(folder.path, 'note.md');
  const run = (terminal: Terminal, ...args: string[]): Promise<number> =>
    runCli([...args, '--store', store], terminal, new AbortController().signal);

  before(() => writeFileSync(note, `# Evil ${ESC}]0;title\u0007note\n\nEvil ${ESC}[2J words by Eve Holm.\n`));
  after(() => folder.dispose());

  it('prints the summary of an ingest behind the last stroke of the bar, which erases its own line', async () => {
    const { terminal, written } = screen();
    assert.equal(await run(terminal, 'ingest', note), 0);
    const text = written();
    const erased = text.lastIndexOf(`${ESC}[2K`);
    assert.ok(erased > 0, 'there was a bar');
    assert.ok(text.indexOf('ingested') > erased);
    assert.doesNotMatch(text, /NaN|INF|NF/);
  });

  it('hands no control character of a document to a terminal, and every one to a pipe', async () => {
    for (const command of [['show', note], ['documents'], ['search', 'evil'], ['show', note, '--text']]) {
      const { terminal, written } = screen();
      const args = command.map((word) => (word === note ? 'note.md' : word));
      assert.equal(await run(terminal, ...args), 0);
      const text = written();
      assert.match(text, /Evil/);
      assert.ok(!text.includes(`${ESC}]`) && !text.includes(`${ESC}[2J`) && !text.includes('\u0007'), args.join(' '));
    }
    const piped = memoryTerminal();
    assert.equal(await run(piped.terminal, 'show', 'note.md', '--text'), 0);
    assert.equal(piped.stdout(), `Evil ${ESC}]0;title\u0007note\n\nEvil ${ESC}[2J words by Eve Holm.`);
  });

  it('keeps line ends, tabs and colours', () => {
    assert.equal(withoutControls(`${ESC}[1ma\tb${ESC}[22m\nc`), `${ESC}[1ma\tb${ESC}[22m\nc`);
    assert.equal(withoutControls(`a\rb${ESC}[2Jc\u009bd`), 'a\ufffdb\ufffd[2Jc\ufffdd');
  });
});

describe('Ctrl-C', () => {
  const folder = temporaryFolder();
  after(() => folder.dispose());

  for (const command of [['import'], ['cypher', '--file', '-']]) {
    it(`ends hopwise ${command.join(' ')} while nothing comes in`, async () => {
      const { terminal, stderr } = memoryTerminal();
      const silent = new Readable({ read() {} });
      const interrupt = new AbortController();
      const args = [...command, '--store', join(folder.path, command[0]!)];
      const ended = runCli(args, { ...terminal, input: silent }, interrupt.signal);
      setTimeout(() => interrupt.abort(), 100);
      assert.equal(await ended, 130, stderr());
      assert.ok(silent.destroyed, 'an open input would keep the process alive');
    });
  }
});

describe('help', () => {
  it('shows for every command how it is called, by example', async () => {
    const commands = [
      ...'ingest ask search cypher book graph documents show delete enable disable status collections'.split(' '),
      ...'export import reembed backup doctor serve'.split(' '),
      ...['book list', 'book show', 'book run'],
      ...['bench retrieval', 'bench answers', 'bench abstain', 'bench extraction', 'bench cypher'],
    ];
    const told = memoryTerminal();
    await runCli(['--help'], told.terminal, new AbortController().signal);
    for (const [, name] of told
      .stdout()
      .split(/Commands:|Examples:/)[1]!
      .matchAll(/^ {2}(\w+)/gm)) {
      assert.ok(name === 'help' || commands.some((command) => command.split(' ')[0] === name), `${name} is not tried`);
    }
    for (const command of commands) {
      const { terminal, stdout } = memoryTerminal();
      assert.equal(await runCli([...command.split(' '), '--help'], terminal, new AbortController().signal), 0);
      assert.match(stdout(), new RegExp(`Examples?:\\n  hopwise ${command.split(' ')[0]}`), command);
    }
  });
});
