import assert from 'node:assert/strict';
import { analyseQuestion } from '../../../queries/answer/analyse-question.js';
import { compareDateValues, readDate, readNumber } from '../../../queries/answer/read-value.js';

const analyse = (question: string) => analyseQuestion(question, []);
/** Relation words with their level: 0 asked, 1 away from the name, 2 the hop after. */
const levels = async (question: string): Promise<string> =>
  (await analyse(question)).relations.map(({ word, level }) => `${word}${level}`).join(' ');

describe('analyseQuestion', () => {
  const classes: readonly [string, string][] = [
    ['Who founded Aurel & Sons?', 'person'],
    ['When was Tobias Renn born?', 'date'],
    ['Where did she die?', 'place'],
    ['How many lighthouses stand on the coast?', 'number'],
    ['How long did the journey last?', 'duration'],
    ['Why did the tower fall?', 'reason'],
    ['Which political party did he join?', 'organisation'],
    ['What nationality is the designer?', 'nationality'],
    ['In which country is Port Ellery?', 'country'],
    ['In what year was the tower built?', 'year'],
    ['What is the population of Tolland?', 'number'],
    ['What film did she direct?', 'work'],
    ['What does the lens do?', 'thing'],
    ['The tower was designed by whom?', 'person'],
  ];
  for (const [question, wanted] of classes) {
    it(`sees that "${question}" asks for a ${wanted}`, async () => {
      assert.equal((await analyse(question)).class, wanted);
    });
  }

  it('asks where the question word is, not where a relative pronoun stands', async () => {
    assert.equal((await analyse('In what city did the man who designed it die?')).word, 'what');
    assert.equal((await analyse('There is a town where boats are built. Who founded it?')).word, 'who');
  });

  it('orders relation words by hops away from the name', async () => {
    assert.equal(await levels('Where was the designer of Skerrow Light born?'), 'designer1 born0');
    assert.equal(
      await levels('What is the date of birth of the performer of song Sea Shanty?'),
      'date0 birth0 performer1',
    );
    assert.equal(
      await levels('In which town was the designer of the lighthouse kept by Ines Marlowe born?'),
      'town0 designer2 lighthouse1 kept1 born0',
    );
    assert.equal(await levels('Who designed the lighthouse that Ines Marlowe kept?'), 'designed0 lighthouse1 kept1');
    assert.equal(await levels("When is Ines Marlowe's father's birthday?"), 'father1 birthday0');
    assert.equal(await levels("Where did Ines Marlowe's father die?"), 'father1 die0');
  });

  it('takes what is left as asked when every word leads away from the name', async () => {
    assert.equal(await levels('Who is the mother of the director of Human Flow?'), 'mother0 director1');
    assert.equal(await levels("Who is Ines Marlowe's father?"), 'father0');
  });

  it('finds both options of a choice and what is compared', async () => {
    const older = await analyse('Who is older, Tobias Renn or Hanna Velde?');
    assert.deepEqual(older.choice, { options: ['Tobias Renn', 'Hanna Velde'], by: { measure: 'date', pick: 'least' } });
    const longer = await analyse('Which river is longer, the Anse or the Glass River?');
    assert.deepEqual(longer.choice?.by, { measure: 'number', pick: 'greatest' });
    const lived = await analyse('Who lived longer, Tobias Renn or Hanna Velde?');
    assert.deepEqual(lived.choice?.by, { measure: 'lifetime', pick: 'greatest' });
    const recent = await analyse('Which was built more recently, Skerrow Light or Cape Orrin Light?');
    assert.deepEqual(recent.choice?.by, { measure: 'date', pick: 'greatest' });
    assert.equal((await analyse('Did he leave before or after the war?')).choice, undefined);
  });

  it('knows yes and no questions, and questions without English cues', async () => {
    assert.equal((await analyse('Are Tobias Renn and Hanna Velde both architects?')).kind, 'yes-no');
    assert.deepEqual(
      (await analyse('Are Tobias Renn and Hanna Velde both architects?')).names.map((name) => name.text),
      ['Tobias Renn', 'Hanna Velde'],
    );
    assert.equal((await analyse('Где родилась Мария?')).english, false);
    assert.equal((await analyse('林书豪在哪里出生?')).english, false);
  });
});

describe('readDate', () => {
  it('reads the notations of English texts', () => {
    assert.deepEqual(readDate('12 March 1990'), [1990, 3, 12]);
    assert.deepEqual(readDate('March 12th, 1990'), [1990, 3, 12]);
    assert.deepEqual(readDate('1990-03-12'), [1990, 3, 12]);
    assert.deepEqual(readDate('Sept. 1990'), [1990, 9, 0]);
    assert.deepEqual(readDate('in 1990'), [1990, 0, 0]);
    assert.equal(readDate('12 March'), undefined);
  });

  it('orders dates at the coarser precision', () => {
    assert.ok(compareDateValues([1990, 3, 12], [1990, 4, 1]) < 0);
    assert.equal(compareDateValues([1990, 0, 0], [1990, 4, 1]), 0);
    assert.ok(compareDateValues([1991, 0, 0], [1990, 12, 31]) > 0);
  });
});

describe('readNumber', () => {
  it('reads digits, words and scales', () => {
    assert.equal(readNumber('1,204 km'), 1204);
    assert.equal(readNumber('1.5 million people'), 1_500_000);
    assert.equal(readNumber('three hundred'), 300);
    assert.equal(readNumber('many'), undefined);
  });
});
