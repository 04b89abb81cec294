import assert from 'node:assert/strict';
import { isoDate } from '../../../ingest/read/record-metadata.js';
import { outline, readAll, readOne, refusal } from './fixtures/read.js';

describe('jsonl reader', () => {
  it('makes each line a document, other fields its metadata', async () => {
    const { documents, failures } = await readAll(
      'a.jsonl',
      '{"id":"x1","title":"T","text":"Body.\\n\\nMore.","year":1999,"tags":["b","a"],"date":"2020-02-03","who":{"name":"Ann"},"n":null}\n\n{"_id":7,"name":"N","body":"b"}\n',
    );
    assert.deepEqual(failures, []);
    assert.deepEqual(
      documents.map(({ part, title, text }) => [part, title, text]),
      [
        ['#x1', 'T', 'Body.\n\nMore.'],
        ['#7', 'N', 'b'],
      ],
    );
    const [first] = documents;
    assert.deepEqual(first?.metadata, { year: 1999, tags: ['b', 'a'], date: '2020-02-03', 'who.name': 'Ann' });
    assert.deepEqual(first?.tags, ['a', 'b']);
    assert.equal(first?.date, '2020-02-03');
  });

  it('leaves out an invalid line alone and names it', async () => {
    const { documents, failures } = await readAll('a.jsonl', '{"id":1,"text":"a"}\n{"id":2,\n{"id":3,"text":"c"}\n');
    assert.deepEqual(
      documents.map(({ part }) => part),
      ['#1', '#3'],
    );
    assert.equal(failures[0]?.part, '#line=2');
    assert.equal(failures[0]?.error.code, 'INVALID_JSON');
    assert.deepEqual(failures[0]?.error.place, { uri: 'a.jsonl', line: 2 });
  });

  it('leaves out a line over the limit, a repeated id and an empty record', async () => {
    const lines = [
      '{"id":1,"text":"a"}',
      `{"id":2,"text":"${'x'.repeat(200)}"}`,
      '{"id":1,"text":"again"}',
      '{"id":4,"text":" "}',
    ];
    const { documents, failures } = await readAll('a.jsonl', lines.join('\n'), { maxLineChars: 100 });
    assert.deepEqual(
      documents.map(({ part }) => part),
      ['#1'],
    );
    assert.deepEqual(
      failures.map(({ part, error }) => [part, error.code]),
      [
        ['#line=2', 'LINE_TOO_LONG'],
        ['#line=3', 'DUPLICATE_ID'],
        ['#line=4', 'NO_TEXT'],
      ],
    );
  });

  it('keeps a record that has a title but no text, and one without id', async () => {
    const { documents } = await readAll('a.jsonl', '{"id":"a","title":"Only a title","text":""}\n{"text":"no id"}');
    assert.deepEqual(
      documents.map(({ part, title, text }) => [part, title, text]),
      [
        ['#a', 'Only a title', ''],
        ['#line=2', undefined, 'no id'],
      ],
    );
  });

  it('takes the fields asked for', async () => {
    const fields = { id: 'key', title: 'subject', text: 'message' };
    const { documents, failures } = await readAll(
      'a.jsonl',
      '{"key":"k","subject":"S","message":"M","text":"other"}\n{"key":"l","text":"x"}',
      {},
      { fields },
    );
    assert.deepEqual(
      documents.map(({ part, title, text, metadata }) => [part, title, text, metadata]),
      [['#k', 'S', 'M', { text: 'other' }]],
    );
    assert.equal(failures[0]?.error.code, 'MISSING_FIELD');
    assert.deepEqual(failures[0]?.error.place, { uri: 'a.jsonl', line: 2, field: 'message' });
  });

  it('replaces lone surrogates that came in by escapes', async () => {
    const [read] = (await readAll('a.jsonl', '{"id":1,"text":"a\\ud800b\\u0000c"}')).documents;
    assert.equal(read?.text, 'a\ufffdb\ufffdc');
    assert.match(
      read?.warnings.join('; ') ?? '',
      /1 lone surrogate replaced by U\+FFFD, the first at character 1; 1 NUL/,
    );
  });
});

describe('json reader', () => {
  it('reads an array of records, or an object that holds one', async () => {
    for (const json of [
      '[{"id":"a","text":"1"},{"text":"2"}]',
      '{"count":2,"records":[{"id":"a","text":"1"},{"text":"2"}]}',
    ]) {
      const { documents } = await readAll('a.json', json);
      assert.deepEqual(
        documents.map(({ part, text }) => [part, text]),
        [
          ['#a', '1'],
          ['#item=2', '2'],
        ],
      );
    }
  });

  it('reads an object as one document, its fields as lines when it has no text', async () => {
    const read = await readOne(
      'a.json',
      '{"title":"Ada","born":1815,"works":["Notes","Letters"],"place":{"city":"London"}}',
    );
    assert.equal(read.title, 'Ada');
    assert.deepEqual(outline(read), [
      'list-item: born: 1815',
      'list-item: works: Notes, Letters',
      'list-item: place.city: London',
    ]);
    assert.equal((await readOne('b.json', '{"id":5,"text":"whole"}')).part, '');
  });

  it('names the line of a mistake', async () => {
    const error = await refusal('a.json', '{\n"a": 1,\n"b" 2\n}');
    assert.equal(error.code, 'INVALID_JSON');
    assert.equal(error.place.line, 3);
  });

  it('refuses JSON without text', async () => {
    assert.equal((await refusal('a.json', '{}')).code, 'NO_TEXT');
    assert.equal((await refusal('a.json', '[]')).code, 'NO_TEXT');
    assert.doesNotMatch((await refusal('a.json', '{"title": "x",}')).remedy, /others of the file were read/);
    assert.doesNotMatch((await refusal('a.json', '[]')).remedy, /others of the file were read/);
  });
});

describe('isoDate', () => {
  it('reads dates as people and tools write them, the same in every time zone', () => {
    assert.equal(isoDate('2020'), '2020');
    assert.equal(isoDate('2020-02-30x'), undefined);
    assert.equal(isoDate('2020-13-01'), undefined);
    assert.equal(isoDate('2020-02-03 04:05'), '2020-02-03T04:05:00Z');
    assert.equal(isoDate('2020-02-03T04:05:06+01:00'), '2020-02-03T03:05:06Z');
    assert.equal(isoDate('3 February 2020'), '2020-02-03');
    assert.equal(isoDate('Mon, 03 Feb 2020 04:05:06 +0100'), '2020-02-03T03:05:06Z');
    assert.equal(isoDate('version 2020'), undefined);
    assert.equal(isoDate(2020), undefined);
  });
});
