import assert from 'node:assert/strict';
import fc from 'fast-check';
import { fold } from '../../src/text/index.js';

const folded = (text: string): string => fold(text).text;

describe('fold', () => {
  it('leaves plain text alone, without an offset table', () => {
    assert.deepEqual(fold("It's 5 o'clock."), { text: "It's 5 o'clock.", offsets: undefined });
  });

  it('drops accents, composed and decomposed, and spells out letters that NFKD keeps', () => {
    assert.equal(
      folded('Zürich, de\u0301ja\u0300 vu, Łódź, Øresund, Đoković'),
      'Zurich, deja vu, Lodz, Oresund, Dokovic',
    );
    assert.equal(folded('Straße Æsir Œuvre Þór Ísafjörður ığdır'), 'Strasse AEsir OEuvre THor Isafjordur igdir');
  });

  it('makes compatibility forms plain, but keeps whole what would become two words', () => {
    assert.equal(folded('ＦＵＬＬ ﬁn ㎞ x² ⑴ ｶﾞｲﾄﾞ ℃'), 'FULL fin km x2 (1) ガイド °C');
    assert.equal(folded('½ ㏂'), '½ ㏂');
  });

  it('drops Arabic vowel signs and tatweel, and makes alef and ya variants equal', () => {
    assert.equal(folded('السَّلَامُ'), 'السلام');
    assert.equal(folded('السـلام'), 'السلام');
    assert.equal(folded('أحمد إلى آدم علی کتاب'), 'احمد الي ادم علي كتاب');
  });

  it('keeps what tells words apart: Cyrillic й, kana voicing, Hangul syllables, Indic and Thai vowels', () => {
    assert.equal(folded('Йод и\u0306 ёлка ї'), 'Йод й елка ї'.normalize('NFC').replace('ї', 'і'));
    assert.equal(folded('ガギ か\u3099'), 'ガギ が');
    assert.equal(folded('\u1112\u1161\u11ab국'), '한국');
    assert.equal(folded('हिन्दी क़लम'), 'हिन्दी कलम');
    assert.equal(folded('ต้มยำกุ้ง'), 'ต้มยำกุ้ง');
  });

  it('reads digits of any script as 0-9', () => {
    assert.equal(folded('١٩٩٨ १९९८ ๒๕๖๗ ２０２４'), '1998 1998 2567 2024');
  });

  it('drops invisible characters and maps every offset back over them', () => {
    const text = 'ab\u200dc \u202Ex\u00ady';
    const { text: out, offsets } = fold(text);
    assert.equal(out, 'abc xy');
    assert.deepEqual([...offsets!], [0, 1, 3, 4, 6, 8, 9]);
  });

  it('points every unit of an expansion at its character', () => {
    assert.deepEqual([...fold('aß!').offsets!], [0, 1, 1, 2, 3]);
  });

  it('has monotone offsets within the text, and folds what is folded to itself', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        const { text: out, offsets } = fold(text);
        if (offsets === undefined) assert.equal(out.length, text.length);
        else {
          assert.equal(offsets.length, out.length + 1);
          assert.equal(offsets[out.length], text.length);
          for (let i = 1; i < offsets.length; i++) assert.ok(offsets[i]! >= offsets[i - 1]!);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
