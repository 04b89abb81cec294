import assert from 'node:assert/strict';
import type { EntityType } from '../../../graph-schema/index.js';
import { createExtractor, subjectOf, typeOfDocument } from '../../../ingest/extract/extractor.js';
import { describePassage } from '../../../src/graph/describe-passage.js';

const extractor = createExtractor();

function typesOf(text: string, title = '', language = 'en'): Record<string, EntityType | undefined> {
  const passage = { title, context: '', text, ordinal: 0, language };
  const { runs } = extractor.extract({ ...passage, ...describePassage(passage) });
  return Object.fromEntries(runs.map(({ span, type }) => [text.slice(span[0], span[1]), type]));
}

describe('type of a document', () => {
  const cases: readonly [string, string, EntityType | undefined][] = [
    ['Knut Hamsun', 'Knut Hamsun (4 August 1859 – 19 February 1952) was a Norwegian writer.', 'person'],
    ['Dave Feitl', 'Dave Feitl (born June 8, 1962) is a retired basketball center.', 'person'],
    ['Alan Bann', 'Alan Bann was a Scottish rugby union and rugby league footballer.', 'person'],
    ['Tic Tac (film)', 'Tic Tac was released to cinemas on 31 October 1997.', 'work'],
    ['Brother (Pearl Jam song)', '"Brother" was an outtake from the debut album.', 'work'],
    ['Climate Dynamics', 'Climate Dynamics is a peer-reviewed scientific journal published by Springer.', 'work'],
    ['Sims, North Dakota', 'Sims is a ghost town in Morton County, North Dakota.', 'place'],
    ['Kizir River', 'The Kizir River is a right tributary of the Kazyr River.', 'place'],
    ['Blokker Holding', 'Blokker Holding is a Dutch retail company based in Amsterdam.', 'organisation'],
    ['Siege of Cassel', 'The Siege of Cassel was one of the battles of the war.', 'event'],
    ['Utility frequency', 'The utility frequency is the nominal frequency of the oscillations.', undefined],
    ['List of rivers of Norway', 'This is a list of rivers.', undefined],
    ['', '', undefined],
  ];
  for (const [title, lead, type] of cases)
    it(`of "${title}" is ${type ?? 'not told'}`, () => assert.equal(typeOfDocument(title, lead), type));

  it('comes with the nouns and the pronoun that stand for it', () => {
    const { nouns, pronoun, key, names } = subjectOf(
      'Tove Jansson (artist)',
      'Tove Marika Jansson was a Finnish author and painter. She wrote for children.',
    );
    assert.deepEqual(nouns, ['artist', 'author', 'painter']);
    assert.equal(pronoun, 'she');
    assert.equal(key, 'tove jansson');
    assert.deepEqual([...names].sort(), ['jansson', 'tove jansson', 'tove marika jansson']);
  });

  it('does not take the predicate of another subject', () => {
    assert.equal(
      typeOfDocument('Coat of arms of Berlin', 'The bear has come to be used. Hans Brendicke was an editor.'),
      undefined,
    );
  });
});

describe('types of names', () => {
  it('by their own words', () => {
    const types = typesOf(
      'Senator Pat Harrison of the University of Oslo met Amelia Wexler, the Baltic Trading Company, the Battle of Halys, Lake Ladoga, Morton County, World War II, the Tower of London and the Duke of York in Norway in January.',
    );
    assert.equal(types['Senator Pat Harrison of the University of Oslo'] ?? types['Senator Pat Harrison'], 'person');
    assert.equal(types['Amelia Wexler'], 'person');
    assert.equal(types['Baltic Trading Company'], 'organisation');
    assert.equal(types['Battle of Halys'], 'event');
    assert.equal(types['Lake Ladoga'], 'place');
    assert.equal(types['Morton County'], 'place');
    assert.equal(types['World War II'], 'event');
    assert.equal(types['Tower of London'], 'place');
    assert.equal(types['Duke of York'], 'person');
    assert.equal(types['Norway'], 'place');
  });

  it('by the words around them', () => {
    const types = typesOf(
      'The film Vitus and the novelist Zadok Weil, who lives in Oberwil, came with Kaldur, a river. Dr. Brun read "Silent Tides".',
    );
    assert.equal(types['Vitus'], 'work');
    assert.equal(types['Zadok Weil'], 'person');
    assert.equal(types['Oberwil'], 'place');
    assert.equal(types['Kaldur'], 'place');
    assert.equal(types['Dr. Brun'] ?? types['Brun'], 'person');
    assert.equal(types['Silent Tides'], 'work');
  });

  it('by what the passage says of them', () => {
    const types = typesOf('Quorvik was born in Tromfall. Tharn was directed by Ulvik Sund.');
    assert.equal(types['Quorvik'], 'person');
    assert.equal(types['Tromfall'], 'place');
    assert.equal(types['Ulvik Sund'], 'person');
    assert.equal(types['Tharn'], undefined);
  });

  it('a spelling typed once is typed everywhere in the passage', () => {
    const text = 'Vitus opened. The film Vitus won.';
    const passage = { title: '', context: '', text, ordinal: 0, language: 'en' };
    const { runs } = extractor.extract({ ...passage, ...describePassage(passage) });
    assert.deepEqual(
      runs.map(({ type }) => type),
      ['work', 'work'],
    );
  });

  it('nothing is claimed of what no rule knows', () => {
    assert.deepEqual(typesOf('They praised Zanthor.'), { Zanthor: undefined });
    assert.equal(typesOf('The Roman Catholic view prevailed.')['Roman Catholic'], undefined);
  });

  it('by form in other languages', () => {
    assert.equal(typesOf('Sie besuchte Berlin.', '', 'de')['Berlin'], 'place');
  });
});
