import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ingest, rootUris, walk } from '../../../ingest/index.js';
import { DEFAULT_LIMITS } from '../../../src/limits.js';
import { assertProvenance } from './provenance.js';
import { COLLECTION, openWorkbench, type Workbench } from './workbench.js';

const ZIP_START = Buffer.from('504b0304140000000800', 'hex');
/** What each file is, and the code of its failure; undefined: it is read. */
const FILES: readonly (readonly [name: string, content: string | Buffer, code?: string])[] = [
  ['fine.md', '# Ada Lark\n\nAda Lark was born in Port Brin.\n'],
  ['text.pdf', 'A plain text that is called a PDF. Ada Lark wrote it.'],
  ['marks.txt', 'Ada\u0000 Lark \u202ewas\u202c here. She left at nine. \u05d0\u05d3\u05d4 stayed.'],
  ['surrogate.txt', Buffer.from([0x41, 0x64, 0x61, 0x20, 0xed, 0xa0, 0x80, 0x20, 0x4c, 0x61, 0x72, 0x6b, 0x2e])],
  ['latin.txt', Buffer.from('Caf\xe9 Oster in Malm\xf6 est ferm\xe9. Ada Lark y \xe9tait.', 'latin1')],
  [
    'lines.jsonl',
    '{"id":1,"title":"One","text":"First."}\n{"id":2,"title":\n{"id":3,"title":"Three","text":"Third."}\n',
  ],
  ['empty.md', '', 'EMPTY_SOURCE'],
  ['truncated.pdf', '%PDF-1.7\n1 0 obj\n<< /Type /Catalog', 'BROKEN_PDF'],
  ['cut.zip', ZIP_START, 'BROKEN_ZIP'],
  ['cut.docx', ZIP_START, 'BROKEN_ZIP'],
  ['picture.png', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), 'UNSUPPORTED_FORMAT'],
  ['broken.json', '{"title": "Ada', 'INVALID_JSON'],
  ['long.txt', 'word '.repeat(20_000), 'FILE_TOO_LARGE'],
];

describe('a folder of bad input', () => {
  let bench: Workbench;
  let folder: string;

  beforeEach(async () => {
    bench = await openWorkbench();
    folder = await mkdtemp(join(tmpdir(), 'hopwise-bad-'));
    await mkdir(join(folder, 'docs/deep'), { recursive: true });
    for (const [name, content] of FILES) await writeFile(join(folder, 'docs', name), content);
    await symlink('../', join(folder, 'docs/deep/loop'));
    await symlink('nowhere.md', join(folder, 'docs/dangling.md'));
  });
  afterEach(async () => {
    await bench[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  });

  const run = async () => {
    const roots = [join(folder, 'docs')];
    const limits = { ...DEFAULT_LIMITS, maxFileBytes: 50_000 };
    const context = { ...bench.context, limits };
    const prune = { prefixes: await rootUris(roots) };
    return ingest(context, walk(roots, { limits }), { collection: COLLECTION, prune });
  };

  it('leaves out what cannot be read, with code and remedy, and stores the rest with exact spans', async () => {
    const summary = await run();
    const expected = FILES.flatMap(([name, , code]) => (code === undefined ? [] : [[`docs/${name}`, code] as const]));
    const left = [
      ...expected,
      ['docs/dangling.md', 'FILE_NOT_FOUND'] as const,
      ['docs/lines.jsonl#line=2', 'INVALID_JSON'] as const,
    ];
    assert.deepEqual(
      summary.quarantined.map(({ uri, code }) => [uri, code]),
      left.toSorted(([a], [b]) => (a < b ? -1 : 1)),
    );
    for (const { uri, message, remedy } of summary.quarantined) {
      assert.ok(message.includes(uri.split('#')[0]!), `"${message}" names the file`);
      assert.ok(remedy.length > 10, `${uri} has a remedy`);
    }
    assert.equal(summary.documents, 7, 'five files and two lines');
    assert.ok((await assertProvenance(bench.context.store)) >= 7);
    assert.deepEqual(await bench.context.store.check(), []);
    const tolerated = await bench.context.store.documentByUri(COLLECTION, 'docs/surrogate.txt');
    assert.ok(tolerated!.warnings.length > 0, 'what was tolerated is told');
  });

  it('reports the same again without writing anything, and is done with what is mended', async () => {
    const first = await run();
    const generation = await bench.context.store.generation(COLLECTION);
    const second = await run();
    assert.deepEqual(second.quarantined, first.quarantined);
    assert.equal(second.unchanged, 7);
    assert.equal(await bench.context.store.generation(COLLECTION), generation);
    await writeFile(join(folder, 'docs/broken.json'), '{"title": "Ada", "text": "Mended."}');
    await rm(join(folder, 'docs/cut.zip'));
    const third = await run();
    assert.equal(third.quarantined.length, first.quarantined.length - 2);
    assert.equal(third.added, 1);
  });
});
