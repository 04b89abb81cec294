import assert from 'node:assert/strict';
import { describePassage } from '../../src/graph/describe-passage.js';

/** Names by orthography, as written. */
function runs(text: string, language = 'en'): string[] {
  const described = describePassage({ title: '', context: '', text, ordinal: 1, language });
  return described.runs.map(({ span: [start, end] }) => text.slice(start, end));
}

/** Aliases as "key weight". */
function aliases(title: string, text: string): string[] {
  const described = describePassage({ title, context: '', text, ordinal: 0, language: 'en' });
  return described.aliases.map(({ key, weight }) => `${key} ${weight}`);
}

describe('describePassage: runs', () => {
  it('joins capitalised words over particles, initials, hyphens and short numbers', () => {
    assert.deepEqual(runs('He left the University of the West of England for J. R. Smith-Jones and Apollo 11.'), [
      'University of the West of England',
      'J. R. Smith-Jones',
      'Apollo 11',
    ]);
  });

  it('ends a name at other words, at punctuation and at sentence ends', () => {
    assert.deepEqual(runs('Paris, Texas was shot near Houston by Wenders. Kinski starred.'), [
      'Paris',
      'Texas',
      'Houston',
      'Wenders',
      'Kinski',
    ]);
  });

  it('cuts function words at the head and particles at the tail', () => {
    assert.deepEqual(runs('However The Beatles split. The Queen of the sea sank.'), ['Beatles', 'Queen']);
  });

  it('drops months, days, single letters and function words alone', () => {
    assert.deepEqual(runs('In May he met A. on Monday 12 June. They did.'), []);
  });

  it('leaves a date behind a preposition out of the name, but not one behind an article', () => {
    assert.deepEqual(runs('In 1903 Marie Curie shared it.'), ['Marie Curie']);
    assert.deepEqual(runs('In July 2013 Tuvalu joined.'), ['Tuvalu']);
    assert.deepEqual(runs('The 2012 Olympics began.'), ['2012 Olympics']);
  });

  it('reads capitals of any script, and function words of the language at the head', () => {
    assert.deepEqual(runs('Ο Νίκος Καζαντζάκης έζησε στην Αθήνα.', 'el'), ['Νίκος Καζαντζάκης', 'Αθήνα']);
    assert.deepEqual(runs('Она жила в Санкт-Петербурге. Все видели Неву.', 'ru'), ['Санкт-Петербурге', 'Неву']);
  });

  it('keeps spans over accents that fold to other lengths', () => {
    assert.deepEqual(runs('Ange\u0301la ﬁlmed Łódź and İstanbul.'), ['Ange\u0301la', 'Łódź', 'İstanbul']);
  });

  it('finds in scripts without capitals what the marks show', () => {
    assert.deepEqual(runs('他写了《红楼梦》，防守端锋贾里德·艾伦在NFL打球。', 'zh'), ['红楼梦', '贾里德·艾伦', 'NFL']);
    assert.deepEqual(runs('昨日、ビートルズのポール・マッカートニーが来た。', 'ja'), [
      'ビートルズ',
      'ポール・マッカートニー',
    ]);
    assert.deepEqual(runs('كتب رواية «اللص والكلاب» في القاهرة.', 'ar'), ['اللص والكلاب']);
  });
});

describe('describePassage: aliases', () => {
  it('takes the title, without its brackets, and its part before a comma', () => {
    assert.deepEqual(aliases('Springfield, Illinois (city)', 'A town.'), [
      'springfield 0.5',
      'springfield illinois 1',
      'springfield illinois city 1',
    ]);
  });

  it('takes the subject of the lead when it shares a word with the title', () => {
    assert.deepEqual(aliases('Tesla', 'Nikola Tesla was an inventor.'), ['nikola tesla 1', 'tesla 1']);
    assert.deepEqual(aliases('Tesla', 'Thomas Edison was an inventor.'), ['tesla 1']);
    assert.deepEqual(aliases('Tesla', 'The young inventor Tesla was poor.'), ['tesla 1']);
  });

  it('takes other names that the first sentence gives, and not those of later ones', () => {
    assert.deepEqual(
      aliases('Cher', 'Cher (born Cherilyn Sarkisian) is a singer. Sonny, also known as Salvatore, left.'),
      ['cher 1', 'cherilyn sarkisian 0.6'],
    );
    assert.deepEqual(
      aliases('International Olympic Committee', 'The International Olympic Committee (IOC) is a body.'),
      ['international olympic committee 1', 'ioc 0.7'],
    );
  });

  it('takes the acronym that the title spells or that stands behind the subject, and no other', () => {
    assert.deepEqual(
      aliases('Columbia High School (Georgia)', 'Opened in 1924, the school (CHS) is large.').includes('chs 0.7'),
      true,
    );
    assert.deepEqual(
      aliases('North Atlantic Treaty', 'North Atlantic Treaty (NATO) members met.').includes('nato 0.7'),
      true,
    );
    assert.deepEqual(aliases('Laie, Hawaii', 'Laie is a census-designated place (CDP).'), ['laie 1', 'laie hawaii 1']);
    assert.deepEqual(aliases('', 'Programmed cell death (PCD) is common.'), []);
  });

  it('takes first and last name of a person', () => {
    assert.deepEqual(aliases('Johann Sebastian Bach', 'Johann Sebastian Bach (21 March 1685) was a composer.'), [
      'johann bach 0.6',
      'johann sebastian bach 1',
    ]);
    assert.deepEqual(aliases('Vincent Willem van Gogh', 'Vincent Willem van Gogh was born in Zundert.'), [
      'vincent van gogh 0.6',
      'vincent willem van gogh 1',
    ]);
    assert.deepEqual(aliases('New York City', 'New York City is a city.'), ['new york city 1']);
  });

  it('takes no function word, no single letter, and no title of more than ten words', () => {
    assert.deepEqual(aliases('The Who', ''), []);
    assert.deepEqual(aliases('A', ''), []);
    assert.deepEqual(aliases('one two three four five six seven eight nine ten eleven', ''), []);
  });

  it('gives a document none but through its first passage', () => {
    const described = describePassage({ title: 'Tesla', context: '', text: 'Tesla.', ordinal: 1, language: 'en' });
    assert.deepEqual(described.aliases, []);
  });

  it('takes a name before a bracket in a script without capitals', () => {
    assert.deepEqual(aliases('北京大学', '北京大学（Peking University）是一所大学。'), ['北京 大学 1']);
  });
});
