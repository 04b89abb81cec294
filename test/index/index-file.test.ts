import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StoreError } from '../../src/errors.js';
import { buildIndex, updateIndex } from '../../src/index/build-index.js';
import { encodeIndex, openIndex, saveIndex } from '../../src/index/index-file.js';
import { DIMENSIONS, makeDocument } from './sample-documents.js';

const identity = { collection: 'test', generation: 3, embedder: { id: 'test', dimensions: DIMENSIONS } };
const documents = [
  { uri: 'a', title: 'New York', texts: ['New York is a city.', 'The Beatles came in 1964.'] },
  { uri: 'b', title: 'The Beatles', texts: ['The Beatles were a band of Liverpool.'], enabled: false },
].map(makeDocument);

describe('index file', () => {
  let folder: string;
  let path: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hopwise-index-'));
    path = join(folder, 'index.hwx');
    await saveIndex(buildIndex(identity, documents), path);
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('gives back every section and the header', () => {
    const built = buildIndex(identity, documents);
    using opened = openIndex(path)!;
    assert.deepEqual(Buffer.concat([...encodeIndex(opened.index)]), Buffer.concat([...encodeIndex(built)]));
    assert.equal(opened.index.generation, 3);
    assert.equal(opened.index.passageCount, 3);
    assert.deepEqual([...opened.index.enabled].sort(), [0, 1]);
  });

  it('can be updated like the index it was made of', () => {
    using opened = openIndex(path)!;
    const changes = {
      put: [makeDocument({ uri: 'c', title: 'Liverpool', texts: ['A port.'] })],
      removed: [documents[0]!.document.id],
    };
    assert.deepEqual(
      Buffer.concat([...encodeIndex(updateIndex(opened.index, identity, changes))]),
      Buffer.concat([...encodeIndex(buildIndex(identity, [documents[1]!, ...changes.put]))]),
    );
  });

  it('is undefined when there is none', () => {
    assert.equal(openIndex(join(folder, 'none.hwx')), undefined);
  });

  it('refuses a file cut off anywhere', async () => {
    const { length } = await readFile(path);
    for (const bytes of [0, 7, 30, 400, length - 1]) {
      await truncate(path, bytes);
      assert.throws(() => openIndex(path), isError('INDEX_DAMAGED'));
      await saveIndex(buildIndex(identity, documents), path);
    }
  });

  it('refuses a changed byte in the header at once, in a section when it is read', async () => {
    const bytes = await readFile(path);
    const header = Buffer.from(bytes);
    header[60]! ^= 1;
    await writeFile(path, header);
    assert.throws(() => openIndex(path), isError('INDEX_DAMAGED'));
    const section = Buffer.from(bytes);
    section[bytes.indexOf(documents[0]!.passages[0]!.passage.id)]! ^= 1;
    await writeFile(path, section);
    using opened = openIndex(path)!;
    assert.throws(() => opened.index.preload(), isError('INDEX_DAMAGED'));
  });

  it('refuses another format version', async () => {
    const bytes = await readFile(path);
    bytes.writeUInt32LE(99, 8);
    await writeFile(path, bytes);
    assert.throws(() => openIndex(path), isError('INDEX_FORMAT'));
  });

  it('leaves one whole file when written by several at once, and nothing beside it', async () => {
    const index = buildIndex(identity, documents);
    await Promise.all(Array.from({ length: 5 }, () => saveIndex(index, path)));
    assert.deepEqual(await readdir(folder), ['index.hwx']);
    using opened = openIndex(path)!;
    assert.equal(opened.index.documentCount, 2);
  });

  it('says what to do when it cannot be written, and leaves nothing behind', async () => {
    const missing = join(folder, 'none', 'index.hwx');
    await assert.rejects(saveIndex(buildIndex(identity, documents), missing), isError('INDEX_NOT_WRITTEN'));
  });
});

const isError =
  (code: string) =>
  (error: unknown): boolean =>
    error instanceof StoreError && error.code === code && error.remedy.length > 0;
