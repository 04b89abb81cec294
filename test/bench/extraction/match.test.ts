import assert from 'node:assert/strict';
import { counterparts, distinctPairs, keyOf, lenient, samePair, strict } from '../../../bench/extraction/match.js';
import { compareExtraction } from '../../../bench/extraction/run-extraction-bench.js';

describe('matching of recorded and found names', () => {
  it('folds case, accents and articles, and demonyms to their country', () => {
    assert.equal(keyOf('The Église'), 'eglise');
    assert.equal(keyOf('French'), keyOf('France'));
  });

  it('leniently takes whole words within, never parts of words', () => {
    assert.ok(lenient('rome', 'rome italy'));
    assert.ok(lenient('rome italy', 'italy'));
    assert.ok(!lenient('rome', 'romeo'));
    assert.ok(!lenient('rome', 'paris'));
    assert.ok(!strict('rome', 'rome italy'));
  });

  it('compares pairs in either order, each end with another', () => {
    assert.ok(samePair(strict, ['a', 'b'], ['b', 'a']));
    assert.ok(!samePair(lenient, ['a x', 'b'], ['a y', 'b']));
    assert.deepEqual(
      distinctPairs([
        ['b', 'a'],
        ['a', 'b'],
        ['a', 'a'],
        ['', 'a'],
      ]),
      [['b', 'a']],
    );
    assert.equal(
      counterparts([1, 2, 3], [2, 3, 3], (a, b) => a === b),
      2,
    );
  });

  it('gives recall over what is recorded and precision over what is found', () => {
    const end = (key: string, kind: 'entity' | 'value') => ({ key, surface: key, kind });
    const relation = (subject: string, object: string) => ({
      subject: end(subject, 'entity'),
      predicate: 'be in',
      object: end(object, 'value'),
      evidence: [0, 1] as const,
      confidence: 0.5,
      negated: false,
      hedged: false,
    });
    const document = {
      id: 'x',
      title: 'X',
      passages: [
        {
          passage: { id: 'p', documentId: 'd', ordinal: 0, start: 0, end: 1, text: 'x', context: '' },
          contribution: {
            passageId: 'p',
            extractor: 'rules/1',
            language: 'en',
            sentences: [0, 1],
            runs: [],
            aliases: [],
            relations: [relation('sims', 'morton county'), relation('sims', 'school')],
          },
          mentions: [],
        },
      ],
    };
    const recorded = {
      title: 'X',
      text: 'x',
      entities: ['Sims', 'Dakota'],
      triples: [['Sims', 'in', 'Morton County, Dakota'] as const],
    };
    assert.deepEqual(
      compareExtraction([[document, recorded]]).map(({ what, rule, recall, precision }) => [
        what,
        rule,
        recall,
        precision,
      ]),
      [
        ['entities', 'strict', 50, 33.3],
        ['entities', 'lenient', 50, 33.3],
        ['pairs', 'strict', 0, 0],
        ['pairs', 'lenient', 100, 50],
      ],
    );
  });
});
