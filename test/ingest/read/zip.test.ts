import assert from 'node:assert/strict';
import { documentTitle } from '../../../ingest/read/document-title.js';
import { makeDocx, paragraphXml } from './fixtures/make-docx.js';
import { makePdf, paragraph } from './fixtures/make-pdf.js';
import { makeZip } from './fixtures/make-zip.js';
import { readAll, refusal } from './fixtures/read.js';

describe('zip reader', () => {
  it('reads every format inside, archives in archives too', async () => {
    const inner = makeZip([{ name: 'deep/note.md', content: '# Deep\n\ntext' }]);
    const archive = makeZip([
      { name: 'a.txt', content: 'plain' },
      { name: 'docs/', content: '' },
      { name: 'docs/über.pdf', content: makePdf([paragraph(['page'], 700)]) },
      { name: 'b.docx', content: makeDocx(paragraphXml('word')) },
      { name: 'r.jsonl', content: '{"id":"x","text":"record"}\nbroken\n' },
      { name: 'inner.zip', content: inner },
      { name: '__MACOSX/._a.txt', content: 'junk' },
      { name: '.DS_Store', content: 'junk' },
    ]);
    const { documents, failures } = await readAll('all.zip', archive);
    assert.deepEqual(
      documents.map(({ part, text }) => [part, text]),
      [
        ['!/a.txt', 'plain'],
        ['!/docs/über.pdf', 'page'],
        ['!/b.docx', 'word'],
        ['!/r.jsonl#x', 'record'],
        ['!/inner.zip!/deep/note.md', 'Deep\n\ntext'],
      ],
    );
    assert.deepEqual(
      failures.map(({ part, error }) => [part, error.code, error.place.uri]),
      [['!/r.jsonl#line=2', 'INVALID_JSON', 'all.zip!/r.jsonl']],
    );
    assert.deepEqual(
      documents.map((read) => documentTitle(read, 'all.zip')),
      ['a', 'über', 'b', 'r', 'Deep'],
    );
  });

  it('leaves out entries that lead out of the archive, are encrypted, broken or binary', async () => {
    const archive = makeZip([
      { name: '../evil.txt', content: 'x' },
      { name: '/etc/passwd', content: 'x' },
      { name: 'a\\..\\..\\evil.txt', content: 'x' },
      { name: 'C:/evil.txt', content: 'x' },
      { name: 'link.txt', content: '/etc/passwd', mode: 0o120777 },
      { name: 'secret.txt', content: 'x', encrypted: true },
      { name: 'crc.txt', content: 'x', declaredCrc: 1 },
      { name: 'image.png', content: Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13, 1, 2, 3]) },
      { name: 'empty.txt', content: '' },
      { name: 'good.txt', content: 'good' },
      { name: 'good.txt', content: 'again' },
    ]);
    const { documents, failures } = await readAll('mixed.zip', archive);
    assert.deepEqual(
      documents.map(({ part, text }) => [part, text]),
      [['!/good.txt', 'good']],
    );
    assert.deepEqual(
      failures.map(({ part, error }) => [part, error.code]),
      [
        ['!/../evil.txt', 'UNSAFE_PATH'],
        ['!//etc/passwd', 'UNSAFE_PATH'],
        ['!/a/../../evil.txt', 'UNSAFE_PATH'],
        ['!/C:/evil.txt', 'UNSAFE_PATH'],
        ['!/link.txt', 'UNSAFE_PATH'],
        ['!/secret.txt', 'ENCRYPTED'],
        ['!/crc.txt', 'BROKEN_ZIP'],
        ['!/image.png', 'UNSUPPORTED_FORMAT'],
        ['!/empty.txt', 'EMPTY_SOURCE'],
        ['!/good.txt~2', 'DUPLICATE_ID'],
      ],
    );
  });

  it('refuses bombs by what they declare', async () => {
    const megabytes = makeZip([{ name: 'zeros.txt', content: Buffer.alloc(3 * 2 ** 20, 32) }]);
    assert.equal((await refusal('bomb.zip', megabytes, { maxArchiveBytes: 2 ** 20 })).code, 'ARCHIVE_TOO_LARGE');
    const { failures } = await readAll('bomb.zip', megabytes);
    assert.deepEqual(
      failures.map(({ error }) => error.code),
      ['ARCHIVE_RATIO'],
    );
    const many = makeZip(Array.from({ length: 5 }, (_, i) => ({ name: `${i}.txt`, content: 'x' })));
    assert.equal((await refusal('many.zip', many, { maxArchiveEntries: 4 })).code, 'ARCHIVE_TOO_MANY_FILES');
  });

  it('refuses bombs by what they inflate to when they declare less', async () => {
    const liar = makeZip([
      { name: 'a.txt', content: 'x'.repeat(100_000), declaredSize: 10 },
      { name: 'b.txt', content: 'fine' },
    ]);
    const { documents, failures } = await readAll('liar.zip', liar);
    assert.deepEqual(
      failures.map(({ part, error }) => [part, error.code]),
      [['!/a.txt', 'BROKEN_ZIP']],
    );
    assert.deepEqual(
      documents.map(({ text }) => text),
      ['fine'],
    );
  });

  it('counts what nested archives inflate to against one budget', async () => {
    const half = makeZip([{ name: 'a.txt', content: 'word '.repeat(120) }]);
    const nested = makeZip([
      { name: '1.zip', content: half },
      { name: '2.zip', content: half },
    ]);
    assert.equal((await readAll('ok.zip', nested, { maxArchiveBytes: 10_000 })).documents.length, 2);
    assert.equal((await refusal('ok.zip!/2.zip', half, { maxArchiveBytes: 500 })).code, 'ARCHIVE_TOO_LARGE');
    await assert.rejects(readAll('no.zip', nested, { maxArchiveBytes: 1_000 }), { code: 'ARCHIVE_TOO_LARGE' });
  });

  it('goes only so deep', async () => {
    let archive = makeZip([{ name: 'a.txt', content: 'bottom' }]);
    for (let i = 0; i < 3; i++) archive = makeZip([{ name: 'in.zip', content: archive }]);
    const { documents, failures } = await readAll('deep.zip', archive);
    assert.deepEqual(documents, []);
    assert.deepEqual(
      failures.map(({ part, error }) => [part, error.code]),
      [['!/in.zip!/in.zip!/in.zip', 'ARCHIVE_TOO_DEEP']],
    );
    assert.equal((await readAll('deep.zip', archive, { maxArchiveDepth: 3 })).documents[0]?.text, 'bottom');
  });

  it('refuses a broken and an empty archive', async () => {
    const whole = makeZip([{ name: 'a.txt', content: 'x' }]);
    assert.equal((await refusal('cut.zip', whole.subarray(0, whole.length - 30))).code, 'BROKEN_ZIP');
    assert.equal((await refusal('none.zip', makeZip([]))).code, 'EMPTY_SOURCE');
  });
});
