import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { DocumentRecord } from '../../graph-schema/index.js';
import { checkFilter } from '../../queries/check-filter.js';
import { compareDates } from '../../queries/compare-bounds.js';
import { isEmptyFilter, matchesFilter } from '../../queries/filter.js';
import { parseFilter } from '../../queries/parse-filter.js';
import { UsageError } from '../../src/errors.js';

const record = (fields: Partial<DocumentRecord>): DocumentRecord => ({
  id: 'd1',
  uri: 'notes/a.md',
  title: 'A',
  mediaType: 'text/markdown',
  contentHash: '',
  size: 1,
  metadata: {},
  tags: [],
  enabled: true,
  ingestedAt: '',
  warnings: [],
  ...fields,
});

describe('matchesFilter', () => {
  it('takes a document by id or by uri', () => {
    assert.equal(matchesFilter(record({}), { documents: ['d1'] }), true);
    assert.equal(matchesFilter(record({}), { documents: ['other', 'notes/a.md'] }), true);
    assert.equal(matchesFilter(record({}), { documents: [] }), false);
    assert.equal(matchesFilter(record({}), { documents: ['notes'] }), false);
  });

  it('wants every tag', () => {
    const tagged = record({ tags: ['law', 'old'] });
    assert.equal(matchesFilter(tagged, { tags: ['law'] }), true);
    assert.equal(matchesFilter(tagged, { tags: ['law', 'old'] }), true);
    assert.equal(matchesFilter(tagged, { tags: ['law', 'new'] }), false);
  });

  it('compares metadata by its written form, since CSV and front matter do not agree on types', () => {
    const document = record({ metadata: { year: '1990', draft: false, authors: ['Ada', 'Bo'] } });
    assert.equal(matchesFilter(document, { metadata: { year: 1990 } }), true);
    assert.equal(matchesFilter(document, { metadata: { draft: false } }), true);
    assert.equal(matchesFilter(document, { metadata: { draft: true } }), false);
    assert.equal(matchesFilter(document, { metadata: { authors: 'Bo' } }), true);
    assert.equal(matchesFilter(document, { metadata: { authors: 'B' } }), false);
    assert.equal(matchesFilter(document, { metadata: { missing: '' } }), false);
  });

  it('bounds numbers as numbers, also when stored as text, and ISO dates at the coarser precision', () => {
    const document = record({ metadata: { year: '900', signed: '2024-05-17', name: 'beta' } });
    assert.equal(
      matchesFilter(document, { metadata: { year: { gte: 1000 } } }),
      false,
      '900 is less, though "9" > "1"',
    );
    assert.equal(matchesFilter(document, { metadata: { year: { gte: 900, lte: 900 } } }), true);
    assert.equal(matchesFilter(document, { metadata: { signed: { lte: '2024-05' } } }), true);
    assert.equal(matchesFilter(document, { metadata: { signed: { gte: '2024-06' } } }), false);
    assert.equal(matchesFilter(document, { metadata: { name: { gte: 'alpha', lte: 'gamma' } } }), true);
    assert.equal(
      matchesFilter(document, { metadata: { name: { gte: 3 } } }),
      false,
      'a word has no place among numbers',
    );
  });

  it('keeps out documents without a date when dates are asked for', () => {
    assert.equal(matchesFilter(record({}), { dateFrom: '1900' }), false);
    const may = record({ date: '2024-05-17T10:00:00.000Z' });
    assert.equal(matchesFilter(may, { dateFrom: '2024-05', dateTo: '2024-05' }), true);
    assert.equal(matchesFilter(may, { dateTo: '2024-05-16' }), false);
    assert.equal(matchesFilter(record({ date: '2024' }), { dateFrom: '2024-05' }), true, 'a year may hold May');
  });

  it('reads no inherited property as metadata', () => {
    assert.equal(matchesFilter(record({}), { metadata: { constructor: 'x' } }), false);
  });

  it('lets each further condition only narrow', () => {
    const tag = fc.constantFrom('a', 'b', 'c');
    const document = fc.record({ tags: fc.uniqueArray(tag), year: fc.integer({ min: 1, max: 9 }) });
    const condition = fc.record({
      tags: fc.uniqueArray(tag),
      gte: fc.integer({ min: 1, max: 9 }),
      lte: fc.integer({ min: 1, max: 9 }),
    });
    fc.assert(
      fc.property(document, condition, ({ tags, year }, { tags: wanted, gte, lte }) => {
        const stored = record({ tags, metadata: { year } });
        const byTags = matchesFilter(stored, { tags: wanted });
        const byYear = matchesFilter(stored, { metadata: { year: { gte, lte } } });
        assert.equal(byYear, gte <= year && year <= lte);
        assert.equal(matchesFilter(stored, { tags: wanted, metadata: { year: { gte, lte } } }), byTags && byYear);
      }),
    );
  });
});

describe('compareDates', () => {
  it('is the order of the texts at the shorter length', () => {
    assert.equal(compareDates('2024-05-17', '2024-05'), 0);
    assert.equal(compareDates('2023-12-31', '2024'), -1);
    assert.equal(compareDates('2024-06', '2024-05-31'), 1);
  });
});

describe('isEmptyFilter', () => {
  it('knows a filter that asks nothing from one that allows nothing', () => {
    assert.equal(isEmptyFilter(undefined), true);
    assert.equal(isEmptyFilter({ tags: [], metadata: {} }), true);
    assert.equal(isEmptyFilter({ documents: [] }), false);
  });
});

describe('parseFilter', () => {
  it('reads what the command line writes', () => {
    assert.deepEqual(
      parseFilter({
        where: ['year>=1990', 'year <= 1999', 'author=Ada Lark', 'draft=false', 'code=007'],
        tag: ['law'],
        document: ['notes/a.md'],
        from: '2024-05',
        to: '2024-12-31',
      }),
      {
        documents: ['notes/a.md'],
        tags: ['law'],
        metadata: { year: { gte: 1990, lte: 1999 }, author: 'Ada Lark', draft: false, code: '007' },
        dateFrom: '2024-05',
        dateTo: '2024-12-31',
      },
    );
    assert.deepEqual(parseFilter({}), {});
  });

  it('keeps a value that itself holds signs', () => {
    assert.deepEqual(parseFilter({ where: ['formula=a=b>=c'] }).metadata, { formula: 'a=b>=c' });
  });

  const refused: readonly [string, Parameters<typeof parseFilter>[0], string][] = [
    ['a condition without an operator', { where: ['year'] }, 'where'],
    ['a strict bound, which would promise what it does not do', { where: ['year>1990'] }, 'where'],
    ['a negation', { where: ['year!=1990'] }, 'where'],
    ['an empty key', { where: ['=3'] }, 'where'],
    ['two equalities of one key', { where: ['a=1', 'a=2'] }, 'where'],
    ['a bound on an equality', { where: ['a=1', 'a>=2'] }, 'where'],
    ['two lower bounds', { where: ['a>=1', 'a>=2'] }, 'where'],
    ['an order on true', { where: ['a>=true'] }, 'where'],
    ['a date that is none', { from: '2024-13' }, 'from'],
    ['a date in another notation', { to: '17.5.2024' }, 'to'],
  ];
  for (const [what, input, field] of refused) {
    it(`refuses ${what}`, () => {
      assert.throws(
        () => parseFilter(input),
        (error) =>
          error instanceof UsageError &&
          error.code === 'INVALID_FILTER' &&
          error.place.field === field &&
          error.remedy !== '',
      );
    });
  }
});

describe('checkFilter', () => {
  it('refuses a range that ends before it begins, by the order that filters go by', () => {
    const empty: readonly [Parameters<typeof checkFilter>[0], string][] = [
      [{ dateFrom: '2025', dateTo: '2024-12-31' }, 'filter.dateTo'],
      [{ metadata: { year: { gte: 10, lte: 9 } } }, 'filter.metadata.year'],
      [{ metadata: { day: { gte: '2024-06', lte: '2024-05-31' } } }, 'filter.metadata.day'],
    ];
    for (const [filter, field] of empty) {
      assert.throws(
        () => checkFilter(filter),
        (error) => error instanceof UsageError && error.code === 'INVALID_FILTER' && error.place.field === field,
      );
    }
    checkFilter({ dateFrom: '2024-05', dateTo: '2024' });
    checkFilter({ dateFrom: '2024', dateTo: '2024' });
    checkFilter({ metadata: { year: { gte: 9, lte: 10 }, name: { gte: 'a', lte: 'b' }, half: { gte: 3 } } });
  });
});
