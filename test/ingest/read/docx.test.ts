import assert from 'node:assert/strict';
import { makeDocx, paragraphXml, tableXml } from './fixtures/make-docx.js';
import { outline, readOne, refusal } from './fixtures/read.js';

describe('docx reader', () => {
  it('reads headings, paragraphs, tables and core properties', async () => {
    const body =
      paragraphXml('Terms & Conditions', 'Heading1') +
      paragraphXml('These terms hold.') +
      tableXml([
        ['Fee', 'Amount'],
        ['Entry', '10'],
        ['Late', '15'],
      ]) +
      paragraphXml('Scope', 'Heading2') +
      paragraphXml('Worldwide.');
    const properties = {
      'dc:title': 'Terms &lt;2&gt;',
      'dc:creator': 'Ann',
      'cp:keywords': 'law; fees',
      'dcterms:created': '2020-01-02T03:04:05Z',
    };
    const read = await readOne('terms.docx', makeDocx(body, properties));
    assert.deepEqual(outline(read), [
      'heading1: Terms & Conditions',
      'paragraph: These terms hold.',
      'table-header: Fee | Amount',
      'table-row: Entry | 10',
      'table-row: Late | 15',
      'heading2: Scope',
      'paragraph: Worldwide.',
    ]);
    assert.equal(read.metadata['author'], 'Ann');
    assert.deepEqual(read.tags, ['fees', 'law']);
    assert.equal(read.date, '2020-01-02T03:04:05Z');
  });

  it('refuses damaged and encrypted files and bombs', async () => {
    const whole = makeDocx(paragraphXml('x'));
    assert.equal((await refusal('cut.docx', whole.subarray(0, whole.length - 100))).code, 'BROKEN_DOCX');
    const ole = Buffer.concat([
      Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]),
      Buffer.alloc(504),
      Buffer.from('EncryptedPackage', 'utf16le'),
    ]);
    assert.equal((await refusal('secret.docx', ole)).code, 'ENCRYPTED');
    assert.equal((await refusal('old.doc', ole.subarray(0, 512))).code, 'UNSUPPORTED_FORMAT');
    assert.equal(
      (await refusal('bomb.docx', makeDocx(paragraphXml('a'.repeat(50_000))), { maxArchiveBytes: 20_000 })).code,
      'ARCHIVE_TOO_LARGE',
    );
  });
});
