import assert from 'node:assert/strict';
import { createExtractor } from '../../../ingest/extract/extractor.js';
import { describePassage } from '../../../src/graph/describe-passage.js';

const extractor = createExtractor();

interface Stated {
  readonly subject: string;
  readonly predicate: string;
  readonly object: string;
  readonly negated: boolean;
  readonly hedged: boolean;
  readonly kind: string;
}

function relationsOf(title: string, text: string): Stated[] {
  const passage = { title, context: '', text, ordinal: 0, language: 'en' };
  const { relations } = extractor.extract({ ...passage, ...describePassage(passage) });
  return relations.map(({ subject, predicate, object, negated, hedged }) => ({
    subject: subject.key,
    predicate,
    object: object.key,
    negated,
    hedged,
    kind: object.kind,
  }));
}

function states(title: string, text: string, ...expected: readonly [string, string, string][]): void {
  const found = relationsOf(title, text).map(
    ({ subject, predicate, object }) => `${subject} | ${predicate} | ${object}`,
  );
  for (const triple of expected)
    assert.ok(found.includes(triple.join(' | ')), `${triple.join(' | ')} not among\n${found.join('\n')}`);
}

function statesNot(title: string, text: string, subject: string, object: string): void {
  const found = relationsOf(title, text).filter(
    (relation) => relation.subject === subject && relation.object === object,
  );
  assert.deepEqual(found, []);
}

describe('relations of one sentence', () => {
  it('reads active clauses with objects and prepositions', () => {
    states(
      '',
      'In 1903 Marie Curie shared the Nobel Prize with Henri Becquerel.',
      ['marie curie', 'share', 'nobel prize'],
      ['marie curie', 'share with', 'henri becquerel'],
      ['marie curie', 'share in', '1903'],
    );
  });

  it('keeps the passive as "be" and participle', () => {
    states(
      '',
      'Solaris was directed by Andrei Tarkovsky in 1972.',
      ['solaris', 'be directed by', 'andrei tarkovsky'],
      ['solaris', 'be directed in', '1972'],
    );
  });

  it('reads reduced passives behind a predicate noun as telling of the subject', () => {
    states(
      '',
      'Solaris is a film directed by Andrei Tarkovsky and written by Fridrikh Gorenshtein.',
      ['solaris', 'be', 'film'],
      ['solaris', 'be directed by', 'andrei tarkovsky'],
      ['solaris', 'be written by', 'fridrikh gorenshtein'],
    );
  });

  it('gives the noun phrase and its head for a copula, and the country of a demonym', () => {
    states(
      '',
      'Ada Blackjack was an American seamstress.',
      ['ada blackjack', 'be', 'american seamstress'],
      ['ada blackjack', 'be', 'seamstress'],
      ['ada blackjack', 'be from', 'united states'],
    );
  });

  it('reads appositions, with what belongs to their noun', () => {
    states(
      '',
      'Knut Hamsun, a Norwegian novelist from Lom, wrote Hunger.',
      ['knut hamsun', 'be', 'norwegian novelist'],
      ['knut hamsun', 'be novelist from', 'lom'],
      ['knut hamsun', 'write', 'hunger'],
    );
  });

  it('reads possession', () => {
    states(
      '',
      "Carl Larsson's wife Karin Bergöö was a painter.",
      ['carl larsson', 'have wife', 'karin bergoo'],
      ['karin bergoo', 'be', 'painter'],
    );
    states('', 'The capital of Norway is Oslo.', ['norway', 'have capital', 'oslo']);
    states('', "The church's doctrines are summarised in the Nicene Creed.");
  });

  it('reads roles before names', () => {
    states('', 'The album was produced by guitarist Brian May.', ['brian may', 'be', 'guitarist']);
  });

  it('spreads coordination over subjects, objects and verbs', () => {
    states('', 'Lennon and McCartney wrote the song.', ['lennon', 'write', 'song'], ['mccartney', 'write', 'song']);
    states('', 'It was directed by Joel Coen and Ethan Coen.');
    states(
      '',
      'Tove Jansson was born in Helsinki and died in Turku.',
      ['tove jansson', 'be born in', 'helsinki'],
      ['tove jansson', 'die in', 'turku'],
    );
  });

  it('reads relative clauses, whose and where', () => {
    states(
      '',
      'Fridtjof Nansen, who crossed Greenland in 1888, won the Nobel Peace Prize.',
      ['fridtjof nansen', 'cross', 'greenland'],
      ['fridtjof nansen', 'win', 'nobel peace prize'],
    );
    states(
      '',
      'The Volga, which rises in the Valdai Hills, enters the Caspian Sea.',
      ['volga', 'rise in', 'valdai hills'],
      ['volga', 'enter', 'caspian sea'],
    );
  });

  it('takes a relative pronoun for what it can stand for', () => {
    states('', 'Nosferatu was made by Friedrich Murnau in Wismar, who died in California.');
    statesNot('', 'The Orchestra is a choir based in Vienna that tours Japan.', 'vienna', 'japan');
  });

  it('gives dates and quantities as values', () => {
    const relations = relationsOf('', 'Napoleon died on 5 May 1821 and commanded 2,000 soldiers.');
    assert.deepEqual(
      relations.filter(({ predicate }) => predicate === 'die on').map(({ object, kind }) => [object, kind]),
      [['5 may 1821', 'value']],
    );
    assert.ok(relations.some(({ predicate, object }) => predicate === 'command' && object.endsWith('soldiers')));
  });

  it('reads life dates in brackets', () => {
    states(
      'Camille Claudel',
      'Camille Claudel (8 December 1864 – 19 October 1943) was a French sculptor.',
      ['camille claudel', 'be born on', '8 december 1864'],
      ['camille claudel', 'die on', '19 october 1943'],
    );
  });

  it('puts a place within the next', () => {
    states(
      '',
      'Sims is a town in Morton County, North Dakota, United States.',
      ['sims', 'be town in', 'morton county'],
      ['morton county', 'be in', 'north dakota'],
      ['north dakota', 'be in', 'united states'],
    );
    statesNot('', 'The band toured in France, Spain and Italy.', 'france', 'spain');
  });

  it('states what stands before a clause of its subject', () => {
    states(
      '',
      'Born in Rome, Enrico Fermi moved to Chicago.',
      ['enrico fermi', 'be born in', 'rome'],
      ['enrico fermi', 'move to', 'chicago'],
    );
  });

  it('marks negation', () => {
    const found = relationsOf('', 'Emily Dickinson never married Otis Lord.');
    assert.deepEqual(
      found.map(({ predicate, object, negated }) => [predicate, object, negated]),
      [['marry', 'otis lord', true]],
    );
  });

  it('marks hedging by auxiliaries, adverbs and reported clauses', () => {
    for (const text of [
      'Homer may have lived in Chios.',
      'Homer reportedly lived in Chios.',
      'Homer is said to have lived in Chios.',
      'Scholars believe that Homer lived in Chios.',
    ]) {
      const found = relationsOf('', text).filter(({ object }) => object === 'chios');
      assert.deepEqual(
        found.map(({ subject, hedged }) => [subject, hedged]),
        [['homer', true]],
        text,
      );
    }
    assert.equal(relationsOf('', 'Homer lived in Chios.')[0]?.hedged, false);
  });
});

describe('subjects that stand for the document', () => {
  it('resolves pronouns, keeping where they stand', () => {
    const text = 'The Baltic Review is a journal. It was founded in Riga.';
    const passage = { title: 'The Baltic Review', context: '', text, ordinal: 0, language: 'en' };
    const { relations } = extractor.extract({ ...passage, ...describePassage(passage) });
    const founded = relations.find(({ predicate }) => predicate === 'be founded in')!;
    assert.equal(founded.subject.key, 'baltic review');
    assert.equal(founded.subject.surface, 'The Baltic Review');
    assert.equal(text.slice(...founded.subject.span!), 'It');
  });

  it('resolves "the journal" when the lead calls it one', () => {
    states('The Baltic Review', 'The Baltic Review is a journal. The journal is published by Zinatne.', [
      'baltic review',
      'be published by',
      'zinatne',
    ]);
    statesNot('The Baltic Review', 'The Baltic Review is a journal. The river flows to Riga.', 'baltic review', 'riga');
  });

  it('does not let "it" stand for a person, nor "she" for a man', () => {
    statesNot('Olof Palme', 'Olof Palme was a politician. His party won. It governed Malta.', 'olof palme', 'malta');
    statesNot('Olof Palme', 'Olof Palme was a politician. He led Sweden. She moved to Paris.', 'olof palme', 'paris');
  });

  it('reads a last name as the person', () => {
    states('Olof Palme', 'Olof Palme was a Swedish politician. Palme visited Hanoi.', ['olof palme', 'visit', 'hanoi']);
  });

  it('gives an ownerless part to the document', () => {
    states('Baltic Review', 'Baltic Review is a journal. The current editor is Anna Kalnina.', [
      'baltic review',
      'have current editor',
      'anna kalnina',
    ]);
  });

  it('takes the subject of a later passage from the first', () => {
    const subject = extractor.subjectOf('Baltic Review', 'Baltic Review is a journal.');
    const passage = {
      title: 'Baltic Review',
      context: '',
      text: 'The journal moved to Riga.',
      ordinal: 3,
      language: 'en',
    };
    const { relations } = extractor.extract({ ...passage, ...describePassage(passage), subject });
    assert.deepEqual(
      relations.map((r) => [r.subject.key, r.predicate, r.object.key]),
      [['baltic review', 'move to', 'riga']],
    );
  });
});

describe('other languages', () => {
  it('give runs but no relations', () => {
    const passage = { title: 'Volga', context: '', text: 'Die Wolga fließt durch Samara.', ordinal: 0, language: 'de' };
    const described = describePassage(passage);
    const { relations, runs } = extractor.extract({ ...passage, ...described });
    assert.deepEqual(relations, []);
    assert.deepEqual(
      runs.map(({ span }) => span),
      described.runs.map(({ span }) => span),
    );
  });
});
