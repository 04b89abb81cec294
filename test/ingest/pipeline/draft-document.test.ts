import assert from 'node:assert/strict';
import { compareDocuments } from '../../../ingest/pipeline/compare-documents.js';
import { type DocumentDraft, draftDocument, type SourceFacts } from '../../../ingest/pipeline/draft-document.js';
import type { IngestOptions } from '../../../ingest/pipeline/options.js';
import { makeRecipe } from '../../../ingest/pipeline/recipe.js';
import type { ReadDocument } from '../../../ingest/read/reader.js';

const READ: ReadDocument = {
  part: '',
  text: 'Tide tables\n\nHigh water at noon.',
  mediaType: 'text/plain',
  blocks: [
    { kind: 'heading', start: 0, end: 11, level: 1 },
    { kind: 'paragraph', start: 13, end: 32 },
  ],
  metadata: { shelf: 1, weight: Number.NaN },
  tags: ['tides', 'tables'],
  warnings: [],
};
const FACTS: SourceFacts = {
  uri: 'docs/tide-tables.txt',
  size: 40,
  modified: new Date('2020-01-02T03:04:05Z'),
  given: undefined,
};

const draft = (
  read: Partial<ReadDocument> = {},
  facts: Partial<SourceFacts> = {},
  options: Partial<IngestOptions> = {},
): DocumentDraft['record'] =>
  draftDocument({ ...READ, ...read }, { ...FACTS, ...facts }, makeRecipe({ collection: 'main', ...options }, 'rules/1'))
    .record;

describe('draftDocument', () => {
  it('takes the title given, else that of the metadata given, of the source, of the heading, of the file', () => {
    const metadata = { title: 'From the command' };
    assert.equal(draft({ title: 'Own' }, { given: { title: 'Given' } }, { metadata }).title, 'Given');
    assert.equal(draft({ title: 'Own' }, {}, { metadata }).title, 'From the command');
    assert.equal(draft({ title: 'Own' }).title, 'Own');
    assert.equal(draft().title, 'Tide tables');
    assert.equal(draft({ blocks: [] }).title, 'tide tables');
  });

  it('gives the title of an upload to the document that it is, not to the records in it', () => {
    assert.equal(draft({ part: '#7', title: 'Record' }, { given: { title: 'Upload' } }).title, 'Record');
  });

  it('joins metadata, that of the upload over that of the run over that of the source, and drops what is not finite', () => {
    const { metadata } = draft({}, { given: { metadata: { shelf: 3 } } }, { metadata: { shelf: 2, room: 'north' } });
    assert.deepEqual(metadata, { shelf: 3, room: 'north' });
  });

  it('sorts tags and takes each once', () => {
    assert.deepEqual(draft({}, { given: { tags: ['a', 'tides'] } }, { tags: ['z', 'a'] }).tags, [
      'a',
      'tables',
      'tides',
      'z',
    ]);
  });

  it('takes the date of the metadata given, of the source, of the file', () => {
    assert.equal(draft({ date: '2001-01-01' }, {}, { metadata: { date: '1999-12' } }).date, '1999-12');
    assert.equal(draft({ date: '2001-01-01' }, {}, { metadata: { date: 'soon' } }).date, '2001-01-01');
    assert.equal(draft().date, '2020-01-02T03:04:05.000Z');
    assert.equal(draft({}, { modified: undefined }).date, undefined);
  });

  it('names the source of a part, and sizes the part by its own text', () => {
    const part = draft({ part: '#7', text: 'é' }, { uri: 'docs/rows.jsonl', size: 10_000 });
    assert.deepEqual([part.uri, part.source, part.size], ['docs/rows.jsonl#7', 'docs/rows.jsonl', 2]);
    assert.deepEqual([draft().source, draft().size], [undefined, 40]);
  });

  it('hashes what passages are made from, and that alone', () => {
    const hash = draft().contentHash;
    const others = [
      draft({ text: 'Tide tables\n\nHigh water at nine.' }),
      draft({ title: 'Other' }),
      draft({ blocks: READ.blocks.slice(0, 1) }),
      draft({}, {}, { split: { targetWords: 60, maxWords: 400 } }),
    ].map(({ contentHash }) => contentHash);
    assert.equal(new Set([hash, ...others]).size, others.length + 1);
    const equal = [
      draft(),
      draft({ tags: [], date: '2001-01-01' }),
      draft({}, { size: 41 }, { metadata: { room: 'north' } }),
    ];
    for (const { contentHash } of equal) assert.equal(contentHash, hash);
  });

  it('tells from what is stored whether passages, the record, only the date or nothing changed', () => {
    const stored = draft();
    assert.equal(compareDocuments(stored, draft()), 'nothing');
    assert.equal(compareDocuments(stored, draft({ date: '2001-01-01' })), 'date');
    assert.equal(compareDocuments(stored, draft({ text: 'Tide tables\n\nNone.' })), 'content');
    const records = [
      draft({ mediaType: 'text/markdown' }),
      draft({ warnings: ['odd'] }),
      draft({ tags: [] }),
      draft({}, { size: 41 }),
      draft({}, {}, { metadata: { room: 'north' } }),
    ];
    for (const record of records) assert.equal(compareDocuments(stored, record), 'record');
  });

  it('has one id a collection and uri, whatever the content', () => {
    assert.equal(draft().id, draft({ text: 'Other text' }).id);
    assert.notEqual(draft().id, draft({}, {}, { collection: 'other' }).id);
    assert.notEqual(draft().id, draft({}, { uri: 'docs/other.txt' }).id);
  });
});
