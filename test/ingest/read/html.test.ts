import assert from 'node:assert/strict';
import { outline, readOne } from './fixtures/read.js';

async function body(html: string): Promise<string[]> {
  return outline(await readOne('a.html', `<!doctype html><body>${html}`));
}

describe('html reader', () => {
  it('keeps the structure and leaves out the furniture', async () => {
    const read = await readOne(
      'page.html',
      `<!doctype html><html lang="en"><head><title>Ada Lovelace - Site</title>
       <meta name="description" content="About Ada"><meta name="keywords" content="maths, history">
       <meta property="article:published_time" content="2019-05-06T07:08:09+02:00">
       <script>var a = 1;</script><style>p { }</style></head><body>
       <nav><a href="/">Home</a></nav><h1>Ada Lovelace</h1>
       <p>Wrote   the <b>first</b>\n programme<sup class="reference">[1]</sup>.<p hidden>hidden</p>
       <div>Loose text <span>in a div</span></div>
       <ol start="2"><li>two<li>three<ul><li>inner</ul></ol>
       <dl><dt>Term<dd>Meaning</dl>
       <pre>line 1\n  line 2</pre><blockquote>Quoted</blockquote>
       <footer>Copyright</footer></body></html>`,
    );
    assert.equal(read.title, 'Ada Lovelace');
    assert.deepEqual(outline(read), [
      'heading1: Ada Lovelace',
      'paragraph: Wrote the first programme.',
      'paragraph: Loose text in a div',
      'list-item: 2. two',
      'list-item: 3. three',
      'list-item: inner',
      'list-item: Term',
      'list-item: Meaning',
      'code: line 1\n  line 2',
      'paragraph: Quoted',
    ]);
    assert.deepEqual(read.metadata, {
      description: 'About Ada',
      keywords: 'maths, history',
      date: '2019-05-06T07:08:09+02:00',
      language: 'en',
    });
    assert.deepEqual(read.tags, ['history', 'maths']);
    assert.equal(read.date, '2019-05-06T05:08:09Z');
  });

  it('reads tables as rows under their header, with spans spread', async () => {
    const table =
      '<table><caption>Planets</caption><thead><tr><th rowspan=2>Name<th colspan=2>Size</tr><tr><th>km<th>Earths</tr></thead>' +
      '<tr><td rowspan=2>Mars<td>6779<td>0.5</tr><tr><td>6780<td>0.5</tr><tr><td></td><td></td></tr></table>';
    const read = await readOne('a.html', `<!doctype html><body>${table}`);
    assert.deepEqual(outline(read), [
      'paragraph: Planets',
      'table-header: Name | Size km | Size Earths',
      'table-row: Mars | 6779 | 0.5',
      'table-row: Mars | 6780 | 0.5',
    ]);
    assert.equal(read.blocks[2]?.header, 'Name | Size km | Size Earths');
  });

  it('reads an infobox without header row and a layout table', async () => {
    assert.deepEqual(await body('<table><tr><th>Born<td>1815</tr><tr><th>Died<td>1852</tr></table>'), [
      'table-row: Born | 1815',
      'table-row: Died | 1852',
    ]);
    assert.deepEqual(await body('<table><tr><td><h2>Left</h2>text<td>right</tr></table>'), [
      'heading2: Left',
      'paragraph: text',
      'paragraph: right',
    ]);
  });

  it('sees a header that is not marked, but not in names and values', async () => {
    const table = (rows: readonly string[]) =>
      `<table>${rows
        .map(
          (row) =>
            `<tr>${row
              .split('|')
              .map((cell) => `<td>${cell}</td>`)
              .join('')}</tr>`,
        )
        .join('')}</table>`;
    assert.deepEqual(await body(table(['Ship|Built|Port', 'Petrel|1899|Norhaven', 'Anse|1888|Ellery'])), [
      'table-header: Ship | Built | Port',
      'table-row: Petrel | 1899 | Norhaven',
      'table-row: Anse | 1888 | Ellery',
    ]);
    for (const rows of [
      ['Client|ACME', 'Start|2020', 'End|2021'],
      ['a|b|c', 'd|e|f', 'g|h|i'],
      ['Ship|1|Port', 'x|2|y', 'z|3|w'],
    ]) {
      assert.deepEqual((await body(table(rows)))[0], `table-row: ${rows[0]!.replaceAll('|', ' | ')}`);
    }
  });

  it('cuts the name of the site from the title', async () => {
    const title = async (head: string, headings: readonly string[]) =>
      (
        await readOne(
          'a.html',
          `<!doctype html><title>${head}</title>${headings.map((text) => `<h1>${text}</h1>`).join('')}<p>text`,
        )
      ).title;
    assert.equal(await title('Lints - The book', ['The book', 'Lints']), 'Lints');
    assert.equal(await title('Site | Lints', ['Lints']), 'Lints');
    assert.equal(await title('', ['Lints']), 'Lints');
    assert.equal(await title('Lintstock - The book', ['Lint', 'Other']), 'Lintstock - The book');
    assert.equal(await title('Welcome', ['Hello']), 'Welcome');
  });

  it('takes <main> for the page only when it holds most of the text', async () => {
    const long = 'word '.repeat(50).trim();
    assert.deepEqual(await body(`<div>aside</div><main><p>${long}</main>`), [`paragraph: ${long}`]);
    assert.deepEqual(await body(`<p>${long}</p><main>short</main>`), [`paragraph: ${long}`, 'paragraph: short']);
  });

  it('survives nesting deeper than the stack', async () => {
    const depth = 20_000;
    const read = await readOne(
      'deep.html',
      `<!doctype html><body>${'<div>'.repeat(depth)}deep${'</div>'.repeat(depth)}`,
    );
    assert.equal(read.text, 'deep');
  });

  it('decodes by the declared charset when the bytes are no UTF-8', async () => {
    const bytes = Buffer.from('<!doctype html><meta charset="iso-8859-2"><p>\xb1\xb6', 'latin1');
    assert.equal((await readOne('a.html', bytes)).text, 'ąś');
  });
});
