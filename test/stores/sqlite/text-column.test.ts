import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  afterPrefix,
  fromOrderedColumn,
  fromTextColumn,
  toOrderedColumn,
  toTextColumn,
} from '../../../src/stores/sqlite/text-column.js';

/** Any UTF-16 code units, lone surrogates and U+0000 among them, dense around the borders of encodings. */
const unit = fc.oneof(
  fc.nat(0xffff),
  fc.constantFrom(0, 0x7f, 0x80, 0x7ff, 0x800, 0xd7ff, 0xd800, 0xdbff, 0xdc00, 0xdfff, 0xe000, 0xffff),
);
const text = fc.array(unit, { maxLength: 12 }).map((units) => String.fromCharCode(...units));

describe('strings as columns', () => {
  it('keeps every string in an ordered column', () => {
    fc.assert(fc.property(text, (value) => assert.equal(fromOrderedColumn(toOrderedColumn(value)), value)));
    const long = '\u{1f600}a'.repeat(10_000);
    assert.equal(fromOrderedColumn(toOrderedColumn(long)), long);
  });

  it('orders columns as code units', () => {
    fc.assert(
      fc.property(text, text, (a, b) => {
        const order = Buffer.compare(toOrderedColumn(a), toOrderedColumn(b));
        assert.equal(order, a < b ? -1 : a > b ? 1 : 0);
      }),
    );
  });

  it('bounds all strings with a prefix', () => {
    fc.assert(
      fc.property(text, text, (prefix, other) => {
        const end = afterPrefix(prefix);
        const inside = (value: string) =>
          Buffer.compare(toOrderedColumn(value), toOrderedColumn(prefix)) >= 0 &&
          (end === undefined || Buffer.compare(toOrderedColumn(value), end) < 0);
        assert.ok(inside(prefix + other));
        assert.equal(inside(other), other.startsWith(prefix));
      }),
    );
  });

  it('keeps every well-formed text, NUL included', () => {
    fc.assert(
      fc.property(text, (value) => {
        const well = value.replace(/[\ud800-\udfff]/gu, '\ufffd');
        assert.equal(fromTextColumn(toTextColumn(well)), well);
        assert.equal(typeof toTextColumn(well) === 'string', !well.includes('\0'));
      }),
    );
  });
});
