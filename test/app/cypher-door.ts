/** What `POST /v1/cypher` does, whatever the store. */
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RunningServer } from '../../app/http/server.js';
import type { Hopwise, OpenOptions } from '../../app/index.js';
import type { HttpSettings } from '../../app/settings.js';
import { post, problemCode, silent } from './http-client.js';
import { wholeApp } from './whole-app.js';

const COLLECTION = 'mine';
const SLOW = 'UNWIND range(1, 40000) AS a UNWIND range(1, 40000) AS b WITH a, b WHERE (a * b) % 7 = 9 RETURN count(*)';

interface Document {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly unknown[])[];
  readonly warnings: readonly { readonly code: string }[];
  readonly generation: number;
}

/** @param settings of a blank store */
export function cypherDoor(name: string, settings: () => Promise<OpenOptions>): void {
  describe(`POST /v1/cypher on ${name}`, function () {
    this.timeout(120_000);
    let hopwise: Hopwise;
    let server: RunningServer;

    const listen = async (http: Partial<HttpSettings> = {}): Promise<RunningServer> =>
      (await wholeApp()).startServer(hopwise, { ...hopwise.settings.http, port: 0, ...http }, silent);
    const ask = (body: object, init: RequestInit = {}, url = server.url): Promise<Response> =>
      post(`${url}/v1/cypher`, { collection: COLLECTION, ...body }, init);
    const asLines = { headers: { 'content-type': 'application/json', accept: 'application/x-ndjson' } };
    const metric = async (line: string): Promise<number> => {
      const text = await (await fetch(`${server.url}/metrics`)).text();
      return Number(
        text
          .split('\n')
          .find((found) => found.startsWith(`${line} `))
          ?.slice(line.length) ?? 0,
      );
    };

    before(async () => {
      hopwise = await (await wholeApp()).Hopwise.open(await settings());
      const content = 'Ines Marlowe kept the lighthouse of Norhaven. Tobias Renn designed the lighthouse of Norhaven.';
      await hopwise.ingestGiven([{ uri: 'coast.txt', content, mediaType: 'text/plain' }], { collection: COLLECTION });
      server = await listen();
    });
    after(async () => {
      await server?.close();
      await hopwise?.close();
    });

    it('answers one document', async () => {
      const cypher = 'MATCH (d:Document) WHERE d.uri = $uri RETURN d.uri AS uri, $collection AS collection';
      const response = await ask({ cypher, params: { uri: 'coast.txt' } });
      assert.equal(response.status, 200);
      const { generation, ...rest } = (await response.json()) as Document;
      assert.deepEqual(rest, { columns: ['uri', 'collection'], warnings: [], rows: [['coast.txt', COLLECTION]] });
      assert.equal(generation, (await hopwise.status({ collection: COLLECTION })).collection.generation);
    });

    it('streams lines: a head, the rows, a tail', async () => {
      const response = await ask({ cypher: 'UNWIND range(1, 3000) AS i RETURN i', limit: 2_500 }, asLines);
      assert.match(response.headers.get('content-type') ?? '', /^application\/x-ndjson/);
      const lines = (await response.text())
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown);
      assert.deepEqual((lines[0] as Document).columns, ['i']);
      assert.deepEqual(
        lines.slice(1, -1),
        Array.from({ length: 2_500 }, (_, i) => [i + 1]),
      );
      const tail = lines.at(-1) as { rows: number; warnings: { code: string }[] };
      assert.deepEqual([tail.rows, tail.warnings.map(({ code }) => code)], [2_500, ['CYPHER_ROWS']]);
    });

    it('asks the lens where it is told to', async () => {
      const response = await ask({ cypher: 'MATCH (d:Document) RETURN count(d) AS n', engine: 'lens' });
      assert.deepEqual(((await response.json()) as Document).rows, [[1]]);
    });

    const refused: readonly (readonly [number, string, object])[] = [
      [400, 'CYPHER_WRITE_REFUSED', { cypher: 'MATCH (n) DETACH DELETE n' }],
      [400, 'CYPHER_SYNTAX', { cypher: 'MATCH (n RETURN n' }],
      [400, 'CYPHER_PARAMETER', { cypher: 'RETURN $x' }],
      [400, 'CYPHER_PARAMETER', { cypher: 'RETURN 1', params: { collection: 'theirs' } }],
      [400, 'CYPHER_PARAMETER', { cypher: 'RETURN $x', params: { x: nested(500) } }],
      [400, 'OVER_LIMIT', { cypher: 'RETURN 1', limit: 1_000_000_000 }],
      [400, 'OVER_LIMIT', { cypher: 'RETURN 1', timeoutMs: 1_000_000_000 }],
      [400, 'INVALID_REQUEST', { cypher: '' }],
      [400, 'INVALID_REQUEST', { cypher: 'RETURN 1', write: true }],
      [400, 'INVALID_REQUEST', { cypher: 'RETURN 1', engine: 'grafeo' }],
      [404, 'COLLECTION_UNKNOWN', { cypher: 'RETURN 1', collection: 'nowhere' }],
      [422, 'CYPHER_TIMEOUT', { cypher: SLOW, timeoutMs: 700 }],
      [422, 'CYPHER_SIZE', { cypher: `RETURN "${'x'.repeat(30_000)}"` }],
    ];
    for (const [status, code, body] of refused) {
      it(`says ${code} to ${JSON.stringify(body).slice(0, 60)}`, async () => {
        const response = await ask(body);
        assert.equal(response.headers.get('content-type'), 'application/problem+json; charset=utf-8');
        const found = (await response.json()) as { code: string; remedy: string };
        assert.deepEqual([response.status, found.code], [status, code]);
        assert.notEqual(found.remedy, '');
      });
    }

    it('tells of a limit in the stream that has begun', async () => {
      const cypher = 'UNWIND range(1, 100000000) AS i WITH i WHERE i <= 5000 OR i % 7 = 9 RETURN i';
      const lines = (await (await ask({ cypher, limit: 50_000, timeoutMs: 1_500 }, asLines)).text())
        .trimEnd()
        .split('\n');
      const { problem } = JSON.parse(lines.at(-1) ?? '') as { problem?: { code: string } };
      // The lens makes rows before it shows the first and may be at its memory first.
      assert.match(problem?.code ?? (JSON.parse(lines.join('')) as { code: string }).code, /^CYPHER_(TIMEOUT|MEMORY)$/);
    });

    it('refuses a document beyond its bound and streams the same rows', async () => {
      const small = await listen({ maxCypherAnswerBytes: 1_000 });
      try {
        const body = { cypher: 'UNWIND range(1, 500) AS i RETURN i' };
        const response = await ask(body, {}, small.url);
        assert.deepEqual([response.status, await problemCode(response)], [422, 'CYPHER_ANSWER']);
        const lines = (await (await ask(body, asLines, small.url)).text()).trimEnd().split('\n');
        assert.equal(lines.length, 502);
      } finally {
        await small.close();
      }
    });

    it('is switched off by a setting, and asks for the key', async () => {
      const off = await listen({ cypher: false, apiKey: 'a-key-of-enough-length' });
      try {
        assert.equal((await ask({ cypher: 'RETURN 1' }, {}, off.url)).status, 401);
        const headers = { 'content-type': 'application/json', authorization: 'Bearer a-key-of-enough-length' };
        const response = await ask({ cypher: 'RETURN 1' }, { headers }, off.url);
        assert.deepEqual([response.status, await problemCode(response)], [403, 'CYPHER_OFF']);
      } finally {
        await off.close();
      }
    });

    it('ends the statement of a client that goes away', async () => {
      const before = await metric('hopwise_cypher_statements_total{outcome="CLIENT_GONE"}');
      const controller = new AbortController();
      const gone = ask({ cypher: SLOW }, { signal: controller.signal });
      setTimeout(() => controller.abort(), 300);
      await assert.rejects(gone, { name: 'AbortError' });
      for (let waited = 0; waited < 10_000; waited += 50) {
        if ((await metric('hopwise_cypher_statements_total{outcome="CLIENT_GONE"}')) > before) break;
        await sleep(50);
      }
      assert.equal(await metric('hopwise_cypher_statements_total{outcome="CLIENT_GONE"}'), before + 1);
      assert.equal((await ask({ cypher: 'RETURN 1 AS x' })).status, 200);
    });

    it('counts statements and rows', async () => {
      const rows = await metric('hopwise_cypher_rows_total');
      const ok = await metric('hopwise_cypher_statements_total{outcome="ok"}');
      await (await ask({ cypher: 'UNWIND [1, 2, 3] AS x RETURN x' })).text();
      assert.equal(await metric('hopwise_cypher_rows_total'), rows + 3);
      assert.equal(await metric('hopwise_cypher_statements_total{outcome="ok"}'), ok + 1);
      assert.ok((await metric('hopwise_cypher_statements_total{outcome="CYPHER_WRITE_REFUSED"}')) >= 1);
    });

    it('is in the OpenAPI document', async () => {
      const { paths } = (await (await fetch(`${server.url}/openapi.json`)).json()) as {
        paths: Record<string, unknown>;
      };
      assert.ok('/v1/cypher' in paths);
    });
  });
}

function nested(depth: number): unknown {
  let value: unknown = 1;
  for (let i = 0; i < depth; i++) value = [value];
  return value;
}
