import assert from 'node:assert/strict';
import fc from 'fast-check';
import { splitSentences, tokenise } from '../../src/text/index.js';

function sentences(text: string, language = 'en'): string[] {
  const spans = splitSentences(text, language);
  return Array.from({ length: spans.length / 2 }, (_, i) => text.slice(spans[2 * i], spans[2 * i + 1]));
}

/** Text with its sentence ends marked by "|", by language: [language, marked text]. */
const CASES: readonly (readonly [string, string])[] = [
  ['en', 'Dr. Smith Jr. met J. R. Ewing.|He said: "Stop it!"|Then he left the building (quietly).|Nobody cared.'],
  ['en', 'He moved to the U.S. in 1990.|The U.S. Army paid him.|He left the U.S.|The end came soon.'],
  ['en', 'It was made by Acme Inc. of Ohio.|It is sold by Acme Inc.|The firm is old, cf. Fig. 3 and pp. 4-9.'],
  [
    'en',
    'Ann Lee (b. 1901) wrote No. 5 on 3.5 acres.|Lower case follows. then it goes on.|Vitamin C. The rest is history.',
  ],
  ['en', 'Is it really so?!|"Yes..." said Ann Lee.|And then … nothing came.|Why so? Because.'],
  [
    'de',
    'Er wohnt z. B. in Köln.|Am 3. Oktober kam Dr. Weiß.|Das kostet ca. 5 Mio. Euro.|Es war im Jahr 1990.|Danach ging er weg.',
  ],
  ['fr', 'M. Dupont habite à Paris.|Il est né en 52 av. J.-C. dans un village.|Elle part demain.'],
  ['es', '¿Dónde vive el Sr. López?|Vive en EE.UU. desde 1990.|¡Qué bien que vive allí!|¿No es verdad?'],
  ['ru', 'А. С. Пушкин родился в Москве.|Он писал стихи, т. е. был поэтом.|Это известно всем.'],
  ['zh', '今天天气很好。|我们去公园吧！|你说：“好的。”|然后他走了。'],
  ['ja', '彼は言った「はい。」|そして帰った。|東京は日本の首都です。'],
  ['hi', 'भारत एक बड़ा देश है।|दिल्ली राजधानी है।|क्या यह सच है?'],
  ['ar', 'هل القاهرة عاصمة مصر؟|نعم، هذا صحيح تماما.|القاهرة عاصمة مصر.'],
  ['ko', '서울은 대한민국의 수도이다.|부산은 두 번째로 큰 도시이다.'],
  ['th', 'ประเทศไทยเป็นประเทศที่ตั้งอยู่ในเอเชียตะวันออกเฉียงใต้ มีเมืองหลวงคือกรุงเทพมหานคร|ซึ่งเป็นเมืองใหญ่ที่สุด'],
];

describe('splitSentences', () => {
  for (const [language, marked] of CASES) {
    it(`finds the sentences of ${language}: ${marked.slice(0, 30)}`, () => {
      const expected = marked.split('|');
      const joiner = language === 'zh' || language === 'ja' ? '' : ' ';
      assert.deepEqual(sentences(expected.join(joiner), language), expected);
    });
  }

  it('gives spans into the text as it stands, without surrounding blanks', () => {
    assert.deepEqual(splitSentences('  One is the first.  Two is the second.\n', 'en'), [2, 19, 21, 39]);
  });

  it('ends at line breaks unless a small letter follows, joins short lines, and always ends at a blank line', () => {
    assert.deepEqual(sentences('Shopping list:\n- apples from here\n- pears from there\n\nNext\n\nthe end of it'), [
      'Shopping list:\n- apples from here',
      '- pears from there',
      'Next',
      'the end of it',
    ]);
    assert.deepEqual(sentences('this is wrapped\ntext of one sentence.\r\nAnother line of text'), [
      'this is wrapped\ntext of one sentence.',
      'Another line of text',
    ]);
  });

  it('keeps lower-case text and empty text whole', () => {
    assert.deepEqual(sentences('the flow was laminar . the plate was flat .'), [
      'the flow was laminar . the plate was flat .',
    ]);
    assert.deepEqual(sentences(' \n '), []);
  });

  it('takes linear time on runs that invite looking ahead again and again', () => {
    const blanks = ' '.repeat(200_000);
    const breaks = '\n'.repeat(200_000);
    for (const text of [
      `a${blanks}b.${blanks}`,
      `ก${blanks}ข${blanks}`,
      `a${breaks}`,
      `${'. '.repeat(100_000)}A`,
      `${'\n a'.repeat(60_000)}`,
      '!'.repeat(200_000),
    ]) {
      assert.ok(splitSentences(text, 'th').length >= 2);
    }
  });

  it('is in order, inside the text and covers every token, for any text and language', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 100 }),
      fc.string({ unit: fc.constantFrom(...'Aa b. !?…\n\r。」"ก็ 中国Éß1('), maxLength: 100 }),
    );
    fc.assert(
      fc.property(text, fc.constantFrom('en', 'de', 'th', 'zh', 'und'), (text, language) => {
        const spans = splitSentences(text, language);
        let previous = 0;
        for (let i = 0; i < spans.length; i += 2) {
          assert.ok(spans[i]! >= previous && spans[i + 1]! > spans[i]! && spans[i + 1]! <= text.length);
          assert.equal(text.slice(spans[i], spans[i + 1]).trim().length, spans[i + 1]! - spans[i]!);
          previous = spans[i + 1]!;
        }
        const { count, start, end } = tokenise(text);
        for (let t = 0; t < count; t++) {
          let covered = false;
          for (let i = 0; i < spans.length; i += 2) covered ||= spans[i]! <= start[t]! && end[t]! <= spans[i + 1]!;
          assert.ok(covered, `token ${t} of ${JSON.stringify(text)}`);
        }
      }),
      { numRuns: 3000 },
    );
  });
});
