import assert from 'node:assert/strict';
import fc from 'fast-check';
import { pack } from '../../../ingest/split/pack.js';
import { DEFAULT_SPLIT } from '../../../ingest/split/split.js';
import type { Unit } from '../../../ingest/split/units.js';
import { wordCounter } from '../../../ingest/split/word-count.js';
import { readOne } from '../read/fixtures/read.js';
import { checkedSplit } from './fixtures.js';

function words(count: number, stop = '.'): string {
  return `${Array.from({ length: count }, (_, i) => (i === 0 ? 'Word' : 'word')).join(' ')}${stop}`;
}

/** Passages as [context, number of words], or with their text. */
async function split(uri: string, content: string): Promise<{ context: string; text: string; words: number }[]> {
  const read = await readOne(uri, content);
  return checkedSplit(read, uri).map(({ start, end, context }) => {
    const text = read.text.slice(start, end);
    return { context, text, words: text.split(/\s+/).length };
  });
}

describe('splitDocument', () => {
  it('keeps a text without structure whole up to 1.4 times the target', async () => {
    const whole = Array.from({ length: 14 }, () => words(12)).join(' ');
    assert.deepEqual(
      (await split('a.txt', whole)).map((p) => p.words),
      [168],
    );
    assert.equal((await split('a.txt', `${whole} ${words(12)}`)).length, 2);
  });

  it('cuts a page of 300 words at sentences, into even parts', async () => {
    const passages = await split('a.txt', Array.from({ length: 30 }, () => words(10)).join(' '));
    assert.deepEqual(
      passages.map((p) => p.words),
      [150, 150],
    );
    for (const { text } of passages) assert.match(text, /^Word.*\.$/);
  });

  it('cuts rather between paragraphs than inside one', async () => {
    const paragraph = (sentences: number) => Array.from({ length: sentences }, () => words(10)).join(' ');
    const passages = await split('a.txt', [paragraph(11), paragraph(14), paragraph(10)].join('\n\n'));
    assert.deepEqual(
      passages.map((p) => p.words),
      [110, 140, 100],
    );
  });

  it('leaves no short tail where it can join', async () => {
    const passages = await split('a.txt', [words(110), words(100), words(20)].join('\n\n'));
    assert.deepEqual(
      passages.map((p) => p.words),
      [110, 120],
    );
  });

  it('begins a passage at each heading and tells the path without the title', async () => {
    const passages = await split(
      'a.md',
      '# Guide\n\nIntro.\n\n## Install\n\nRun it.\n\n### Linux\n\nUse apt.\n\n## Use\n\nAsk.',
    );
    assert.deepEqual(
      passages.map(({ context, text }) => [context, text]),
      [
        ['', 'Intro.'],
        ['Install', 'Run it.'],
        ['Install > Linux', 'Use apt.'],
        ['Use', 'Ask.'],
      ],
    );
  });

  it('keeps the first heading in the path when the title is another', async () => {
    const passages = await split('a.md', '---\ntitle: Handbook\n---\n# Chapter\n\ntext');
    assert.deepEqual(
      passages.map(({ context, text }) => [context, text]),
      [['Chapter', 'text']],
    );
  });

  it('makes headings with nothing under them findable, together', async () => {
    const passages = await split('a.md', '# Guide\n\n## One\n\n### Deep\n\ntext\n\n## Two\n\n## Three\n\n### Four');
    assert.deepEqual(
      passages.map(({ context, text }) => [context, text]),
      [
        ['One > Deep', 'text'],
        ['', 'Two'],
        ['Three', 'Four'],
      ],
    );
    const bare = await split('a.md', '# Guide\n\n## Two\n\n## Three');
    assert.deepEqual(
      bare.map(({ text }) => text),
      ['Two\n\nThree'],
    );
    assert.deepEqual(
      (await split('a.md', '# Only a title')).map(({ text }) => text),
      ['Only a title'],
    );
  });

  it('groups rows under their header, and joins a line above to the table', async () => {
    const row = (i: number) => `| item ${i} | ${'value '.repeat(18).trim()} |`;
    const table = ['| name | text |', '|---|---|', ...Array.from({ length: 10 }, (_, i) => row(i + 1))].join('\n');
    const read = await readOne('a.md', `# T\n\nThe values are:\n\n${table}\n\n${words(60)}`);
    const passages = checkedSplit(read, 'a.md');
    assert.deepEqual(
      passages.map(({ context, row: first }) => [context, first]),
      [
        ['name | text', 1],
        ['name | text', 6],
        ['', undefined],
      ],
    );
    assert.match(read.text.slice(passages[0]!.start), /^The values are:\n\nname \| text\nitem 1 /);
  });

  it('cuts a sentence over the limit between words', async () => {
    const monster = `${words(1000, '')} end.`;
    const passages = await split('a.txt', monster);
    for (const { words: count } of passages) assert.ok(count >= 90 && count <= 168, String(count));
    assert.equal(passages.map(({ text }) => text).join(' '), monster);
    assert.deepEqual(
      (await split('a.txt', words(390))).map((p) => p.words),
      [390],
    );
  });

  it('cuts text without capitals at its stops', async () => {
    const passages = await split('a.txt', Array.from({ length: 30 }, () => words(10).toLowerCase()).join(' '));
    assert.deepEqual(
      passages.map((p) => p.words),
      [150, 150],
    );
    for (const { text } of passages) assert.match(text, /\.$/);
  });

  it('cuts what has no blanks at all, never inside a character', async () => {
    for (const unit of ['a', '😀', '0123456789abcdef']) {
      const text = unit.repeat(20_000 / unit.length);
      const passages = await split('a.txt', text);
      assert.ok(passages.length >= 4);
      assert.equal(passages.map((p) => p.text).join(''), text);
      for (const passage of passages) assert.ok(!/\p{Cs}/u.test(passage.text) && passage.text.length <= 4000);
    }
  });

  it('counts words where blanks do not separate them', async () => {
    const chinese = '黑豹队的防守只丢了三百零八分，在联赛中排名第六。';
    const passages = await split('a.txt', chinese.repeat(40));
    assert.ok(passages.length >= 4 && passages.length <= 8, String(passages.length));
    for (const { text } of passages) assert.ok(text.startsWith('黑豹队') && text.endsWith('。'));
    const thai = 'ทีมรับของแพนเธอร์สถอดใจที่คะแนนในขณะที่เป็นผู้นำในลีก ';
    assert.ok((await split('a.txt', thai.repeat(40))).length >= 3);
    assert.equal(wordCounter('กรุงเทพมหานคร เป็น')(0, 18) >= 2, true);
  });

  it('cuts a chat between its lines', async () => {
    const lines = Array.from(
      { length: 40 },
      (_, i) => `${i % 2 ? 'Bob' : 'Alice'}: message number ${i} without any stop at its end`,
    );
    for (const { text } of await split('a.txt', lines.join('\n'))) assert.match(text, /^(?:Alice|Bob): .* end$/s);
  });

  it('keeps code together up to the limit, then cuts it between lines', async () => {
    const code = (lines: number) =>
      `\`\`\`\n${Array.from({ length: lines }, (_, i) => `  call(${i}, "a b c d e");`).join('\n')}\n\`\`\``;
    assert.equal((await split('a.md', code(50))).length, 1);
    const parts = await split('a.md', code(200));
    assert.ok(parts.length > 5);
    for (const { text } of parts) assert.match(text, /^call\(.*\);$/s);
  });

  it('gives a document without text one empty passage', () => {
    const empty = {
      part: '#1',
      title: 'Only a title',
      text: ' \n',
      mediaType: '',
      blocks: [],
      metadata: {},
      tags: [],
      warnings: [],
    };
    assert.deepEqual(checkedSplit(empty), [{ start: 0, end: 0, context: '' }]);
  });

  it('obeys the options', async () => {
    const read = await readOne('a.txt', Array.from({ length: 30 }, () => words(10)).join(' '));
    const passages = checkedSplit(read, 'a.txt', { ...DEFAULT_SPLIT, targetWords: 50 });
    assert.equal(passages.length, 6);
  });
});

describe('pack', () => {
  const unit = (size: number, opensBlock: boolean): Unit => ({ start: 0, end: 0, words: size, opensBlock });

  /** Cost of a packing as documented, and whether it is allowed. */
  function cost(units: readonly Unit[], ranges: readonly number[], target: number): number {
    let sum = 0;
    for (let i = 0; i < ranges.length; i += 2) {
      const part = units.slice(ranges[i], ranges[i + 1]);
      const size = part.reduce((total, { words: count }) => total + count, 0);
      if (size > 1.4 * target && part.length > 1) return Number.POSITIVE_INFINITY;
      sum += (size / target - 1) ** 2 + (i > 0 && !part[0]!.opensBlock ? 0.1 : 0);
    }
    return sum;
  }

  it('finds the cheapest packing of all', () => {
    const units = fc.array(fc.tuple(fc.integer({ min: 1, max: 200 }), fc.boolean()), { minLength: 1, maxLength: 9 });
    fc.assert(
      fc.property(units, (sizes) => {
        const all = sizes.map(([size, opens]) => unit(size, opens));
        const ranges = pack(all, 100);
        assert.deepEqual([ranges[0], ranges.at(-1)], [0, all.length]);
        let best = Number.POSITIVE_INFINITY;
        for (let cuts = 0; cuts < 1 << (all.length - 1); cuts++) {
          const tried = [0];
          for (let i = 1; i < all.length; i++) if (cuts & (1 << (i - 1))) tried.push(i, i);
          best = Math.min(best, cost(all, [...tried, all.length], 100));
        }
        assert.ok(Math.abs(cost(all, ranges, 100) - best) < 1e-9);
      }),
    );
  });
});
