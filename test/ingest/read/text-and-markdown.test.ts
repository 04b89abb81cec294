import assert from 'node:assert/strict';
import { paragraphs } from '../../../ingest/read/paragraphs.js';
import { outline, readOne } from './fixtures/read.js';

describe('text reader', () => {
  it('unwraps lines broken at a margin and keeps every offset', async () => {
    const wrapped =
      'The observatory stands on a hill above the town and has\nbeen open to visitors since the year in which its great\nrefractor was replaced.\n\nSecond paragraph.';
    const read = await readOne('a.txt', wrapped);
    assert.equal(read.text.length, wrapped.length);
    assert.deepEqual(outline(read), [
      'paragraph: The observatory stands on a hill above the town and has been open to visitors since the year in which its great refractor was replaced.',
      'paragraph: Second paragraph.',
    ]);
  });

  it('keeps the lines of chats, lists and verse', async () => {
    for (const text of [
      'Alice: are you coming to the harbour tonight, the boats leave early\nBob: yes',
      '- first thing that has to be done before the others can begin at all\n- second',
      'Shall I compare thee\nto a day',
    ]) {
      assert.equal((await readOne('a.txt', text)).text, text);
    }
  });

  it('takes a short first line that stands alone for the heading', async () => {
    const heading = async (text: string) => outline(await readOne('a.txt', text))[0];
    assert.equal(await heading('Tobias Renn\n\nBorn in Port Ellery.'), 'heading1: Tobias Renn');
    for (const text of [
      'Dear Ada,\n\nthanks.',
      'It rained.\n\nText',
      'Tobias Renn',
      'Two\nlines\n\nText',
      '---\n\nText',
      `${'x'.repeat(81)}\n\nText`,
    ]) {
      assert.match((await heading(text))!, /^paragraph/, text);
    }
  });

  it('makes line ends alike', async () => {
    assert.equal((await readOne('a.txt', 'one\r\n\r\ntwo\rthree')).text, 'one\n\ntwo\nthree');
  });

  it('finds paragraphs between lines that hold only blanks', () => {
    const { blocks } = paragraphs('  a\n \t \nb\n\n\n\nc ');
    assert.deepEqual(
      blocks.map(({ start, end }) => [start, end]),
      [
        [2, 3],
        [8, 9],
        [13, 14],
      ],
    );
  });
});

describe('markdown reader', () => {
  it('renders to plain text, block by block', async () => {
    const read = await readOne(
      'notes.md',
      [
        '# Moons of *Jupiter*',
        '',
        'Found by [Galileo](https://x.example) in `1610`,\nwith a **small** telescope ![drawing](a.png).',
        '',
        '- Io',
        '- Europa',
        '  - has ice',
        '',
        '3. third',
        '4. fourth',
        '',
        '| moon | radius |',
        '|------|-------:|',
        '| Io   | 1821   |',
        '',
        '```js',
        'const a = 1;',
        '```',
        '',
        '<p align="center"><img src="b.png"></p>',
        '',
        'Setext',
        '------',
      ].join('\n'),
    );
    assert.deepEqual(outline(read), [
      'heading1: Moons of Jupiter',
      'paragraph: Found by Galileo in 1610, with a small telescope drawing.',
      'list-item: Io',
      'list-item: Europa',
      'list-item: has ice',
      'list-item: 3. third',
      'list-item: 4. fourth',
      'table-header: moon | radius',
      'table-row: Io | 1821',
      'code: const a = 1;',
      'heading2: Setext',
    ]);
    const row = read.blocks.find(({ kind }) => kind === 'table-row');
    assert.deepEqual([row?.row, row?.header], [1, 'moon | radius']);
  });

  it('reads what is nested beyond reason as plain text', async () => {
    const read = await readOne('a.md', `${'>'.repeat(5000)} deep\n\n# Not a heading`);
    assert.match(read.warnings.join(), /nested too deeply/);
    assert.match(read.text, /deep\n\n# Not a heading$/);
  });

  it('reads as plain text what the parser would take ages for, but not code or tables of as many marks', async () => {
    for (const hostile of ['*a_'.repeat(20_000), `${'`'.repeat(3_000)}a`, '<a '.repeat(3_000)]) {
      const read = await readOne('a.md', `# Not a heading\n\nx ${hostile}`);
      assert.match(read.warnings.join(), /too many marks in one paragraph/);
      assert.match(read.text, /^# Not a heading/);
    }
    const code = `~~~\n${'a[0] = b_c\n'.repeat(2_000)}~~~`;
    const table = `| a | b |\n|---|---|\n${'| *x* | `y` |\n'.repeat(1_000)}`;
    const list = '- see [a](b) and `c`\n'.repeat(1_000);
    const read = await readOne('a.md', `# A heading\n\n${code}\n\n${table}\n\n${list}`);
    assert.deepEqual(read.warnings, []);
    assert.match(read.text, /^A heading/);
  });

  it('takes title, tags, date and other fields from front matter', async () => {
    const read = await readOne(
      'a.md',
      '---\ntitle: The Title\ntags: [b, a, b]\ndate: 2021-03-04\nauthor:\n  name: Ann\ndraft: false\nrank: 3\n---\n# Heading\n\ntext',
    );
    assert.equal(read.title, 'The Title');
    assert.deepEqual(read.tags, ['a', 'b']);
    assert.equal(read.date, '2021-03-04');
    assert.equal(read.metadata['author.name'], 'Ann');
    assert.equal(read.metadata['draft'], false);
    assert.equal(read.metadata['rank'], 3);
    assert.deepEqual(outline(read), ['heading1: Heading', 'paragraph: text']);
  });

  it('reads what only looks like front matter as text', async () => {
    assert.deepEqual(outline(await readOne('a.md', '---\njust a line\n---\nmore')), [
      'heading2: just a line',
      'paragraph: more',
    ]);
    const broken = await readOne('a.md', '---\ntitle: [unclosed\n---\nmore');
    assert.match(broken.warnings.join(), /no valid YAML/);
    assert.match(broken.text, /unclosed/);
  });
});
