import assert from 'node:assert/strict';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { pino } from 'pino';
import { Hopwise } from '../../app/hopwise.js';
import { type RunningServer, startServer } from '../../app/http/server.js';
import { post, rawConnection } from './http-client.js';
import { temporaryFolder } from './temporary-folder.js';

describe('http validation', () => {
  const folder = temporaryFolder();
  const logged: { level: number; msg: string }[] = [];
  let hopwise: Hopwise;
  let server: RunningServer;

  before(async () => {
    hopwise = await Hopwise.open({ store: join(folder.path, 'store'), http: { port: 0, maxUploadFiles: 2 } });
    await hopwise.ingestGiven([{ uri: 'note', content: 'Ada Weiss is the mayor of Lund.', metadata: { year: 1990 } }]);
    const log = new Writable({
      write: (line: Buffer, _encoding, done) => {
        logged.push(JSON.parse(line.toString()));
        done();
      },
    });
    server = await startServer(hopwise, hopwise.settings.http, pino({ level: 'error' }, log));
  });
  after(async () => {
    await server.close();
    await hopwise.close();
    folder.dispose();
  });

  async function refused(response: Response, status: number, field?: string): Promise<Record<string, unknown>> {
    const problem = (await response.json()) as Record<string, unknown>;
    assert.equal(response.status, status, JSON.stringify(problem));
    assert.match(response.headers.get('content-type')!, /^application\/problem\+json/);
    if (field !== undefined) assert.equal(problem['field'], field, JSON.stringify(problem));
    return problem;
  }

  function form(fields: Record<string, string>, files: readonly string[] = ['a.txt'], name = 'files'): FormData {
    const made = new FormData();
    for (const file of files) made.append(name, new Blob(['A text.']), file);
    for (const [field, value] of Object.entries(fields)) made.append(field, value);
    return made;
  }

  const upload = (body: FormData | string, headers: Record<string, string> = {}) =>
    fetch(`${server.url}/v1/documents`, { method: 'POST', body, headers });

  it('answers broken forms with 400 and does not log them as errors', async () => {
    await refused(await upload('x', { 'content-type': 'multipart/form-data' }), 400);
    await refused(await upload('x', { 'content-type': 'multipart/mixed; boundary=b' }), 400);
    const truncated = '--b\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\n\r\nA te';
    await refused(await upload(truncated, { 'content-type': 'multipart/form-data; boundary=b' }), 400);
    await refused(await upload(form({}, ['a.txt'], 'other')), 400, 'other');
    await refused(await upload(form({}, [])), 400, 'files');
    const unnamed = '--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--\r\n';
    await refused(await upload(unnamed, { 'content-type': 'multipart/form-data; boundary=b' }), 400);
    await refused(await upload(form({}, ['a.txt', 'b.txt', 'c.txt'])), 413);
    assert.deepEqual(logged, []);
  });

  it('outlives a client that goes away within an upload', async () => {
    const connection = await rawConnection(server.url);
    connection.write(
      'POST /v1/documents HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 999\r\n\r\n--b\r\n',
    );
    await fetch(`${server.url}/healthz`);
    connection.end();
    await connection.answered;
    assert.equal((await fetch(`${server.url}/readyz`)).status, 200);
    assert.deepEqual(logged, []);
  });

  it('takes metadata with lists from a form, and refuses what it cannot use', async () => {
    const metadata = { authors: ['Ada', 'Bo'], year: 1990, draft: false };
    const stored = await upload(form({ metadata: JSON.stringify(metadata), collection: 'forms', tags: 'one' }));
    assert.equal(stored.status, 201, await stored.clone().text());
    for await (const { document } of hopwise.documents({ collection: 'forms' })) {
      assert.deepEqual([document.metadata, document.tags], [metadata, ['one']]);
    }
    for (const broken of ['{"a"', '[1]', '7', '{"a":{"b":1}}', '{"a":[1]}', '{"__proto__":1}', '{"constructor":"x"}']) {
      const problem = await refused(await upload(form({ metadata: broken, collection: 'broken' })), 400);
      assert.match(String(problem['field']), /^metadata/, broken);
    }
    assert.deepEqual(
      (await hopwise.collections()).map(({ name }) => name),
      ['default', 'forms'],
    );
  });

  it('takes the names of collections that settings take', async () => {
    const text = 'x';
    for (const collection of ['../x', '', '.hidden', 'a b', 'x'.repeat(65)]) {
      await refused(await upload(form({ collection })), 400, 'collection');
      const documents = [{ uri: 'a', text }];
      await refused(await post(`${server.url}/v1/documents`, { collection, documents }), 400, 'collection');
      await refused(await post(`${server.url}/v1/ask`, { question: text, collection }), 400, 'collection');
      await refused(await post(`${server.url}/v1/search`, { query: text, collection }), 400, 'collection');
      const query = new URLSearchParams({ collection });
      await refused(await fetch(`${server.url}/v1/documents?${query}`), 400, 'collection');
      await refused(await fetch(`${server.url}/v1/documents/a?${query}`, { method: 'DELETE' }), 400, 'collection');
    }
    assert.equal((await upload(form({ collection: 'Größe-1.0' }))).status, 201);
  });

  it('refuses filters that could only filter wrongly', async () => {
    const search = (filter: string) =>
      post(`${server.url}/v1/search`, undefined, { body: `{"query":"mayor","filter":${filter}}` });
    await refused(await search('{"dateFrom":"banana"}'), 400, 'filter.dateFrom');
    await refused(await search('{"dateTo":"2024-13"}'), 400, 'filter.dateTo');
    for (const key of ['__proto__', 'constructor', 'prototype']) {
      await refused(await search(`{"metadata":{"${key}":1}}`), 400, `filter.metadata.${key}`);
    }
    assert.equal((await search('{"dateFrom":"2024-05","dateTo":"2024-05-17T10:00:00Z"}')).status, 200);
    const hits = (await (await search('{"metadata":{"year":{"gte":1990}}}')).json()) as { hits: unknown[] };
    assert.equal(hits.hits.length, 1);
    const documents = '[{"uri":"p","text":"x","metadata":{"__proto__":"y"}}]';
    const put = await post(`${server.url}/v1/documents`, undefined, { body: `{"documents":${documents}}` });
    await refused(put, 400, 'documents.0.metadata.__proto__');
  });

  it('refuses a body nested deeper than the stack', async () => {
    const body = `{"question":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
    await refused(await post(`${server.url}/v1/ask`, undefined, { body }), 400);
    assert.deepEqual(logged, []);
  });

  it('deletes a collection', async () => {
    await hopwise.ingestGiven([{ uri: 'a', content: 'A text.' }], { collection: 'short-lived' });
    const remove = (name: string) => fetch(`${server.url}/v1/collections/${name}`, { method: 'DELETE' });
    const response = await remove('short-lived');
    assert.equal(response.status, 204);
    assert.equal(await response.text(), '');
    assert.ok(!(await hopwise.collections()).some(({ name }) => name === 'short-lived'));
    assert.equal((await refused(await remove('short-lived'), 404))['code'], 'COLLECTION_NOT_FOUND');
    await refused(await remove('..%2Fx'), 400, 'name');
  });

  it('describes what it checks in /openapi.json', async () => {
    type Schema = { pattern?: string; properties?: Record<string, Schema> };
    const { paths, components } = (await (await fetch(`${server.url}/openapi.json`)).json()) as {
      paths: Record<
        string,
        Record<string, { parameters: { name: string; in: string; schema: Schema }[]; responses: object }>
      >;
      components: { schemas: Record<string, Schema> };
    };
    const remove = paths['/v1/collections/{name}']!['delete']!;
    assert.deepEqual(Object.keys(remove.responses), ['204', '400', '401', '404', '409', '413', '429', '503']);
    const [name] = remove.parameters;
    assert.deepEqual([name!.name, name!.in], ['name', 'path']);
    const { pattern } = name!.schema;
    assert.ok(new RegExp(pattern!, 'u').test('Größe-1.0') && !new RegExp(pattern!, 'u').test('../x'));
    for (const schema of ['AskRequest', 'SearchRequest', 'TextUpload', 'UploadForm']) {
      assert.equal(components.schemas[schema]!.properties!['collection']!.pattern, pattern, schema);
    }
    const listed = paths['/v1/documents']!['get']!.parameters.find((parameter) => parameter.name === 'collection');
    assert.equal(listed!.schema.pattern, pattern);
  });
});
