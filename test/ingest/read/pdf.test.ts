import assert from 'node:assert/strict';
import { linesOf, type TextPiece, withoutRunningHeads } from '../../../ingest/read/pdf-lines.js';
import { joinLines } from '../../../ingest/read/pdf-paragraphs.js';
import { pdfDate, saneTitle } from '../../../ingest/read/pdf-reader.js';
import { makePdf, paragraph } from './fixtures/make-pdf.js';
import { outline, readOne, refusal } from './fixtures/read.js';

describe('pdf reader', () => {
  it('reads pages, paragraphs, headings by size and words divided at line ends', async () => {
    const read = await readOne(
      'report.pdf',
      makePdf([
        [
          { text: 'Annual Report', y: 720, size: 22 },
          ...paragraph(['The company grew in every re-', 'gion and opened two new plants in the', 'south.'], 660),
          ...paragraph(['A new paragraph stands apart.'], 590),
        ],
        [{ text: 'Outlook', y: 720, size: 16 }, ...paragraph(['Prices may rise.'], 680)],
      ]),
    );
    assert.deepEqual(outline(read), [
      'heading1: Annual Report',
      'paragraph: The company grew in every region and opened two new plants in the south.',
      'paragraph: A new paragraph stands apart.',
      'heading2: Outlook',
      'paragraph: Prices may rise.',
    ]);
    assert.deepEqual(
      read.blocks.map(({ page }) => page),
      [1, 1, 1, 2, 2],
    );
    assert.equal(read.metadata['pages'], 2);
  });

  it('takes title, author and date from the information of the file', async () => {
    const info = { Title: 'Microsoft Word - The Plan', Author: 'Ann', CreationDate: "D:20180420093000-05'00'" };
    const read = await readOne('a.pdf', makePdf([paragraph(['text'], 700)], { info }));
    assert.equal(read.title, 'The Plan');
    assert.equal(read.metadata['author'], 'Ann');
    assert.equal(read.date, '2018-04-20T14:30:00Z');
  });

  it('knows titles that nobody gave', () => {
    for (const title of ['untitled', 'report_v3.docx', 'Microsoft Word - a.doc', '12345', '  ', 'x']) {
      assert.equal(saneTitle(title), undefined, title);
    }
    assert.equal(saneTitle(' On  Growth '), 'On Growth');
  });

  it('reads dates with and without time and zone', () => {
    assert.equal(pdfDate('D:2018'), '2018-01-01');
    assert.equal(pdfDate('D:20180420'), '2018-04-20');
    assert.equal(pdfDate('D:20180420093000Z'), '2018-04-20T09:30:00Z');
    assert.equal(pdfDate('D:20189920'), undefined);
    assert.equal(pdfDate('yesterday'), undefined);
  });

  it('reads Chinese whose font is not embedded', async () => {
    const lines = [
      { text: '黑豹队的防守只丢了', y: 700 },
      { text: '三百零八分。', y: 688 },
    ];
    assert.equal((await readOne('zh.pdf', makePdf([lines], { chinese: true }))).text, '黑豹队的防守只丢了三百零八分。');
  });

  it('reads a table row by row', async () => {
    const row = (cells: readonly string[], y: number) => cells.map((text, i) => ({ text, x: 72 + 120 * i, y }));
    const read = await readOne(
      't.pdf',
      makePdf([
        [
          ...row(['Store', 'City', 'Area'], 700),
          ...row(['12', 'York', '5,000'], 688),
          ...row(['14', 'Leeds', '6,100'], 676),
        ],
      ]),
    );
    assert.deepEqual(outline(read), [
      'table-row: Store | City | Area',
      'table-row: 12 | York | 5,000',
      'table-row: 14 | Leeds | 6,100',
    ]);
  });

  it('shortens the leaders of a table of contents and keeps its entries apart', async () => {
    const lines = [
      '1 Introduction . . . . . . . . . 3',
      '2 Scope ............ 12',
      '3 Terms and what they mean ........ 20',
    ];
    assert.deepEqual(outline(await readOne('c.pdf', makePdf([paragraph(lines, 700)]))), [
      'paragraph: 1 Introduction … 3',
      'paragraph: 2 Scope … 12',
      'paragraph: 3 Terms and what they mean … 20',
    ]);
  });

  it('leaves out running heads after the first page, and page numbers everywhere', async () => {
    const page = (n: number) => [
      { text: 'ACME Handbook 2020', y: 760 },
      ...paragraph([`Content number ${n * n} differs from all.`], 600),
      { text: `Page ${n} of 3`, y: 40 },
      { text: String(n), y: 20 },
    ];
    const { text } = await readOne('h.pdf', makePdf([page(1), page(2), page(3)]));
    assert.equal(text.match(/ACME Handbook/g)?.length, 1);
    assert.equal(text.match(/Page \d of 3/g)?.length, 1);
    assert.equal(text.match(/Content number/g)?.length, 3);
    assert.doesNotMatch(text, /^\d$/m);
  });

  it('keeps repeated lines that do not stand at an edge, and short files whole', () => {
    const line = (text: string) => ({ text, x: 0, right: 1, y: 0, size: 10 });
    const pages = [
      [line('Head'), line('a')],
      [line('Head'), line('b')],
    ];
    assert.deepEqual(withoutRunningHeads(pages), pages);
  });

  it('joins lines', () => {
    const vocabulary = new Set(['region', 'time-to-time', 'well-known']);
    assert.equal(joinLines('every re-', 'gion', vocabulary), 'every region');
    assert.equal(joinLines('from time-', 'to-time', vocabulary), 'from time-to-time');
    assert.equal(joinLines('a well-', 'known man', vocabulary), 'a well-known man');
    assert.equal(joinLines('in the', 'end', vocabulary), 'in the end');
    assert.equal(joinLines('Jean-', 'Paul', vocabulary), 'Jean-Paul');
    assert.equal(joinLines('soft\u00ad', 'ware', vocabulary), 'software');
    assert.equal(joinLines('東京は日本の', '首都', vocabulary), '東京は日本の首都');
  });

  it('puts pieces of one line together, with blanks where there are gaps', () => {
    const piece = (str: string, x: number, y: number, width: number): TextPiece => ({
      str,
      width,
      height: 10,
      transform: [10, 0, 0, 10, x, y],
      hasEOL: false,
    });
    const lines = linesOf([
      piece('Hel', 0, 100, 15),
      piece('lo', 15, 100, 10),
      piece('world', 29, 102, 25),
      piece('2', 54, 104, 5),
      piece('next', 0, 88, 20),
    ]);
    assert.deepEqual(
      lines.map(({ text }) => text),
      ['Hello world2', 'next'],
    );
  });

  it('refuses what is empty, cut short, encrypted or only images', async () => {
    const whole = makePdf([paragraph(['Hello'], 700)]);
    assert.equal((await refusal('empty.pdf', '')).code, 'EMPTY_SOURCE');
    assert.equal((await refusal('cut.pdf', whole.subarray(0, whole.length >> 1))).code, 'BROKEN_PDF');
    const junk = Buffer.concat([Buffer.from('%PDF-1.4\n'), Buffer.alloc(300, 7), Buffer.from('\nstartxref\n0\n%%EOF')]);
    assert.equal((await refusal('junk.pdf', junk)).code, 'BROKEN_PDF');
    assert.equal(
      (await refusal('secret.pdf', makePdf([paragraph(['Hello'], 700)], { encrypted: true }))).code,
      'ENCRYPTED',
    );
    const scan = await refusal('scan.pdf', makePdf([[], []]));
    assert.equal(scan.code, 'NO_TEXT');
    assert.match(scan.remedy, /ocrmypdf/);
    assert.equal((await refusal('long.pdf', makePdf([[], [], []]), { maxPages: 2 })).code, 'TOO_MANY_PAGES');
  });
});
