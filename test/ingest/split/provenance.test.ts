/** For every format and every passage: the span is exact, and page, row and heading path are right. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ReadDocument } from '../../../ingest/read/reader.js';
import { SourceError } from '../../../src/errors.js';
import { makeDocx, paragraphXml, tableXml } from '../read/fixtures/make-docx.js';
import { makePdf, type PdfLine } from '../read/fixtures/make-pdf.js';
import { makeZip } from '../read/fixtures/make-zip.js';
import { readAll } from '../read/fixtures/read.js';
import { checkedSplit } from './fixtures.js';

/** Targets small enough that short inputs are cut often. */
const SMALL = { targetWords: 8, maxWords: 20 };

async function documentsOf(uri: string, content: string | Uint8Array): Promise<readonly ReadDocument[]> {
  try {
    return (await readAll(uri, content)).documents;
  } catch (error) {
    // What holds no text is refused; anything else is a mistake.
    if (error instanceof SourceError && /^(?:EMPTY_SOURCE|NO_TEXT)$/.test(error.code)) return [];
    throw error;
  }
}

async function check(uri: string, content: string | Uint8Array): Promise<void> {
  for (const read of await documentsOf(uri, content)) {
    checkedSplit(read, uri, SMALL);
    checkedSplit(read, uri);
  }
}

const word = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom(
      'river',
      'Ada',
      'the',
      'Lovelace',
      'e.g.',
      'Dr.',
      '1815',
      'well-known',
      'Ελλάδα',
      'القاهرة',
      '東京都',
      'กรุงเทพ',
      'naïve',
      '😀',
      'a\u0301',
    ),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 6 }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '\0',
      '\ud800',
      '\u202e',
      '\u00a0',
      '\t',
      '#',
      '|',
      '*',
      '<',
      '&',
      '`',
      '---',
      '1.',
      '- ',
      '"',
      '\\',
    ),
  },
);
const sentence = fc
  .tuple(fc.array(word, { minLength: 1, maxLength: 25 }), fc.constantFrom('.', '?', '!', '。', '', ':'))
  .map(([words, stop]) => words.join(' ') + stop);
const paragraph = fc
  .array(sentence, { minLength: 1, maxLength: 4 })
  .chain((sentences) => fc.constantFrom(' ', '\n', '').map((glue) => sentences.join(glue)));
const runs = (numRuns: number) => ({ numRuns });

describe('provenance', () => {
  it('holds for plain text', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(paragraph, { maxLength: 6 }),
        fc.constantFrom('\n\n', '\r\n\r\n', '\n \n'),
        (paragraphs, glue) => check('a.txt', Buffer.from(paragraphs.join(glue), 'utf8')),
      ),
      runs(150),
    ));

  it('holds for Markdown', () => {
    const block = fc.oneof(
      paragraph,
      fc.tuple(fc.integer({ min: 1, max: 6 }), sentence).map(([level, text]) => `${'#'.repeat(level)} ${text}`),
      fc
        .array(sentence, { minLength: 1, maxLength: 5 })
        .map((items) => items.map((item, i) => `${'  '.repeat(i % 3)}${i % 2 ? '*' : '1.'} ${item}`).join('\n')),
      fc
        .array(fc.tuple(word, word), { minLength: 2, maxLength: 8 })
        .map((rows) => rows.map(([a, b], i) => `| ${a} | ${b} |${i === 0 ? '\n|---|---|' : ''}`).join('\n')),
      paragraph.map((text) => `\`\`\`\n${text}\n\`\`\``),
      paragraph.map((text) => `> ${text}`),
    );
    return fc.assert(
      fc.asyncProperty(fc.array(block, { maxLength: 8 }), fc.boolean(), (blocks, titled) =>
        check('a.md', (titled ? '---\ntitle: Some title\n---\n' : '') + blocks.join('\n\n')),
      ),
      runs(120),
    );
  });

  it('holds for HTML', () => {
    const { tree } = fc.letrec<{ tree: string }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4, depthSize: 'small' },
        paragraph,
        fc
          .tuple(
            fc.constantFrom(
              'div',
              'p',
              'h1',
              'h2',
              'h4',
              'ul',
              'ol',
              'li',
              'b',
              'pre',
              'nav',
              'table',
              'tr',
              'td',
              'th',
              'section',
              'blockquote',
              'script',
              'dl',
              'dd',
            ),
            fc.array(tie('tree'), { maxLength: 4 }),
          )
          .map(([tag, inner]) => `<${tag}>${inner.join(' ')}</${tag}>`),
        fc
          .array(fc.array(word, { minLength: 2, maxLength: 3 }), { minLength: 1, maxLength: 5 })
          .map(
            (rows) =>
              `<table>${rows.map((cells, i) => `<tr>${cells.map((cell) => (i === 0 ? `<th>${cell}</th>` : `<td>${cell}</td>`)).join('')}</tr>`).join('')}</table>`,
          ),
      ),
    }));
    return fc.assert(
      fc.asyncProperty(fc.array(tree, { maxLength: 5 }), (parts) =>
        check('a.html', `<!doctype html><title>T</title><body>${parts.join('\n')}`),
      ),
      runs(120),
    );
  });

  it('holds for CSV, and rows are counted right', () =>
    fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(paragraph, word), { minLength: 1, maxLength: 20 }), async (rows) => {
        const quote = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;
        const csv = ['name,value', ...rows.map(([a, b], i) => `${quote(`row${i + 1}x ${a}`)},${quote(b)}`)].join('\n');
        for (const read of await documentsOf('a.csv', csv)) {
          for (const { start, row, context } of checkedSplit(read, 'a.csv', SMALL)) {
            assert.equal(context, 'name | value');
            const named = /^row(\d+)x /.exec(read.text.slice(start));
            if (named !== null) assert.equal(row, Number(named[1]));
          }
          assert.equal(read.blocks.filter(({ kind }) => kind === 'table-row').length, rows.length);
        }
      }),
      runs(100),
    ));

  it('holds for JSON and JSON lines', () => {
    const record = fc.record(
      {
        title: sentence,
        text: fc.oneof(paragraph, fc.array(paragraph, { maxLength: 3 })),
        more: fc.jsonValue({ maxDepth: 3 }),
      },
      { requiredKeys: [] },
    );
    return fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(record, fc.jsonValue({ maxDepth: 4 })), { maxLength: 5 }), async (records) => {
        await check('a.json', JSON.stringify(records));
        await check('a.jsonl', records.map((value) => JSON.stringify(value)).join('\n'));
        if (records[0] !== undefined) await check('b.json', JSON.stringify(records[0]));
      }),
      runs(150),
    );
  });

  it('holds for PDF, and passages stay on their page', () => {
    const text = fc.array(fc.constantFrom('river', 'Ada.', 'the', 'Lovelace', 'wrote', 're-', '(x)', 'In', '12'), {
      minLength: 1,
      maxLength: 14,
    });
    const line = fc.record({
      text,
      size: fc.constantFrom(10, 10, 10, 12, 18),
      gap: fc.constantFrom(12, 12, 12, 30),
      x: fc.constantFrom(72, 72, 72, 300),
    });
    const page = fc.array(line, { maxLength: 20 });
    return fc.assert(
      fc.asyncProperty(fc.array(page, { minLength: 1, maxLength: 4 }), async (pages) => {
        const made = pages.map((lines, number): PdfLine[] => {
          let y = 760;
          return lines.map(({ text: words, size, gap, x }, i) => {
            y -= gap;
            return { text: `${words.join(' ')} w${number + 1}q${(i * 7919) % 1000}`, size, x, y };
          });
        });
        for (const read of await documentsOf('a.pdf', makePdf(made))) {
          for (const { start, end, page: number } of checkedSplit(read, 'a.pdf', SMALL)) {
            for (const [, told] of read.text.slice(start, end).matchAll(/\bw(\d)q/g))
              assert.equal(number, Number(told));
          }
        }
      }),
      runs(40),
    );
  });

  it('holds for DOCX and for what lies in archives', () => {
    const xml = (text: string): string => text.replace(/[^\t\n\x20-\ud7ff\ue000-\ufffd]/g, '?');
    const block = fc.oneof(
      paragraph.map((text) => paragraphXml(xml(text))),
      fc
        .tuple(fc.integer({ min: 1, max: 3 }), sentence)
        .map(([level, text]) => paragraphXml(xml(text), `Heading${level}`)),
      fc
        .array(fc.tuple(sentence, word), { minLength: 1, maxLength: 4 })
        .map((rows) => tableXml(rows.map((cells) => cells.map(xml)))),
    );
    return fc.assert(
      fc.asyncProperty(fc.array(block, { maxLength: 6 }), paragraph, async (blocks, text) => {
        const docx = makeDocx(blocks.join(''));
        await check('a.docx', docx);
        await check(
          'a.zip',
          makeZip([
            { name: 'a.docx', content: docx },
            { name: 'b.txt', content: text },
          ]),
        );
      }),
      runs(40),
    );
  });

  it('gives each passage of Markdown the headings above it', () => {
    interface Section {
      readonly paragraphs: readonly number[];
      readonly children: readonly Section[];
    }
    const section = (depth: number): fc.Arbitrary<Section> =>
      fc.record({
        paragraphs: fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 3 }),
        children: depth === 0 ? fc.constant([]) : fc.array(section(depth - 1), { maxLength: 2 }),
      });
    return fc.assert(
      fc.asyncProperty(fc.array(section(4), { minLength: 1, maxLength: 4 }), async (sections) => {
        const lines: string[] = [];
        const expected = new Map<string, string>();
        let count = 0;
        const write = ({ paragraphs, children }: Section, path: readonly string[]): void => {
          for (const words of paragraphs) {
            const mark = `mark${++count}x`;
            lines.push(`${mark} ${'word '.repeat(words)}end.`);
            expected.set(mark, path.join(' > '));
          }
          if (path.length >= 5) return;
          for (const child of children) {
            const name = `Heading ${++count}`;
            lines.push(`${'#'.repeat(path.length + 2)} ${name}`);
            write(child, [...path, name]);
          }
        };
        for (const top of sections) write({ paragraphs: [], children: [top] }, []);
        const documents = await documentsOf('a.md', `# The title\n\n${lines.join('\n\n')}`);
        let found = 0;
        for (const read of documents) {
          for (const { start, end, context } of checkedSplit(read, 'a.md', SMALL)) {
            for (const [mark] of read.text.slice(start, end).matchAll(/mark\d+x/g)) {
              assert.equal(context, expected.get(mark));
              found++;
            }
          }
        }
        assert.equal(found, expected.size);
      }),
      runs(100),
    );
  });
});
