import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCli } from '../../app/cli/run-cli.js';
import { QUESTIONS } from '../../app/demo/questions.js';
import type { Answer } from '../../queries/index.js';
import { packageRoot } from '../../src/assets.js';
import { memoryTerminal } from './memory-terminal.js';
import { temporaryFolder } from './temporary-folder.js';

const EXAMPLES = join(packageRoot(), 'examples', 'halvard-coast');

describe('command line', () => {
  const folder = temporaryFolder();
  const store = join(folder.path, 'store');

  async function run(args: readonly string[], input = ''): Promise<{ code: number; out: string; err: string }> {
    const { terminal, stdout, stderr } = memoryTerminal(input);
    const [command = '', ...rest] = args;
    const code = await runCli([command, ...rest, '--store', store], terminal, new AbortController().signal);
    return { code, out: stdout(), err: stderr() };
  }

  before(async () => {
    const { code, out } = await run(['ingest', EXAMPLES, '--json']);
    assert.equal(code, 0);
    const summary = JSON.parse(out.trim().split('\n').at(-1)!);
    assert.deepEqual(
      {
        documents: summary.documents,
        unchanged: summary.unchanged,
        updated: summary.updated,
        deleted: summary.deleted,
        quarantined: summary.quarantined,
      },
      { documents: 19, unchanged: 0, updated: 0, deleted: 0, quarantined: [] },
    );
  });
  after(() => folder.dispose());

  it('answers the questions of npm start: over two documents, over three, and not at all', async () => {
    const asked: Answer[] = [];
    for (const { question } of QUESTIONS) {
      const { code, out } = await run(['ask', question, '--json']);
      assert.equal(code, 0);
      asked.push(JSON.parse(out) as Answer);
    }
    const documents = ({ citations }: Answer) => new Set(citations.map(({ uri }) => uri));
    const [two, three, none] = asked as [Answer, Answer, Answer];
    assert.deepEqual([two.abstained, three.abstained, none.abstained], [false, false, true]);
    assert.match(two.answer, /Tobias Renn/);
    assert.ok(documents(two).size >= 2, two.answer);
    assert.match(three.answer, /Port Ellery/);
    assert.ok(documents(three).size >= 3, three.answer);
    assert.deepEqual(
      two.path.slice(0, 2).map(({ kind, label }) => [kind, label]),
      [
        ['question', QUESTIONS[0].question],
        ['entity', 'Ines Marlowe'],
      ],
    );
    assert.ok(two.path.some(({ label }) => label.includes('Skerrow Light')));
  });

  it('cites exactly the characters that show --text prints', async () => {
    const { out } = await run(['ask', QUESTIONS[1].question, '--json']);
    for (const { documentId, start, end, quote } of (JSON.parse(out) as Answer).citations) {
      const shown = await run(['show', documentId, '--text']);
      assert.equal(shown.out.slice(start, end), quote);
    }
  });

  it('skips unchanged documents, replaces changed ones, prunes what is gone', async () => {
    const docs = join(folder.path, 'docs');
    const again = async (...more: string[]) =>
      JSON.parse(
        (await run(['ingest', docs, '--collection', 'edits', '--json', ...more])).out.trim().split('\n').at(-1)!,
      );
    mkdirSync(docs);
    writeFileSync(join(docs, 'a.md'), '# Alba\n\nAlba lies on the River Tone.\n');
    writeFileSync(join(docs, 'b.md'), '# Bern\n\nBern lies on the River Aare.\n');
    assert.equal((await again()).documents, 2);
    assert.equal((await again()).unchanged, 2);
    writeFileSync(join(docs, 'a.md'), '# Alba\n\nAlba lies on the River Don.\n');
    const edited = await again();
    assert.deepEqual([edited.updated, edited.unchanged], [1, 1]);
    rmSync(join(docs, 'b.md'));
    assert.equal((await again()).deleted, 0);
    const pruned = await again('--prune');
    assert.deepEqual([pruned.deleted, pruned.documents], [1, 1]);
    const found = JSON.parse((await run(['search', 'River', '--collection', 'edits', '--json'])).out);
    assert.equal(found.hits.length, 1);
    assert.match(found.hits[0].text, /River Don/);
  });

  it('exits with 3 when something is left out, and status lists it with its remedy', async () => {
    const bad = join(folder.path, 'bad.jsonl');
    writeFileSync(bad, '{"id":"1","title":"One","text":"One is the first number."}\n{"id":\n');
    const { code, err } = await run(['ingest', bad, '--collection', 'bad']);
    assert.equal(code, 3);
    assert.match(err, /line 2/);
    const status = JSON.parse((await run(['status', '--collection', 'bad', '--json'])).out);
    assert.equal(status.counts.documents, 1);
    assert.equal(status.quarantined.length, 1);
    assert.ok(status.quarantined[0].remedy.length > 10);
  });

  it('exits with 2 on wrong use and 1 on failure, each with a remedy', async () => {
    assert.equal((await run(['ask'])).code, 2);
    assert.equal((await run(['ask', 'x', '--k', 'many'])).code, 2);
    const empty = await run(['ask', '   ']);
    assert.equal(empty.code, 2);
    const missing = await run(['show', 'd00000000000000000000']);
    assert.equal(missing.code, 1);
    assert.match(missing.err, /hopwise documents/);
  });

  it('exports and imports without loss', async () => {
    const file = join(folder.path, 'export.jsonl');
    assert.equal((await run(['export', file])).code, 0);
    const text = readFileSync(file, 'utf8');
    assert.equal((await run(['import', '--collection', 'copy'], text)).code, 0);
    const copy = join(folder.path, 'copy.jsonl');
    await run(['export', copy, '--collection', 'copy']);
    const body = (path: string) => readFileSync(path, 'utf8').split('\n').slice(2).join('\n');
    assert.equal(body(copy).length, body(file).length);
  });

  it('disables and enables a document', async () => {
    const question = ['ask', 'Who founded the Lindqvist Institute?', '--json'];
    const uris = async () =>
      (JSON.parse((await run(question)).out) as Answer).passages.map(({ documentId }) => documentId);
    const listed = (await run(['documents', '--json'])).out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const { id } = listed.find(({ uri }) => uri.endsWith('lindqvist-institute.docx'));
    assert.ok((await uris()).includes(id));
    assert.equal((await run(['disable', id])).code, 0);
    assert.ok(!(await uris()).includes(id));
    assert.equal((await run(['enable', id])).code, 0);
    assert.ok((await uris()).includes(id));
  });

  it('deletes by uri', async () => {
    const uri = 'halvard-coast/belmora.md';
    assert.equal((await run(['delete', uri])).code, 0);
    assert.equal((await run(['show', uri])).code, 1);
    assert.equal((await run(['delete', uri])).code, 1);
  });

  it('finds the store and the machine sound', async () => {
    const { code, out } = await run(['doctor', '--json']);
    assert.equal(code, 0, out);
    assert.deepEqual(
      JSON.parse(out).map(({ name }: { name: string }) => name),
      ['Node', 'settings', 'store', 'index'],
    );
  });

  it('shows help with examples', async () => {
    const { terminal, stdout } = memoryTerminal();
    assert.equal(await runCli(['ingest', '--help'], terminal, new AbortController().signal), 0);
    assert.match(stdout(), /Examples:/);
  });
});

describe('names of roots', () => {
  const folder = temporaryFolder();
  const store = join(folder.path, 'store');
  after(() => folder.dispose());

  async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
    const { terminal, stdout, stderr } = memoryTerminal();
    const code = await runCli([...args, '--store', store], terminal, new AbortController().signal);
    return { code, out: stdout(), err: stderr() };
  }

  it('refuses a second folder of the same name, unless it is given another or the first is gone', async () => {
    const [first, second] = ['a', 'b'].map((parent) => join(folder.path, parent, 'notes'));
    for (const [path, text] of [
      [first!, 'Alba lies on the River Tone.'],
      [second!, 'Bern lies on the River Aare.'],
    ]) {
      mkdirSync(path!, { recursive: true });
      writeFileSync(join(path!, 'x.txt'), text!);
    }
    assert.equal((await run('ingest', first!)).code, 0);
    assert.equal((await run('ingest', first!)).code, 0);
    const refused = await run('ingest', second!, '--json');
    assert.equal(refused.code, 2);
    assert.equal(JSON.parse(refused.err).error.code, 'ROOT_NAME_TAKEN');
    assert.match((await run('show', 'notes/x.txt', '--text')).out, /Tone/);
    assert.equal((await run('ingest', second!, '--as', 'notes-b')).code, 0);
    assert.match((await run('show', 'notes-b/x.txt', '--text')).out, /Aare/);
    rmSync(first!, { recursive: true });
    assert.equal((await run('ingest', second!)).code, 0);
    assert.match((await run('show', 'notes/x.txt', '--text')).out, /Aare/);
  });

  it('does nothing for a path that does not exist', async () => {
    const { code, err } = await run('ingest', join(folder.path, 'typo'), '--json');
    assert.equal(code, 2);
    assert.equal(JSON.parse(err).error.code, 'PATH_NOT_FOUND');
  });

  it('deletes a collection, and tells wrong use as JSON when asked to', async () => {
    assert.equal((await run('collections', '--delete', 'default')).code, 0);
    assert.equal((await run('status')).code, 1);
    const wrong = await run('ask', '--json');
    assert.equal(wrong.code, 2);
    assert.equal(JSON.parse(wrong.err).error.code, 'USAGE');
  });
});
