import assert from 'node:assert/strict';
import fc from 'fast-check';
import { tokenise } from '../../src/text/index.js';

const words = (text: string): readonly string[] => tokenise(text).words;

/** Unicode of every kind: ASCII, astral, combining marks, lone surrogates, and the scripts that need care. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.string({ unit: fc.constantFrom(..."ab'sA.1 é\u0301ß½ﬁㅏ㍿ก็ำ中ガｶﾞह्ि\u064bأـ\ud800\udc00\u200d\n"), maxLength: 60 }),
);

describe('tokenise', () => {
  it('gives folded lower-case words, their spans in the original and the shape of the first character', () => {
    const text = 'The 3rd Café of Łódź—naïve';
    const tokens = tokenise(text);
    assert.deepEqual(tokens.words, ['the', '3rd', 'cafe', 'of', 'lodz', 'naive']);
    assert.deepEqual([...tokens.start], [0, 4, 8, 13, 16, 21]);
    assert.deepEqual([...tokens.end], [3, 7, 12, 15, 20, 26]);
    assert.deepEqual([...tokens.shape], [1, 2, 1, 0, 1, 0]);
    assert.equal(tokens.count, 6);
  });

  it("joins one inner apostrophe part, and cuts a final 's with its span", () => {
    const text = "O'Neill's dog's don’t JAMES'S";
    const tokens = tokenise(text);
    assert.deepEqual(tokens.words, ['oneill', 'dog', 'dont', 'james']);
    assert.deepEqual(
      tokens.words.map((_, i) => text.slice(tokens.start[i]!, tokens.end[i]!)),
      ["O'Neill", 'dog', 'don’t', 'JAMES'],
    );
  });

  it('parts elided articles, but no names and no English contractions', () => {
    assert.deepEqual(words("L'histoire de l’art, qu'il a dell'arte"), [
      'l',
      'histoire',
      'de',
      'l',
      'art',
      'qu',
      'il',
      'a',
      'dell',
      'arte',
    ]);
    assert.deepEqual(words("D'Angelo L'Oréal T'ai N'djamena do n't she'd"), [
      'dangelo',
      'loreal',
      'tai',
      'ndjamena',
      'do',
      'nt',
      'shed',
    ]);
  });

  it('splits at underscores and punctuation, not at digits or letters of one run', () => {
    assert.deepEqual(words('foo_bar A1 3.5 state-of-the-art a/b'), [
      'foo',
      'bar',
      'a1',
      '3',
      '5',
      'state',
      'of',
      'the',
      'art',
      'a',
      'b',
    ]);
  });

  it('keeps vowel signs inside words', () => {
    assert.deepEqual(words('हिन्दी में लिखा'), ['हिन्दी', 'में', 'लिखा']);
    assert.deepEqual(words('السَّلَامُ عَلَيْكُمْ'), ['السلام', 'عليكم']);
    assert.deepEqual(words('தமிழ் மொழி'), ['தமிழ்', 'மொழி']);
  });

  it('cuts scripts without blanks into words', () => {
    assert.deepEqual(words('北京是中国的首都'), ['北京', '是', '中国', '的', '首都']);
    assert.deepEqual(words('東京は日本の首都です'), ['東京', 'は', '日本', 'の', '首都', 'です']);
    assert.deepEqual(words('ฉันรักเธอ ต้มยำ'), ['ฉัน', 'รัก', 'เธอ', 'ต้มยำ']);
    assert.deepEqual(words('iPhone手机2024年'), ['iphone', '手机', '2024', '年']);
  });

  it('gives both sides of one character to one token', () => {
    const text = '㍿テスト ½ ℃';
    const tokens = tokenise(text);
    assert.deepEqual(tokens.words, ['株式会社', 'テスト', '½', 'c']);
    assert.deepEqual([...tokens.start], [0, 1, 5, 7]);
    assert.deepEqual([...tokens.end], [1, 4, 6, 8]);
  });

  it('takes linear time on long runs, which the segmenter alone does not', () => {
    const runs = ['中华人民共和国首都北京', 'ประเทศไทยเป็นประเทศ', 'ก', 'あ', 'ក'].map((unit) =>
      unit.repeat(200_000 / unit.length),
    );
    for (const run of runs) {
      const { count, start, end } = tokenise(run);
      assert.ok(count > 10_000);
      assert.equal(start[0], 0);
      assert.equal(end[count - 1], run.length);
    }
    assert.equal(tokenise('a'.repeat(1_000_000)).count, 1);
  });

  it('cuts long runs where it cuts short ones', () => {
    const sentence = '北京是中国的首都';
    const expected = words(sentence);
    assert.deepEqual(words(sentence.repeat(100)), Array.from({ length: 100 }, () => expected).flat());
  });

  it('reads capitals of every script as such, and writes the medial sigma', () => {
    assert.deepEqual(words('ΟΔΟΣ οδός Ёж İZMİR'), ['οδοσ', 'οδοσ', 'еж', 'izmir']);
    assert.deepEqual([...tokenise('ΟΔΟΣ οδός Ёж ſ 𝐀').shape], [1, 0, 1, 0, 1]);
  });

  it('never overlaps, never leaves the text, never yields an empty word, for any text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { count, words, start, end, shape } = tokenise(text);
        assert.deepEqual([words.length, start.length, end.length, shape.length], [count, count, count, count]);
        let previous = 0;
        for (let i = 0; i < count; i++) {
          assert.ok(
            start[i]! >= previous && end[i]! > start[i]! && end[i]! <= text.length,
            `token ${i} of ${JSON.stringify(text)}`,
          );
          assert.notEqual(words[i], '');
          previous = end[i]!;
        }
      }),
      { numRuns: 3000 },
    );
  });

  it('finds the words of a text wherever the text stands', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme-ascii', maxLength: 40 }),
        fc.constantFrom('', 'x ', 'é ', 'ß\n', '𠮷 '),
        (text, before) => {
          const skipped = tokenise(before).count;
          const alone = tokenise(text);
          const shifted = tokenise(before + text);
          assert.deepEqual(shifted.words.slice(skipped), alone.words);
          assert.deepEqual(
            [...shifted.start].slice(skipped),
            [...alone.start].map((at) => at + before.length),
          );
        },
      ),
      { numRuns: 500 },
    );
  });
});
