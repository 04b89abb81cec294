import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { rootUris, type SourceRef, type WalkOptions, type WalkPath, walk } from '../../../ingest/walk/walk.js';
import { SourceError } from '../../../src/errors.js';
import { DEFAULT_LIMITS, type Limits } from '../../../src/limits.js';

describe('walk', () => {
  let folder = '';

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hopwise-walk-'));
  });

  afterEach(() => rm(folder, { recursive: true, force: true }));

  async function files(tree: Readonly<Record<string, string>>): Promise<void> {
    for (const [path, content] of Object.entries(tree)) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), content);
    }
  }

  async function find(paths: readonly WalkPath[], options: Partial<WalkOptions> = {}): Promise<SourceRef[]> {
    const refs: SourceRef[] = [];
    const absolute = paths.map((path) =>
      typeof path === 'string'
        ? path === '-'
          ? path
          : join(folder, path)
        : { ...path, path: join(folder, path.path) },
    );
    for await (const ref of walk(absolute, { limits: DEFAULT_LIMITS, ...options })) refs.push(ref);
    return refs;
  }

  async function uris(paths: readonly WalkPath[], options: Partial<WalkOptions> = {}): Promise<string[]> {
    return (await find(paths, options)).map(({ uri }) => uri);
  }

  it('names files by their folder and the path inside it, in the order of code units', async () => {
    await files({ 'docs/b.md': '', 'docs/a/z.txt': '', 'docs/a.txt': '', 'docs/Ä.txt': '', 'docs/B.md': '' });
    assert.deepEqual(await uris(['docs']), ['docs/B.md', 'docs/a.txt', 'docs/a/z.txt', 'docs/b.md', 'docs/Ä.txt']);
    assert.deepEqual(await uris([{ path: 'docs', as: '' }]), ['B.md', 'a.txt', 'a/z.txt', 'b.md', 'Ä.txt']);
    assert.deepEqual(await uris([{ path: 'docs/a', as: 'wiki/' }]), ['wiki/z.txt']);
  });

  it('takes single files and standard input', async () => {
    await files({ 'x/one.md': 'text' });
    const stdin = (async function* () {
      yield Buffer.from('from ');
      yield 'a pipe';
    })();
    const [one, piped] = await find(['x/one.md', '-'], { stdin });
    assert.deepEqual([one?.uri, one?.size, one?.extension, one?.path], ['one.md', 4, 'md', join(folder, 'x/one.md')]);
    assert.equal((await one?.open())?.bytes.toString(), 'text');
    assert.deepEqual([piped?.uri, piped?.modified], ['stdin', undefined]);
    assert.equal(Buffer.from((await piped!.open()).bytes).toString(), 'from a pipe');
  });

  it('tells roots of one name apart by their parents, and files of one uri by a number', async () => {
    await files({ 'a/docs/x.md': '1', 'b/docs/x.md': '2', 'c/x.md': '3' });
    assert.deepEqual(await uris(['a/docs', 'b/docs', 'c']), ['a/docs/x.md', 'b/docs/x.md', 'c/x.md']);
    assert.deepEqual(
      await uris([
        { path: 'a/docs', as: 'd' },
        { path: 'b/docs', as: 'd' },
      ]),
      ['d/x.md', 'd/x.md~2'],
    );
    assert.deepEqual(
      await rootUris([join(folder, 'a/docs'), join(folder, 'c/x.md'), '-', { path: join(folder, 'c'), as: '' }]),
      ['docs/', 'x.md', 'stdin', ''],
    );
  });

  it('visits each file once, however often it is named', async () => {
    await files({ 'a/x.md': '', 'a/b/y.md': '' });
    assert.deepEqual(await uris(['a', 'a/b', 'a/x.md', 'a']), ['a/b/y.md', 'a/x.md']);
  });

  it('honours ignore files at every level, the nearest first', async () => {
    await files({
      'r/.gitignore': '*.log\n/build\nsecret/\n',
      'r/.hopwiseignore': 'drafts/\n!keep.log\n',
      'r/a.log': '',
      'r/keep.log': '',
      'r/build/x.md': '',
      'r/sub/build/x.md': '',
      'r/sub/.gitignore': '!b.log\nlocal.md\n',
      'r/sub/b.log': '',
      'r/sub/c.log': '',
      'r/sub/local.md': '',
      'r/sub/deep/local.md': '',
      'r/local.md': '',
      'r/drafts/x.md': '',
      'r/sub/secret/x.md': '',
    });
    assert.deepEqual(await uris(['r']), ['r/keep.log', 'r/local.md', 'r/sub/b.log', 'r/sub/build/x.md']);
  });

  it('leaves out hidden files, node_modules, .git and what it is told to', async () => {
    await files({
      'r/.env': '',
      'r/.git/config': '',
      'r/node_modules/x/readme.md': '',
      'r/.hopwise/store.db': '',
      'r/store/a.db': '',
      'r/a.md': '',
    });
    const exclude = [join(folder, 'r/store'), join(folder, 'missing')];
    assert.deepEqual(await uris(['r'], { exclude }), ['r/a.md']);
    assert.deepEqual(await uris(['r'], { exclude: [...exclude, join(folder, 'r/.hopwise')], hidden: true }), [
      'r/.env',
      'r/a.md',
    ]);
  });

  it('visits folders that links lead back to once, and warns', async () => {
    await files({ 'r/a/x.md': '' });
    await symlink(join(folder, 'r'), join(folder, 'r/a/loop'));
    await symlink(join(folder, 'r/a'), join(folder, 'r/b'));
    await symlink(join(folder, 'r/a/x.md'), join(folder, 'r/0.md'));
    const warnings: string[] = [];
    assert.deepEqual(await uris(['r'], { onWarning: ({ uri }) => warnings.push(uri) }), ['r/a/x.md']);
    assert.deepEqual(warnings, ['r/a/loop/', 'r/b/']);
  });

  it('follows links to files and folders elsewhere', async () => {
    await files({ 'r/a.md': '', 'other/b.md': 'linked' });
    await symlink(join(folder, 'other'), join(folder, 'r/more'));
    const refs = await find(['r']);
    assert.deepEqual(
      refs.map(({ uri }) => uri),
      ['r/a.md', 'r/more/b.md'],
    );
    assert.equal(Buffer.from((await refs[1]!.open()).bytes).toString(), 'linked');
  });

  it('gives what cannot be read as a reference with its error, and goes on', async () => {
    await files({ 'r/z.md': 'fine' });
    await symlink(join(folder, 'nowhere'), join(folder, 'r/dangling.md'));
    await symlink(join(folder, 'r/circle'), join(folder, 'r/circle'));
    const server = createServer().listen(join(folder, 'r/socket'));
    await once(server, 'listening');
    const refs = await find(['r', 'missing.txt']);
    server.close();
    assert.deepEqual(
      refs.map(({ uri, failure }) => [uri, failure?.code]),
      [
        ['r/socket', 'NOT_A_FILE'],
        ['r/z.md', undefined],
        ['r/circle', 'UNREADABLE_FILE'],
        ['r/dangling.md', 'FILE_NOT_FOUND'],
        ['missing.txt', 'FILE_NOT_FOUND'],
      ],
    );
    for (const { uri, failure, open } of refs) {
      if (failure === undefined) continue;
      assert.ok(failure instanceof SourceError);
      assert.equal(failure.place.uri, uri);
      await assert.rejects(open(), failure);
    }
  });

  it('fails typed when a file goes, or turns into a folder, after it was found', async () => {
    await files({ 'r/a.md': '', 'r/b.md': '' });
    const [a, b] = await find(['r']);
    await rm(join(folder, 'r/a.md'));
    await assert.rejects(a!.open(), { code: 'FILE_NOT_FOUND', place: { uri: 'r/a.md' } });
    await rm(join(folder, 'r/b.md'));
    await mkdir(join(folder, 'r/b.md'));
    await assert.rejects(b!.open(), { code: 'UNREADABLE_FILE' });
  });

  it('refuses files over the limit before reading them', async () => {
    await files({ 'r/big.txt': 'x'.repeat(200) });
    const limits: Limits = { ...DEFAULT_LIMITS, maxFileBytes: 100 };
    const [big] = await find(['r'], { limits });
    await assert.rejects(big!.open(), { code: 'FILE_TOO_LARGE', place: { uri: 'r/big.txt' } });
    const stdin = (async function* () {
      yield 'x'.repeat(200);
    })();
    await assert.rejects((await find(['-'], { limits, stdin }))[0]!.open(), { code: 'FILE_TOO_LARGE' });
  });

  it('stops waiting for standard input when it is told to, and lets go of it', async () => {
    const stdin = new Readable({ read() {} });
    const interrupt = new AbortController();
    const opened = (await find(['-'], { stdin }))[0]!.open(interrupt.signal);
    setImmediate(() => interrupt.abort());
    await assert.rejects(opened, { name: 'AbortError' });
    assert.ok(stdin.destroyed);
  });

  it('stops when it is told to', async () => {
    await files({ 'r/a.md': '' });
    await assert.rejects(uris(['r'], { signal: AbortSignal.abort() }), { name: 'AbortError' });
  });
});
