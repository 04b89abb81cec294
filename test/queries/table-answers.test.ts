import assert from 'node:assert/strict';
import type { TextSourceOptions } from '../../ingest/index.js';
import { type Answer, ask } from '../../queries/index.js';
import { COLLECTION, openSmallWorld, type SmallWorld, WORLD } from './small-world.js';

const TABLES: readonly TextSourceOptions[] = [
  {
    uri: 'w/ships.csv',
    content:
      'name,type,built,home port\nPetrel,steamer,1899,Norhaven\nGood Intent,schooner,1872,Port Ellery\nAnse Maid,ketch,1888,Port Ellery\n',
  },
  {
    uri: 'w/lakes.tsv',
    content: 'lake\tdepth in metres\tvillage\nOrm Water\t48\tSt. Anne\nVey Mere\t7\tLund\n',
  },
  {
    uri: 'w/lens.md',
    content:
      '# Lenses\n\nLenses of the coast.\n\n## By tower\n\n| tower | order | maker |\n|---|---|---|\n| Gannet Head | second | Aurel & Sons |\n| Stack Point | third | Brandt |\n',
  },
  {
    uri: 'w/bells.html',
    content:
      '<html><head><title>Bells</title></head><body><h1>Bells</h1><table><tr><th>bell</th><th>weight</th><th>cast</th></tr><tr><td>Old Tom</td><td>840 kg</td><td>1703</td></tr><tr><td>Little Ann</td><td>95 kg</td><td>1811</td></tr></table></body></html>',
  },
];

describe('answers from tables', () => {
  let world: SmallWorld;
  before(async () => {
    world = await openSmallWorld([...WORLD, ...TABLES]);
  });
  after(() => world[Symbol.asyncDispose]());

  const cases: readonly [question: string, span: string, row: string][] = [
    ['When was the Petrel built?', '1899', 'Petrel | steamer | 1899 | Norhaven'],
    ['What is the home port of the Anse Maid?', 'Port Ellery', 'Anse Maid | ketch | 1888 | Port Ellery'],
    ['What is the depth of Orm Water?', '48', 'Orm Water | 48 | St. Anne'],
    ['Which village lies at Orm Water?', 'St. Anne', 'Orm Water | 48 | St. Anne'],
    ['Who is the maker of the lens of Stack Point?', 'Brandt', 'Stack Point | third | Brandt'],
    ['What is the weight of Old Tom?', '840 kg', 'Old Tom | 840 kg | 1703'],
  ];
  for (const [question, span, row] of cases) {
    it(`answers "${question}" with the cell, cited to its row`, async () => {
      const answer: Answer = await ask(world.context, question, { collection: COLLECTION });
      assert.equal(answer.abstained, false);
      assert.equal(answer.span, span);
      assert.deepEqual(
        answer.citations.map(({ quote }) => quote),
        [row],
      );
      for (const { documentId, start, end, quote } of answer.citations) {
        const { text } = (await world.context.store.document(COLLECTION, documentId))!;
        assert.equal(text.slice(start, end), quote);
      }
    });
  }

  it('says nothing of a column that the table lacks', async () => {
    const answer = await ask(world.context, 'What is the depth of the Petrel?', { collection: COLLECTION });
    assert.notEqual(answer.span, '48');
    assert.equal(answer.span === '1899' && !answer.abstained, false);
  });
});
