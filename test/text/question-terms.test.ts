import assert from 'node:assert/strict';
import { questionTerms, tokenise } from '../../src/text/index.js';

const stems = (...args: Parameters<typeof questionTerms>): string[] => questionTerms(...args).map((term) => term.stem);

describe('questionTerms', () => {
  it('gives distinct stems in order, each with its word and token', () => {
    assert.deepEqual(questionTerms('Which cities did the city lose to Zürich?', ['en']), [
      { stem: 'citi', word: 'cities', token: 1 },
      { stem: 'lose', word: 'lose', token: 5 },
      { stem: 'zurich', word: 'zurich', token: 7 },
    ]);
  });

  it('stems by every language of the collection', () => {
    assert.deepEqual(stems('Who built the houses?', ['en', 'de']), ['built', 'hous']);
    assert.deepEqual(stems('Häuser am Fluss', ['en', 'de']), ['hauser', 'haus', 'fluss']);
  });

  it('keeps of one word the stems that the collection knows, and one when it knows none', () => {
    assert.deepEqual(
      stems('Häuser am Fluss', ['en', 'de'], (stem) => stem === 'haus'),
      ['haus', 'fluss'],
    );
  });

  it("takes the stop words of the question's language, of any language when that does not show", () => {
    assert.deepEqual(stems('the die is cast', ['de', 'en']), ['die', 'cast']);
    assert.deepEqual(stems('die Würfel', ['en', 'de']), ['wurfel']);
  });

  it('takes tokens as well as text, and English when no language is given', () => {
    assert.deepEqual(stems(tokenise('running dogs'), []), ['run', 'dog']);
    assert.deepEqual(stems('running dogs', []), ['run', 'dog']);
    assert.deepEqual(stems('', ['en', 'zh']), []);
  });

  it('keeps the unstemmed form too where passages of another language hold it', () => {
    assert.deepEqual(stems('Москвы Beijing 北京', ['en', 'ru', 'zh']), ['москвы', 'москв', 'beij', 'beijing', '北京']);
  });
});
