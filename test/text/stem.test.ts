import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { stem, stopWords, terms } from '../../src/text/index.js';

const stems = (words: string, language: string): string =>
  words
    .split(' ')
    .map((word) => stem(word, language))
    .join(' ');

describe('stem', () => {
  it('agrees with Snowball 3.1.1 on a vocabulary that meets every rule', () => {
    const lines = readFileSync(new URL('../data/text/english-stems.txt', import.meta.url), 'utf8')
      .trim()
      .split('\n');
    assert.ok(lines.length > 1900);
    const wrong = lines.filter((line) => {
      const [word, expected] = line.split(' ') as [string, string];
      return stem(word, 'en') !== expected;
    });
    assert.deepEqual(wrong, []);
  });

  it('keeps apart what Snowball 3 keeps apart, and leaves exceptions alone', () => {
    assert.equal(
      stems('evening even university universal organism organization', 'en'),
      'evening even universiti universal organism organiz',
    );
    assert.equal(stems('news skies dying only succeed herring', 'en'), 'news sky die onli succeed herring');
  });

  it('stems folded words of other languages', () => {
    assert.equal(stems('laufenden hausern', 'de'), 'laufend haus');
    assert.equal(stems('московского москве', 'ru'), 'московск москв');
    assert.equal(stems('nacionales nacional', 'es'), 'nacional nacional');
    assert.equal(stems('लड़कियों लड़की', 'hi'), 'लड़क लड़क');
    assert.equal(stems('المدرسة مدرسة', 'ar'), 'مدرس مدرس');
  });

  it('keeps words of languages without a stemmer, and reads unknown as English', () => {
    assert.equal(stem('北京', 'zh'), '北京');
    assert.equal(stem('ภาษา', 'th'), 'ภาษา');
    assert.equal(stem('running', 'und'), 'run');
    assert.equal(stem('running', 'xx'), 'running');
    assert.equal(stem(`${'x'.repeat(100)}ing`, 'en'), `${'x'.repeat(100)}ing`);
  });
});

describe('stopWords', () => {
  it('holds the English list retrieval was fitted with', () => {
    assert.equal(stopWords('en').size, 87);
    assert.equal(stopWords('und'), stopWords('en'));
    assert.ok(stopWords('en').has('same') && !stopWords('en').has('one'));
  });

  it('is folded like the words it is compared with, and empty where it does not pay', () => {
    assert.ok(stopWords('fr').has('etait') && stopWords('de').has('fur') && stopWords('ru').has('еще'));
    assert.equal(stopWords('th').size, 0);
    assert.equal(stopWords('hi').size, 0);
  });
});

describe('terms', () => {
  it('drops stop words and stems the rest, in order, with repetitions', () => {
    assert.deepEqual(terms("The mayor's cities were the cities of Zürich", 'en'), ['mayor', 'citi', 'citi', 'zurich']);
    assert.deepEqual(terms("L'histoire des nations", 'fr'), ['histoir', 'nation']);
  });
});
