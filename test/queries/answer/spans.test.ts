import assert from 'node:assert/strict';
import { ABSTAIN_FEATURES, abstainFeatures } from '../../../queries/answer/abstain-features.js';
import { commonRuns, questionShape } from '../../../queries/answer/alignment.js';
import { analyseQuestion } from '../../../queries/answer/analyse-question.js';
import { sentencesOf } from '../../../queries/answer/answer-extractively.js';
import { findSpans } from '../../../queries/answer/find-spans.js';
import { JointCoverage } from '../../../queries/answer/joint-coverage.js';
import { agreesWithLife } from '../../../queries/answer/life-dates.js';
import { SPAN_WIDTH } from '../../../queries/answer/span-feature-names.js';
import { spanTable } from '../../../queries/answer/span-features.js';
import { evidenceOf, type Page } from './pages.js';

const LIGHT: Page = {
  title: 'Skerrow Light',
  text: 'Skerrow Light is a lighthouse. It was designed by Tobias Renn and painted by Bo Lund.',
  names: { 'Tobias Renn': 'person', 'Bo Lund': 'person' },
};
const RENN: Page = {
  title: 'Tobias Renn',
  type: 'person',
  text: 'Tobias Renn was an engineer. He was born in Port Ellery.',
};

describe('candidates of an answer', () => {
  const found = async (text: string): Promise<string[]> => {
    const evidence = await evidenceOf('what', [{ title: 'T', text }]);
    return evidence.passages[0]!.sentences.flatMap((sentence) =>
      findSpans(sentence, () => false, 'all').map((span) => span.text),
    );
  };
  const cases: readonly [text: string, spans: readonly string[]][] = [
    ['It makes six to nine percent of the product.', ['six to nine percent']],
    ['They lost 30 to 50 thousand people.', ['30 to 50 thousand']],
    ['It is open from 7 a.m. to 3 a.m. there.', ['7 a.m', '3 a.m']],
    ['It began at the end of 1918, some 66 million years ago.', ['end of 1918', '66 million years ago']],
    ['Ada Lark (1850 - 1911) built it.', ['1850', '1911']],
    ['It is caused by poverty, lack of access and weak schools.', ['poverty, lack of access and weak schools']],
    ['They built the Alpha Repertory Service (ARTS) there.', ['Alpha Repertory Service (ARTS)']],
    ['Problems can be recast as decision problems.', ['as decision problems', 'decision problems']],
    ['It was made for events in his life.', ['events in his life']],
    ['A global scale of nonviolent protest.', ['global', 'nonviolent']],
  ];
  for (const [text, spans] of cases) {
    it(`finds ${spans.map((span) => `"${span}"`).join(' and ')}`, async () => {
      const all = await found(text);
      for (const span of spans) assert.ok(all.includes(span), `${span} in ${all.join(' | ')}`);
    });
  }

  it('takes no bound of a time for a birth', async () => {
    const evidence = await evidenceOf('When was Tobias Renn born?', [
      { title: 'Tobias Renn', text: 'Tobias Renn studied in Tolland from 1868 to 1872, and was born in 1851.' },
    ]);
    const { relations } = evidence.question;
    const years = findSpans(evidence.passages[0]!.sentences[0]!, () => false, 'none')
      .filter((span) => (span.type === 'year' || span.type === 'date') && agreesWithLife(span, relations))
      .map((span) => span.text);
    assert.deepEqual(years, ['1851']);
  });
});

describe('analyseQuestion on harder questions', () => {
  it('asks with the last word, and sees no noun where a verb follows what', async () => {
    assert.equal((await analyseQuestion('The show was based on a book which was written by who?', [])).class, 'person');
    assert.equal((await analyseQuestion('The man works for a house that is based where?', [])).class, 'place');
    assert.equal((await analyseQuestion('Which company produced it?', [])).class, 'organisation');
    assert.deepEqual((await analyseQuestion('What did Lane and Vail finance?', [])).focus, []);
    assert.deepEqual((await analyseQuestion('What caused the loss?', [])).focus, []);
    assert.deepEqual((await analyseQuestion('What is the population of Tolland?', [])).focus, ['popul']);
  });

  it('takes apart relative clauses, one in the other', async () => {
    const levels = async (question: string): Promise<string> =>
      (await analyseQuestion(question, [])).relations.map(({ word, level }) => `${word}${level}`).join(' ');
    assert.equal(
      await levels('When did the country where the city where Steven Blank was born is located surrender?'),
      'country2 city1 born1 located2 surrender0',
    );
    assert.equal(
      await levels('Who ran for governor in the state the Battle of Mine Creek was fought?'),
      'ran0 governor0 state1 fought1',
    );
    assert.equal(await levels('When was the city that Acme is based in founded?'), 'city1 based1 founded0');
    assert.equal(await levels('Who is the mayor of the town where Tobias Renn was born?'), 'mayor0 town1 born1');
  });
});

describe('alignment of question and sentence', () => {
  it('tells what a question word stands for, and the first and last words that tell something', async () => {
    const shape = async (question: string) => questionShape(await analyseQuestion(question, []));
    assert.deepEqual(
      [
        (await shape('Who founded Acme?')).form,
        (await shape('What is the Light?')).form,
        (await shape('What did he see?')).form,
      ],
      [1, 0.5, 0],
    );
    const asked = await shape('Which engineer designed the tower on the rock?');
    assert.deepEqual([asked.first, asked.last], ['design', 'rock']);
  });

  it('measures the longest run of common words that ends and begins at each token', async () => {
    const evidence = await evidenceOf('What is the busiest airport in the north?', [
      { title: 'T', text: 'Orly is the busiest airport in the west.' },
    ]);
    const { ending, beginning } = commonRuns(evidence.passages[0]!.sentences[0]!, questionShape(evidence.question));
    assert.deepEqual([...ending], [0, 1, 2, 3, 4, 5, 6, 0]);
    assert.deepEqual([...beginning], [0, 6, 5, 4, 3, 2, 1, 0]);
  });
});

describe('JointCoverage', () => {
  it('adds up what two sentences on one name cover, and sees that the name between them is no answer', async () => {
    const evidence = await evidenceOf('In which town was the designer of Skerrow Light born?', [LIGHT, RENN]);
    const joint = new JointCoverage(evidence);
    const designed = evidence.passages[0]!.sentences[1]!;
    const born = evidence.passages[1]!.sentences[1]!;
    assert.ok(joint.paired(born) > joint.alone(born), 'the designer leads there');
    assert.ok(joint.beyond(designed, 'tobias renn') > joint.beyond(designed, 'bo lund'));
    assert.equal(joint.beyond(born, 'port ellery'), 0);
  });

  it('counts no name of the question as one in common', async () => {
    const evidence = await evidenceOf('Who painted the door of Skerrow Light?', [
      LIGHT,
      {
        title: 'Tolland',
        text: 'Tolland has a door and lies near Skerrow Light.',
        names: { 'Skerrow Light': 'other' },
      },
    ]);
    const joint = new JointCoverage(evidence);
    const painted = evidence.passages[0]!.sentences[1]!;
    assert.equal(joint.paired(painted), joint.alone(painted));
  });
});

describe('spanTable', () => {
  it('gives the same numbers at every call, and one rank a sentence', async () => {
    const evidence = await evidenceOf('Where was the designer of Skerrow Light born?', [LIGHT, RENN]);
    const { spans, rows } = spanTable(evidence);
    assert.equal(rows.length, spans.length * SPAN_WIDTH);
    spanTable(evidence, (sentence) => sentence.index === 1);
    assert.deepEqual(spanTable(evidence).rows, rows);
    assert.ok(rows.every((value) => Number.isFinite(value)));
  });
});

describe('abstainFeatures', () => {
  it('gives one number a feature, with and without a solution', async () => {
    const evidence = await evidenceOf('Where was the designer of Skerrow Light born?', [LIGHT, RENN]);
    assert.equal(abstainFeatures(evidence, undefined).length, ABSTAIN_FEATURES.length);
    const from = [evidence.passages[1]!.sentences[1]!];
    const solution = {
      text: 'Port Ellery',
      key: 'port ellery',
      from,
      likely: true,
      sure: true,
      probability: 0.8,
      fit: 1,
    };
    const features = abstainFeatures(evidence, solution);
    assert.equal(features.length, ABSTAIN_FEATURES.length);
    assert.ok(features[ABSTAIN_FEATURES.indexOf('jointAnswer')]! > features[ABSTAIN_FEATURES.indexOf('aloneAnswer')]!);
    assert.equal(features[ABSTAIN_FEATURES.indexOf('beyondAnswer')], 0);
    assert.equal(features[ABSTAIN_FEATURES.indexOf('class:place')], 1);
  });
});

describe('sentencesOf', () => {
  it('shows beside an unsure answer what may answer as well, and beside a sure one nothing', async () => {
    const evidence = await evidenceOf('Who painted the tower?', [LIGHT, RENN]);
    const [first, second] = evidence.passages[0]!.sentences;
    const other = evidence.passages[1]!.sentences[1]!;
    const solution = {
      text: 'x',
      from: [second!],
      likely: true,
      fit: 1,
      sentences: [
        [second!, 0.3],
        [other, 0.2],
        [first!, 0.01],
      ] as const,
    };
    const shown = sentencesOf(evidence, { ...solution, sure: false, probability: 0.3 });
    assert.ok(shown.includes(other));
    const sure = sentencesOf(evidence, { ...solution, sure: true, probability: 0.9 });
    assert.ok(sure.includes(second!) && !sure.includes(other));
    assert.deepEqual(sentencesOf(evidence, { ...solution, sure: true, probability: 0.9, complete: true }), [second]);
  });
});
