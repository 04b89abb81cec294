import assert from 'node:assert/strict';
import { addHashedNgrams, outOfVocabularyShare, splitForeign } from '../../src/models/hashed-ngrams.js';

const vectorOf = (run: string): Float64Array => {
  const into = new Float64Array(256);
  addHashedNgrams(run, into);
  return into;
};

describe('splitForeign', () => {
  it('takes out runs of other scripts, and leaves the Greek letters of formulas', () => {
    assert.deepEqual(splitForeign('Moscow (Москва) и TGF, 東京2020, café'), {
      known: 'Moscow ( )   TGF,  2020, café',
      foreign: ['Москва', 'и', '東京'],
    });
    assert.deepEqual(splitForeign('TGFβ, α и ο'), { known: 'TGFβ, α    ', foreign: ['и', 'ο'] });
    assert.deepEqual(splitForeign('plain “text” café'), { known: 'plain “text” café', foreign: [] });
  });

  it('keeps marks with their letters', () => {
    assert.deepEqual(splitForeign('हिन्दी में').foreign, ['हिन्दी', 'में']);
  });
});

describe('addHashedNgrams', () => {
  it('adds the same signs each time: bits fixed across releases, or stored vectors would lose their meaning', () => {
    assert.deepEqual(
      [...vectorOf('кот').subarray(0, 8)].map((value) => Math.round(value * 192)),
      [-1, 1, -3, -3, 3, -1, 1, -1],
    );
    assert.deepEqual(
      [...vectorOf('北京').subarray(0, 8)].map((value) => Math.round(value * 48)),
      [1, -3, -3, -1, -1, 1, -3, -1],
    );
  });

  it('hashes what is written, not how: case, accents and forms do not matter', () => {
    assert.deepEqual(vectorOf('Ёлка'), vectorOf('елка'));
    assert.deepEqual(vectorOf('カナ'), vectorOf('ｶﾅ'));
  });

  it('gives short words, mostly function words, a quarter of the weight', () => {
    const norm = (run: string): number => Math.sqrt(vectorOf(run).reduce((sum, value) => sum + value * value, 0));
    assert.ok(norm('под') < norm('подъ') / 2);
  });
});

describe('outOfVocabularyShare', () => {
  it('is the share of letters in runs of other scripts', () => {
    assert.equal(outOfVocabularyShare(['abcd', 'Жук!']), 3 / 7);
    assert.equal(outOfVocabularyShare(['Latin only, café']), 0);
    assert.equal(outOfVocabularyShare(['漢字かな']), 1);
    assert.equal(outOfVocabularyShare([]), 0);
    assert.equal(outOfVocabularyShare(['12 — 34']), 0);
  });
});
