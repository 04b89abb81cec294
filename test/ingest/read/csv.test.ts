import assert from 'node:assert/strict';
import { outline, readOne, refusal } from './fixtures/read.js';

describe('csv reader', () => {
  it('reads rows under the header, whatever the separator', async () => {
    for (const [uri, separator] of [
      ['a.csv', ','],
      ['a.csv', ';'],
      ['a.tsv', '\t'],
      ['a.csv', '|'],
    ] as const) {
      const read = await readOne(
        uri,
        [
          ['name', 'born'],
          ['Ada, Countess', '1815'],
          ['Bob "B"\nJones', '1900'],
        ]
          .map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(separator))
          .join('\n'),
      );
      assert.deepEqual(outline(read), [
        'table-header: name | born',
        'table-row: Ada, Countess | 1815',
        'table-row: Bob "B" Jones | 1900',
      ]);
      assert.deepEqual(
        read.blocks.slice(1).map(({ row, header }) => [row, header]),
        [
          [1, 'name | born'],
          [2, 'name | born'],
        ],
      );
    }
  });

  it('sees that a first row of values is no header', async () => {
    assert.deepEqual(outline(await readOne('a.csv', '1,2\n3,4\n')), ['table-row: 1 | 2', 'table-row: 3 | 4']);
    assert.deepEqual(outline(await readOne('a.csv', 'x,x\n3,4\n')), ['table-row: x | x', 'table-row: 3 | 4']);
  });

  it('tolerates rows of uneven length and stray quotes', async () => {
    assert.deepEqual(outline(await readOne('a.csv', 'a,b\n1,2,3\n4\n5" disk,6\n,,\n')), [
      'table-header: a | b',
      'table-row: 1 | 2 | 3',
      'table-row: 4',
      'table-row: 5" disk | 6',
    ]);
  });

  it('refuses a quote that never ends', async () => {
    assert.equal((await refusal('a.csv', 'a,b\n"1,2\n3,4\n')).code, 'BROKEN_CSV');
  });
});
