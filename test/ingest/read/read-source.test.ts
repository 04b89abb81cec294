import assert from 'node:assert/strict';
import { documentTitle } from '../../../ingest/read/document-title.js';
import { readSource } from '../../../ingest/read/read-source.js';
import type { ReadDocument } from '../../../ingest/read/reader.js';
import { READERS } from '../../../ingest/read/readers.js';
import { DEFAULT_LIMITS } from '../../../src/limits.js';
import { makeDocx, paragraphXml } from './fixtures/make-docx.js';
import { makePdf, paragraph } from './fixtures/make-pdf.js';
import { makeZip } from './fixtures/make-zip.js';
import { readAll, readOne, refusal, source } from './fixtures/read.js';

describe('readSource', () => {
  it('reads by content what has the wrong name, and says so', async () => {
    const cases: [string, Uint8Array | string, string, string][] = [
      ['a.txt', makePdf([paragraph(['Hello'], 700)]), 'Hello', 'PDF'],
      ['a.md', makeDocx(paragraphXml('Hello')), 'Hello', 'DOCX'],
      ['a.pdf', makeZip([{ name: 'x.txt', content: 'Hello' }]), 'Hello', 'ZIP'],
      ['a.zip', makeDocx(paragraphXml('Hello')), 'Hello', 'DOCX'],
      ['a.pdf', 'Hello', 'Hello', 'plain text'],
      ['a.docx', '<!DOCTYPE html><p>Hello', 'Hello', 'HTML'],
      ['a.png', 'Hello', 'Hello', ''],
    ];
    for (const [uri, content, text, said] of cases) {
      const read = await readOne(uri, content);
      assert.equal(read.text, text, uri);
      assert.match(
        read.warnings.join(),
        said === '' ? /^$/ : new RegExp(`^named \\.\\w+, but it .*${said}.* was read so`),
        uri,
      );
    }
  });

  it('takes what is sent as text for text, however odd, but not a known binary format', async () => {
    const sent = async (content: string | Uint8Array): Promise<string> => {
      const upload = { ...source('upload', content), mediaType: 'text/plain' };
      for await (const read of readSource(upload, { limits: DEFAULT_LIMITS })) if ('text' in read) return read.text;
      return '';
    };
    assert.equal(await sent('x\u0000y'), 'x\ufffdy');
    await assert.rejects(
      sent(Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d, 0x49, 0x48, 0x44, 0x52)),
      {
        code: 'UNSUPPORTED_FORMAT',
      },
    );
  });

  it('refuses binary data without zeros, and reads UTF-16 whose bytes look like control characters', async () => {
    const noise = Uint8Array.from({ length: 300 }, (_, i) => ((i * 73) % 255) + 1);
    assert.equal((await refusal('photo.png', noise)).code, 'UNSUPPORTED_FORMAT');
    const han = '一丁七万丈三上下丐不与丏丑专且丕世丗丘丙业丛东丝丞';
    assert.equal((await readOne('a.txt', Buffer.from(`\ufeff${han}`, 'utf16le'))).text, han);
  });

  it('goes by the media type when the name tells nothing', async () => {
    const upload = { ...source('upload', '# Head\n\ntext'), mediaType: 'text/markdown; charset=utf-8' };
    for await (const read of readSource(upload, { limits: DEFAULT_LIMITS })) {
      assert.ok('text' in read);
      assert.equal(read.mediaType, 'text/markdown');
    }
  });

  it('reads text of any other name as plain text, and HTML without extension as HTML', async () => {
    assert.equal((await readOne('Makefile', 'all: build')).mediaType, 'text/plain');
    assert.equal((await readOne('page', '<html><h1>Hi</h1>')).mediaType, 'text/html');
    assert.equal((await readOne('a.md', '<html><h1>Hi</h1>')).mediaType, 'text/markdown');
  });

  it('refuses what it does not read, by name of the format', async () => {
    const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0, 0, 0, 1]);
    for (const uri of ['a.png', 'a.txt']) {
      const error = await refusal(uri, png);
      assert.equal(error.code, 'UNSUPPORTED_FORMAT');
      assert.match(error.message, /image\/png/);
    }
    assert.equal((await refusal('a.rtf', '{\\rtf1 x}')).code, 'UNSUPPORTED_FORMAT');
    const slides = makeZip([
      { name: '[Content_Types].xml', content: 'x' },
      { name: 'ppt/presentation.xml', content: 'x' },
    ]);
    assert.match((await refusal('a.pptx', slides)).message, /pptx/);
    assert.equal(
      (await refusal('a.bin', Buffer.from(Array.from({ length: 64 }, (_, i) => (i * 37) % 32)))).code,
      'UNSUPPORTED_FORMAT',
    );
  });

  it('refuses what is empty in every format', async () => {
    for (const { extensions } of READERS) assert.equal((await refusal(`a.${extensions[0]}`, '')).code, 'EMPTY_SOURCE');
    for (const uri of ['a.txt', 'a.md', 'a.html', 'a.csv', 'a.jsonl'])
      assert.equal((await refusal(uri, ' \n\t\n ')).code, 'EMPTY_SOURCE', uri);
  });

  it('stops when it is told to', async () => {
    const signal = AbortSignal.abort();
    for (const uri of ['a.txt', 'a.jsonl'])
      await assert.rejects(readAll(uri, '{"text":"x"}', {}, { signal }), { name: 'AbortError' });
  });

  it('has one reader for each extension', () => {
    const all = READERS.flatMap(({ extensions }) => extensions);
    assert.equal(new Set(all).size, all.length);
  });
});

describe('documentTitle', () => {
  const read = (fields: Partial<ReadDocument>): ReadDocument => ({
    part: '',
    text: '',
    mediaType: '',
    blocks: [],
    metadata: {},
    tags: [],
    warnings: [],
    ...fields,
  });

  it('is the metadata, else the first heading, else the name of the file', () => {
    const text = 'intro\n\nThe  Heading';
    const blocks = [
      { kind: 'paragraph', start: 0, end: 5 },
      { kind: 'heading', level: 1, start: 7, end: 19 },
    ] as const;
    assert.equal(documentTitle(read({ title: ' A\n title ', text, blocks }), 'x.md'), 'A title');
    assert.equal(documentTitle(read({ text, blocks }), 'x.md'), 'The Heading');
    assert.equal(
      documentTitle(read({ text: 'intro' }), 'docs/annual_report-2020.final.pdf'),
      'annual report 2020.final',
    );
    assert.equal(documentTitle(read({}), 'docs/v1.2 notes'), 'v1.2 notes');
    assert.equal(documentTitle(read({ part: '!/in/some_file.txt' }), 'a.zip'), 'some file');
    assert.equal(documentTitle(read({ part: '!/r.jsonl#a/b.c' }), 'a.zip'), 'r');
    assert.equal(documentTitle(read({}), '.env'), '.env');
  });

  it('stays empty when the source says that there is none', () => {
    assert.equal(documentTitle(read({ title: '', part: '#1' }), 'corpus.jsonl'), '');
  });
});
