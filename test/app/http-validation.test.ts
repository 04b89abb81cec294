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
    hopwise = await Hopwise.open({
      store: join(folder.path, 'store'),
      http: { port: 0, maxUploadFiles: 2, maxUploadTotalBytes: 2_000 },
    });
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
    await refused(await upload('x', { 'content-type': 'multipart/mixed; boundary=b' }), 415);
    const truncated = '--b\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\n\r\nA te';
    await refused(await upload(truncated, { 'content-type': 'multipart/form-data; boundary=b' }), 400);
    await refused(await upload(form({}, ['a.txt'], 'other')), 400, 'other');
    await refused(await upload(form({}, [])), 400, 'files');
    const unnamed = '--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--\r\n';
    await refused(await upload(unnamed, { 'content-type': 'multipart/form-data; boundary=b' }), 400);
    await refused(await upload(form({}, ['a.txt', 'b.txt', 'c.txt'])), 413);
    assert.deepEqual(logged, []);
  });

  it('bounds all of an upload, not only each file', async () => {
    const large = new FormData();
    for (const file of ['a.txt', 'b.txt']) large.append('files', new Blob(['A text. '.repeat(150)]), file);
    assert.equal((await refused(await upload(large), 413))['code'], 'LIMIT_UPLOAD_SIZE');
  });

  it('answers a body of another type with 415, another method with 405 and what is allowed', async () => {
    for (const path of ['ask', 'search', 'cypher', 'documents']) {
      for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/xml']) {
        const init = { method: 'POST', body: '{"question":"x"}', headers: { 'content-type': type } };
        const told = await refused(await fetch(`${server.url}/v1/${path}`, init), 415);
        assert.match(String(told['detail']), new RegExp(type));
      }
    }
    await refused(await fetch(`${server.url}/v1/ask`, { method: 'POST', body: form({}) }), 415);
    const put = await fetch(`${server.url}/v1/documents/a%2Fb`, {
      method: 'PUT',
      body: '{}',
      headers: { 'content-type': 'application/json' },
    });
    assert.equal(put.headers.get('allow'), 'GET, DELETE');
    await refused(put, 405);
    await refused(await fetch(`${server.url}/v1/ask`), 405);
    await refused(await fetch(`${server.url}/v1/other`), 404);
    // Many clients say of a request without a body that it has 0 bytes.
    const connection = await rawConnection(server.url);
    connection.write(
      'DELETE /v1/collections/other HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n',
    );
    assert.match(await connection.answered, /^HTTP\/1.1 404 /);
  });

  it('tells of an upload of which nothing was stored as a problem, with what was left out', async () => {
    const broken = new FormData();
    broken.append('files', new Blob(['%PDF-1.4 cut']), 'cut.pdf');
    const problem = await refused(await upload(broken), 422);
    assert.equal(problem['code'], 'ALL_LEFT_OUT');
    assert.equal((problem['quarantined'] as { code: string }[])[0]!.code, 'BROKEN_PDF');
  });

  it('gives a stream that fails before its first event the status of the failure', async () => {
    const ask = { question: 'x', stream: true };
    await refused(await post(`${server.url}/v1/ask`, { ...ask, k: 100_000 }), 400, 'k');
    await refused(await post(`${server.url}/v1/ask`, { ...ask, collection: 'none' }), 404);
  });

  it('answers as a problem what is no HTTP, and headers that are too long', async () => {
    for (const [sent, status, code] of [
      ['GARBAGE\r\n\r\n', 400, 'NO_HTTP'],
      [`GET /healthz HTTP/1.1\r\nHost: x\r\nX-Long: ${'a'.repeat(40_000)}\r\n\r\n`, 431, 'HEADERS_TOO_LARGE'],
    ] as const) {
      const connection = await rawConnection(server.url);
      connection.write(sent);
      const [head, body] = (await connection.answered).split('\r\n\r\n');
      assert.match(head!, new RegExp(`^HTTP/1.1 ${status} .*application/problem\\+json`, 's'));
      assert.deepEqual((JSON.parse(body!) as { code: string }).code, code);
    }
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
    assert.equal((await refused(await remove('short-lived'), 404))['code'], 'COLLECTION_UNKNOWN');
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

  it('describes its answers whole: every field that comes stands in /openapi.json, and every required one comes', async () => {
    const document = (await (await fetch(`${server.url}/openapi.json`)).json()) as Described;
    const ask = { question: 'Who is the mayor of Lund?' };
    const detail = `/v1/documents/${encodeURIComponent('note')}`;
    const calls: readonly [string, string, unknown?][] = [
      ['/v1/ask', 'post', ask],
      ['/v1/search', 'post', { query: 'mayor of Lund' }],
      ['/v1/cypher', 'post', { cypher: 'MATCH (d:Document) RETURN d' }],
      ['/v1/documents', 'post', { documents: [{ uri: 'b.md', text: '# B\n\nB is a town.', tags: ['x'] }] }],
      ['/v1/documents', 'get'],
      ['/v1/documents/{id}', 'get'],
      ['/v1/collections', 'get'],
    ];
    for (const [path, method, body] of calls) {
      const url = `${server.url}${path.includes('{') ? detail : path}`;
      const response = await (body === undefined ? fetch(url) : post(url, body));
      const { schema } = document.paths[path]![method]!.responses[response.status]!.content!['application/json']!;
      assert.deepEqual(undescribed(await response.json(), schema, document, '$'), [], `${method} ${path}`);
    }
    const problem = await (await post(`${server.url}/v1/ask`, { ...ask, k: 1_000_000 })).json();
    assert.deepEqual(undescribed(problem, document.components.schemas['Problem']!, document, '$'), []);
    assert.equal(document.components.schemas['AskRequest']!.properties!['k']!.maximum, 200);
  });
});

interface JsonSchema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly maximum?: number;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly additionalProperties?: JsonSchema | boolean;
}

interface Described {
  readonly paths: Record<
    string,
    Record<string, { responses: Record<string, { content?: Record<string, { schema: JsonSchema }> }> }>
  >;
  readonly components: { readonly schemas: Record<string, JsonSchema> };
}

/** Places of the value that the schema does not speak of, and of required fields that are not there. */
function undescribed(value: unknown, schema: JsonSchema, document: Described, at: string): string[] {
  if (schema.$ref !== undefined) {
    return undescribed(value, document.components.schemas[schema.$ref.split('/').at(-1)!]!, document, at);
  }
  if (Array.isArray(value)) {
    assert.ok(!Array.isArray(schema.items), `${at}: items is a list, which OpenAPI 3.1 calls prefixItems`);
    return value.flatMap((item, i) => undescribed(item, schema.items ?? {}, document, `${at}[${i}]`));
  }
  if (typeof value !== 'object' || value === null || schema.type !== 'object') return [];
  const { properties = {}, required = [], additionalProperties } = schema;
  const missing = required.filter((name) => !(name in value)).map((name) => `${at}.${name} is missing`);
  const found = Object.entries(value).flatMap(([name, inner]) => {
    const known = properties[name] ?? (typeof additionalProperties === 'object' ? additionalProperties : undefined);
    return known === undefined ? [`${at}.${name}`] : undescribed(inner, known, document, `${at}.${name}`);
  });
  return [...missing, ...found];
}
