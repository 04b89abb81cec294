import assert from 'node:assert/strict';
import { join } from 'node:path';
import { pino } from 'pino';
import { Hopwise } from '../../app/hopwise.js';
import { type RunningServer, startServer } from '../../app/http/server.js';
import { packageRoot } from '../../src/assets.js';
import { UsageError } from '../../src/index.js';
import { temporaryFolder } from './temporary-folder.js';

const KEY = 'a-key-of-enough-length';
const silent = pino({ level: 'silent' });

describe('http server', () => {
  const folder = temporaryFolder();
  let hopwise: Hopwise;
  let server: RunningServer;

  async function call(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = { authorization: `Bearer ${KEY}` },
  ) {
    const init: RequestInit = {
      method,
      headers: {
        ...headers,
        ...(body === undefined || body instanceof FormData ? {} : { 'content-type': 'application/json' }),
      },
    };
    if (body !== undefined)
      init.body = body instanceof FormData ? body : typeof body === 'string' ? body : JSON.stringify(body);
    return fetch(server.url + path, init);
  }

  before(async () => {
    hopwise = await Hopwise.open({
      store: join(folder.path, 'store'),
      http: { apiKey: KEY, port: 0, maxBodyBytes: 20_000, maxUploadBytes: 10_000 },
    });
    await hopwise.ingest(join(packageRoot(), 'examples', 'halvard-coast'));
    server = await startServer(hopwise, hopwise.settings.http, silent);
  });
  after(async () => {
    await server.close();
    await hopwise.close();
    folder.dispose();
  });

  it('answers with the same object as the library', async () => {
    const question = 'In which town was the designer of the lighthouse kept by Ines Marlowe born?';
    const response = await call('POST', '/v1/ask', { question, k: 5 });
    assert.equal(response.status, 200);
    const { timings: _http, ...answer } = (await response.json()) as Record<string, unknown>;
    const { timings: _library, ...expected } = await hopwise.ask(question, { k: 5 });
    assert.deepEqual(answer, JSON.parse(JSON.stringify(expected)));
    assert.match(String(answer['answer']), /Port Ellery/);
  });

  it('streams the answer as events', async () => {
    const response = await call('POST', '/v1/ask', { question: 'Who founded the Lindqvist Institute?', stream: true });
    assert.match(response.headers.get('content-type')!, /^text\/event-stream/);
    const events = (await response.text())
      .trim()
      .split('\n\n')
      .map((event) => /^event: (\w+)\ndata: (.*)$/.exec(event)!);
    assert.equal(events.at(-1)![1], 'answer');
    assert.match(JSON.parse(events.at(-1)![2]!).answer, /Clara Lindqvist/);
  });

  it('takes documents by upload, with names in any script, and by text; lists, shows and deletes them', async () => {
    const form = new FormData();
    form.append('files', new Blob(['# Ünï\n\nÜnï is a village on the River Sault.']), 'Ünï.md');
    form.append('collection', 'uploads');
    form.append('tags', 'one, two');
    const uploaded = await call('POST', '/v1/documents', form);
    assert.equal(uploaded.status, 201, await uploaded.clone().text());
    const text = await call('POST', '/v1/documents', {
      collection: 'uploads',
      documents: [{ uri: 'note', text: 'The mayor of Ünï is Ada Weiss.', title: 'Note' }],
    });
    assert.equal(text.status, 201);
    const listed = (await (await call('GET', '/v1/documents?collection=uploads')).json()) as {
      documents: { id: string; uri: string; title: string; tags: string[] }[];
    };
    assert.deepEqual(
      listed.documents.map(({ uri, title, tags }) => [uri, title, tags]),
      [
        ['note', 'Note', []],
        ['Ünï.md', 'Ünï', ['one', 'two']],
      ].sort((a, b) => (a[0]! < b[0]! ? -1 : 1)),
    );
    const { id } = listed.documents.find(({ uri }) => uri === 'note')!;
    const shown = (await (await call('GET', `/v1/documents/${id}?collection=uploads`)).json()) as { text: string };
    assert.equal(shown.text, 'The mayor of Ünï is Ada Weiss.');
    assert.equal((await call('DELETE', `/v1/documents/${id}?collection=uploads`)).status, 200);
    assert.equal((await call('GET', `/v1/documents/${id}?collection=uploads`)).status, 404);
  });

  it('answers errors as problem+json', async () => {
    const cases: [number, string, string, unknown, Record<string, string>?][] = [
      [400, 'POST', '/v1/ask', { question: '' }],
      [400, 'POST', '/v1/ask', { question: 'x', unknown: 1 }],
      [400, 'POST', '/v1/ask', '{"question":'],
      [400, 'POST', '/v1/ask', { question: 'x'.repeat(3_000) }],
      [401, 'POST', '/v1/ask', { question: 'x' }, {}],
      [401, 'POST', '/v1/ask', { question: 'x' }, { authorization: 'Bearer wrong' }],
      [404, 'GET', '/v1/nothing', undefined],
      [404, 'GET', '/v1/documents/d00000000000000000000', undefined],
      [404, 'POST', '/v1/ask', { question: 'x', collection: 'none' }],
      [413, 'POST', '/v1/ask', { question: 'x'.repeat(30_000) }],
    ];
    for (const [status, method, path, body, headers] of cases) {
      const response = await call(method, path, body, headers);
      const problem = (await response.json()) as Record<string, unknown>;
      assert.equal(response.status, status, JSON.stringify([method, path, problem]));
      assert.match(response.headers.get('content-type')!, /^application\/problem\+json/);
      assert.equal(problem['status'], status);
      assert.ok(String(problem['detail']).length > 0);
    }
  });

  it('refuses an upload over the limit, and reports one that cannot be read', async () => {
    const large = new FormData();
    large.append('files', new Blob(['x'.repeat(20_000)]), 'large.txt');
    assert.equal((await call('POST', '/v1/documents', large)).status, 413);
    const broken = new FormData();
    broken.append('files', new Blob(['%PDF-1.7 broken']), 'broken.pdf');
    broken.append('collection', 'uploads');
    const response = await call('POST', '/v1/documents', broken);
    assert.equal(response.status, 422);
    const summary = (await response.json()) as { quarantined: { uri: string; remedy: string }[] };
    assert.equal(summary.quarantined[0]!.uri, 'broken.pdf');
  });

  it('draws pictures as the library does, a page without an origin', async () => {
    const about = encodeURIComponent('Ines Marlowe');
    const svg = await call('GET', `/v1/graph?about=${about}&limit=15&types=place,person`);
    assert.match(svg.headers.get('content-type')!, /^image\/svg\+xml/);
    const drawn = await hopwise.graph('Ines Marlowe', { limit: 15, types: ['place', 'person'] });
    assert.equal(await svg.text(), drawn.content);
    const page = await call('GET', `/v1/graph?about=${about}&format=html`);
    assert.equal(page.headers.get('content-security-policy'), 'sandbox allow-scripts');
    assert.match(await page.text(), /^<!doctype html>[\s\S]*default-src 'none'; script-src 'sha256-/);
    for (const [query, status] of [
      ['', 400],
      [`about=${about}&types=animal`, 400],
      [`about=${about}&limit=9999999`, 400],
      [`about=${about}&out=/tmp/x`, 400],
      ['about=nobody%20at%20all', 404],
    ] as const)
      assert.equal((await call('GET', `/v1/graph?${query}`)).status, status, query);
    assert.equal((await call('GET', `/v1/graph?about=${about}`, undefined, {})).status, 401);
  });

  it("lets Neo4j Browser fetch the graph's style, from its own origin and without a key", async () => {
    const response = await call('GET', '/browser/style.grass', undefined, { origin: 'http://localhost:7474' });
    assert.equal(response.status, 200);
    assert.equal(response.headers.get('access-control-allow-origin'), '*');
    assert.match(await response.text(), /^node\.Person \{/m);
    const asked = await call('OPTIONS', '/browser/style.grass', undefined, {
      origin: 'http://localhost:7474',
      'access-control-request-method': 'GET',
      'access-control-request-headers': 'sentry-trace',
    });
    assert.equal(asked.status, 204, 'Browser traces some of its requests by a header');
    assert.equal(asked.headers.get('access-control-allow-origin'), '*');
    assert.equal(asked.headers.get('access-control-allow-headers'), '*');
    const queries = await call('GET', '/browser/queries.zip', undefined, {});
    assert.equal(queries.headers.get('content-type'), 'application/zip');
    assert.equal((await queries.text()).slice(0, 2), 'PK');
  });

  it('is open about its health and closed about the rest', async () => {
    assert.deepEqual(await (await call('GET', '/healthz', undefined, {})).json(), { status: 'ok' });
    assert.deepEqual(await (await call('GET', '/readyz', undefined, {})).json(), { status: 'ready' });
    assert.equal((await call('GET', '/metrics', undefined, {})).status, 401);
    const metrics = await (await call('GET', '/metrics')).text();
    assert.match(metrics, /hopwise_collection_items\{collection="default",kind="documents"\} 19/);
    assert.match(metrics, /hopwise_http_requests_total\{method="POST",route="\/v1\/ask",status="200"\} [1-9]/);
  });

  it('documents itself from its schemas, without outside requests', async () => {
    const openapi = (await (await call('GET', '/openapi.json', undefined, {})).json()) as {
      openapi: string;
      paths: Record<string, object>;
      components: { schemas: Record<string, object> };
    };
    assert.equal(openapi.openapi, '3.1.0');
    assert.deepEqual(Object.keys(openapi.paths).sort(), [
      '/healthz',
      '/metrics',
      '/readyz',
      '/v1/ask',
      '/v1/collections',
      '/v1/collections/{name}',
      '/v1/cypher',
      '/v1/documents',
      '/v1/documents/{id}',
      '/v1/graph',
      '/v1/search',
    ]);
    const page = await (await call('GET', '/docs', undefined, {})).text();
    assert.doesNotMatch(page, /https?:\/\//);
    assert.equal((await call('GET', '/docs/swagger-ui-bundle.js', undefined, {})).status, 200);
    const { headers } = await call('GET', '/healthz', undefined, {});
    assert.match(headers.get('content-security-policy')!, /default-src 'self'/);
    assert.equal(headers.get('x-powered-by'), null);
  });

  it('refuses to serve another address without a key', async () => {
    const { apiKey: _key, ...open } = { ...hopwise.settings.http, host: '0.0.0.0' };
    await assert.rejects(
      startServer(hopwise, open, silent),
      (error: unknown) => error instanceof UsageError && error.code === 'OPEN_ADDRESS_WITHOUT_KEY',
    );
  });
});
