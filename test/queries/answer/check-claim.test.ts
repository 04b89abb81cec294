import assert from 'node:assert/strict';
import fc from 'fast-check';
import { checkClaim, citedNumbers, withoutMarkers } from '../../../queries/answer/check-claim.js';
import { SentenceStream } from '../../../queries/answer/split-stream.js';

const EVIDENCE = new Map([
  [1, { title: 'Ada Lark', context: '', text: 'Ada Lark was born in Port Brin in 1912. She founded 3 institutes.' }],
  [2, { title: 'Glass River', context: 'Course', text: 'The river is 1,204 km long and ends at Port Brin.' }],
]);
const check = (sentence: string): string | undefined =>
  checkClaim(sentence, EVIDENCE, 'Where was Ada Lark born?')?.kind;

describe('checkClaim', () => {
  it('accepts what the cited evidence says, inflected and rearranged', () => {
    assert.equal(check('In 1912, Ada Lark was born in Port Brin [1].'), undefined);
    assert.equal(check('The Glass River has a length of 1,204 km [2].'), undefined);
    assert.equal(check('Ada Lark was born where the river ends: Port Brin [1][2].'), undefined);
  });

  it('wants each number and name in the evidence that is cited, not in another', () => {
    assert.equal(check('The Glass River is 1,204 km long [1].'), 'unsupported');
    assert.equal(check('Ada Lark was born in Port Brin in 1913 [1].'), 'unsupported');
    assert.equal(check('Ada Lark was born in Porto [1].'), 'unsupported');
  });

  it('tells faults of citation apart', () => {
    assert.equal(check('Ada Lark was born in Port Brin.'), 'uncited');
    assert.equal(check('Ada Lark was born in Port Brin [3].'), 'unknown citation');
    assert.equal(check('Ada Lark was born in Port Brin [1][0].'), 'unknown citation');
  });
});

describe('citedNumbers', () => {
  it('reads single and joined markers, each number once', () => {
    assert.deepEqual(citedNumbers('a [2] b [1, 2][10].'), [2, 1, 10]);
    assert.deepEqual(citedNumbers('a [x] b (1)'), []);
    assert.equal(withoutMarkers('a b [2] [1, 2].'), 'a b.');
  });
});

describe('SentenceStream', () => {
  const cut = (text: string, size: number): string[] => {
    const stream = new SentenceStream();
    const out: string[] = [];
    for (let i = 0; i < text.length; i += size) out.push(...stream.push(text.slice(i, i + size)));
    out.push(...stream.end());
    return out;
  };
  const TEXT =
    'Dr. Lark was born in 1912 [1]. She left. [2] Then, at No. 3 Quay, she worked [1][2]! And "so on." [1]\nLast';

  it('ends a sentence after its markers, and not at an abbreviation', () => {
    assert.deepEqual(cut(TEXT, TEXT.length), [
      'Dr. Lark was born in 1912 [1].',
      'She left. [2]',
      'Then, at No. 3 Quay, she worked [1][2]!',
      'And "so on." [1]',
      'Last',
    ]);
  });

  it('cuts the same however the text arrives, and loses nothing but white space', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('Ada', ' ', '.', '[1]', '[2', ']', '!', '\n', 'No', '"', 'x'), { maxLength: 30 }),
        fc.integer({ min: 1, max: 5 }),
        (parts, size) => {
          const text = parts.join('');
          const pieces = cut(text, size);
          assert.equal(pieces.join('').replace(/\s/g, ''), text.replace(/\s/g, ''));
        },
      ),
    );
    for (const size of [1, 2, 3, 10]) assert.deepEqual(cut(TEXT, size), cut(TEXT, TEXT.length));
  });
});
