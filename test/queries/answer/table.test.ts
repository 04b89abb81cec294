import assert from 'node:assert/strict';
import { solveTable } from '../../../queries/answer/solve-table.js';
import { headerOf, tablesOf } from '../../../queries/answer/table-rows.js';
import { evidenceOf, type Page } from './pages.js';

const SHIPS: Page = {
  title: 'ships',
  context: 'name | type | built | yard | home port | fate',
  text: [
    'Petrel | steamer | 1899 | Norhaven Yard | Norhaven | wrecked in 1907',
    'Good Intent | schooner | 1872 | Ellery Boatbuilders | Port Ellery | broken up in 1921',
    'Anse Maid | ketch | 1888 | Ellery Boatbuilders | Port Ellery | sold to a museum in 1950',
  ].join('\n'),
};
const LIGHT: Page = {
  title: 'Skerrow Light',
  context: 'Figures > part | measure',
  text: 'height of the tower | 46 metres\nsteps | 212',
};
const LAKES: Page = {
  title: 'Lakes of the north',
  context: 'Water > lake | depth in metres | area | first sailed by',
  text: 'Lake Orm | 48 | 12.5 km² | Ada St. Clair\nLake Vey | 7 | 3 km² | Bo Lund',
};

const answer = async (question: string, ...pages: readonly Page[]): Promise<string | undefined> =>
  solveTable(await evidenceOf(question, pages))?.text;

describe('headerOf', () => {
  it('takes the header that stands after the headings, and sees that headings alone are none', () => {
    assert.deepEqual(headerOf('a | b'), ['a', 'b']);
    assert.deepEqual(headerOf('Water > Lakes > lake | depth'), ['lake', 'depth']);
    assert.equal(headerOf('Water > Lakes'), undefined);
    assert.equal(headerOf(''), undefined);
  });
});

describe('tablesOf', () => {
  it('keeps a row whole whatever stops stand in it, and gives each cell its characters', async () => {
    const evidence = await evidenceOf('who', [LAKES]);
    const rows = tablesOf(evidence.passages)[0]!.rows;
    assert.equal(rows.length, 2);
    for (const { sentence, cells } of rows) {
      for (const cell of cells) assert.equal(sentence.text.slice(cell.start, cell.end), cell.text);
      const { passage, start, end } = sentence;
      assert.equal(passage.record.text.slice(start, end), sentence.text);
    }
    assert.equal(rows[0]!.cells[3]!.text, 'Ada St. Clair');
  });
});

describe('solveTable', () => {
  const cases: readonly [question: string, answer: string | undefined][] = [
    ['When was the Petrel built?', '1899'],
    ['What is the home port of the Anse Maid?', 'Port Ellery'],
    ['Which yard built the Good Intent?', 'Ellery Boatbuilders'],
    ['What type of ship is the Anse Maid?', 'ketch'],
    ['Which steamer was built in 1899?', 'Petrel'],
    ['Which ships were built by Ellery Boatbuilders?', 'Good Intent and Anse Maid'],
    ['What is the depth of Lake Orm?', '48'],
    ['How deep is Lake Vey?', '7'],
    ['Who first sailed Lake Orm?', 'Ada St. Clair'],
    ['How many steps does Skerrow Light have?', '212'],
    ['What is the height of the tower of Skerrow Light?', '46 metres'],
    ['What is the depth of the Petrel?', undefined],
    ['When was the Halcyon built?', undefined],
    ['Who is the captain of the Petrel?', undefined],
  ];
  for (const [question, expected] of cases) {
    it(`${expected === undefined ? 'finds no cell for' : 'finds the cell of'} "${question}"`, async () => {
      assert.equal(await answer(question, SHIPS, LIGHT, LAKES), expected);
    });
  }

  it('marks exactly the characters of the cell, and rests on its row alone', async () => {
    const solution = solveTable(await evidenceOf('What is the depth of Lake Orm?', [SHIPS, LAKES]));
    assert.equal(solution?.span, '48');
    assert.deepEqual(
      solution?.from.map(({ text }) => text),
      ['Lake Orm | 48 | 12.5 km² | Ada St. Clair'],
    );
  });
});
