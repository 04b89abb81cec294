/** What every engine of read-only Cypher must do: answer analysts, and let nothing else happen, whatever is sent. */
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before } from 'mocha';
import { CypherError, CypherLimitError, HopwiseError } from '../../src/index.js';
import type {
  CypherLens,
  CypherParams,
  CypherValue,
  CypherWarning,
  ExploreOptions,
  GraphStore,
} from '../../src/ports/index.js';
import { ANALYST_QUERIES } from './analyst-queries.js';
import { attacks } from './cypher-attacks.js';
import { EMBEDDER, made, put } from './fixtures.js';
import { fillCorpus } from './lens-corpus.js';
import { all } from './opened-store.js';

export interface OpenedLens extends AsyncDisposable {
  readonly lens: CypherLens;
  readonly store: GraphStore;
}

export interface LensContract {
  /** A lens over a blank store, which it opens too. */
  open(): Promise<OpenedLens>;
  /** What is not in the store's export and may not change either: users, indexes, processes. */
  readonly surroundings?: () => Promise<unknown>;
}

const COLLECTION = 'c';
const LIMITS: ExploreOptions = { rows: 1_000, timeoutMs: 20_000, memoryMb: 512 };
/** Small, so that what must be stopped is stopped soon. */
const TIGHT: ExploreOptions = { rows: 1_000, timeoutMs: 1_500, memoryMb: 200 };

interface Answer {
  readonly columns: readonly string[];
  readonly generation: number;
  readonly rows: (readonly CypherValue[])[];
  readonly warnings: readonly CypherWarning[];
}

async function answer(
  lens: CypherLens,
  cypher: string,
  params: CypherParams = {},
  options: Partial<ExploreOptions> = {},
  collection = COLLECTION,
): Promise<Answer> {
  await using rows = await lens.explore(collection, cypher, params, { ...LIMITS, ...options });
  const { columns, generation, warnings } = rows;
  return { columns, generation, warnings, rows: await all(rows.rows) };
}

export function cypherLensContract(name: string, { open, surroundings = async () => undefined }: LensContract): void {
  describe(`CypherLens of ${name}`, () => {
    let opened: OpenedLens;
    const explore = (cypher: string, params?: CypherParams, options?: Partial<ExploreOptions>): Promise<Answer> =>
      answer(opened.lens, cypher, params, options);

    before('a filled collection', async function () {
      this.timeout(120_000);
      opened = await open();
      await using lease = await opened.store.acquireWriter({ waitMs: 1_000 });
      await fillCorpus(lease, COLLECTION);
    });
    after(() => opened?.[Symbol.asyncDispose]());

    describe('answers', () => {
      for (const { cypher, params, rows, unordered } of ANALYST_QUERIES) {
        it(cypher, async () => {
          const found = (await explore(cypher, params)).rows;
          assert.deepEqual(unordered ? sorted(found) : found, rows);
        });
      }

      it('names the columns and the generation', async () => {
        const { columns, generation, warnings } = await explore('MATCH (n:Value) RETURN n.key AS key, 1 AS one');
        assert.deepEqual({ columns, warnings }, { columns: ['key', 'one'], warnings: [] });
        assert.equal(generation, await opened.store.generation(COLLECTION));
      });

      it('shows nodes, relationships and paths by ids of the store', async () => {
        const { rows } = await explore('MATCH p = (a:Entity {key: "mary somerville"})-[r:STUDIED]->(b) RETURN r, p');
        const [relationship, path] = rows[0] as [Record<string, unknown>, Record<string, unknown>];
        const { kind, type, from, to } = relationship;
        assert.deepEqual([kind, type, from, to], ['relationship', 'STUDIED', 'e:mary somerville', 'e:algebra']);
        assert.deepEqual(
          (path['nodes'] as { id: string }[]).map(({ id }) => id),
          ['e:mary somerville', 'e:algebra'],
        );
        assert.deepEqual(path['relationships'], [relationship]);
        assert.deepEqual(Object.keys(relationship['properties'] as object), [
          'collection',
          'confidence',
          'document',
          'end',
          'extractor',
          'hedged',
          'negated',
          'passage',
          'position',
          'predicate',
          'start',
        ]);
      });

      it('shows a relationship without its nodes', async () => {
        const { rows } = await explore('MATCH ()-[r:MEMBER_OF]->() RETURN r');
        assert.deepEqual(
          rows.map(([r]) => [(r as { from: string }).from, (r as { to: string }).to]),
          [['e:charles babbage', 'e:royal society']],
        );
      });

      it('sets the collection', async () => {
        assert.deepEqual((await explore('RETURN $collection AS c, $x AS x', { x: [1, 2.5, 'a', null, true] })).rows, [
          [COLLECTION, [1, 2.5, 'a', null, true]],
        ]);
      });
    });

    describe('limits', () => {
      it('ends at the row limit and says so', async () => {
        const { rows, warnings } = await explore('UNWIND range(1, 5000) AS i RETURN i', {}, { rows: 3 });
        assert.deepEqual(rows, [[1], [2], [3]]);
        assert.deepEqual(
          warnings.map(({ code }) => code),
          ['CYPHER_ROWS'],
        );
        const exact = await explore('UNWIND range(1, 3) AS i RETURN i', {}, { rows: 3 });
        assert.deepEqual([exact.rows.length, exact.warnings], [3, []]);
      });

      it('streams many rows, each once and in order', async () => {
        const { rows } = await explore('UNWIND range(1, 20000) AS i RETURN i', {}, { rows: 100_000 });
        assert.equal(rows.length, 20_000);
        assert.ok(rows.every(([i], at) => i === at + 1));
      });

      it('ends the statement of a reader who breaks off', async () => {
        const rows = await opened.lens.explore(COLLECTION, 'UNWIND range(1, 100000) AS i RETURN i', {}, LIMITS);
        for await (const [i] of rows.rows) if (i === 2) break;
        assert.deepEqual((await explore('RETURN 1 AS x')).rows, [[1]]);
      });

      it('ends the statement whose signal aborts, with its reason', async () => {
        const controller = new AbortController();
        const reason = new Error('the client went away');
        const bomb = 'UNWIND range(1, 100000000) AS i WITH i WHERE i % 7 = 9 RETURN count(i)';
        const running = explore(bomb, {}, { signal: controller.signal });
        setTimeout(() => controller.abort(reason), 200);
        await assert.rejects(running, (error) => error === reason);
        await assert.rejects(
          explore('RETURN 1', {}, { signal: AbortSignal.abort(reason) }),
          (error) => error === reason,
        );
      });

      it('answers each statement with its own rows, many at once and after failures', async () => {
        const ask = (i: number): Promise<unknown> =>
          i % 3 === 0
            ? assert.rejects(explore(`RETURN $missing${i}`), { code: 'CYPHER_PARAMETER' })
            : explore('RETURN $i AS i', { i }).then(({ rows }) => assert.deepEqual(rows, [[i]]));
        for (let i = 0; i < 6; i++) await ask(i);
        await Promise.all(Array.from({ length: 12 }, (_, i) => ask(i)));
      });
    });

    describe('refusals', () => {
      const refusals: readonly (readonly [string, string, CypherParams?])[] = [
        ['MATCH (n RETURN n', 'CYPHER_SYNTAX'],
        ['RETURN', 'CYPHER_SYNTAX'],
        ['MATCH (n) RETURN m', 'CYPHER_SYNTAX'],
        ['', 'CYPHER_SYNTAX'],
        ['RETURN $missing', 'CYPHER_PARAMETER'],
        ['RETURN 1', 'CYPHER_PARAMETER', { collection: 'theirs' }],
        ['MATCH (n) DELETE n', 'CYPHER_WRITE_REFUSED'],
        [`RETURN "${'x'.repeat(30_000)}"`, 'CYPHER_SIZE'],
      ];
      for (const [cypher, code, params] of refusals) {
        it(`${cypher.slice(0, 30)} with ${code}`, async () => {
          await assert.rejects(explore(cypher, params), (error) => {
            assert.ok(error instanceof HopwiseError);
            assert.equal(error.code, code, error.message);
            assert.notEqual(error.remedy, '');
            return true;
          });
        });
      }

      it('an unknown collection', async () => {
        await assert.rejects(answer(opened.lens, 'RETURN 1', {}, {}, 'nowhere'), { code: 'COLLECTION_UNKNOWN' });
      });
    });

    describe('attacks', function () {
      this.timeout(180_000);
      const folder = mkdtempSync(join(tmpdir(), 'hopwise-attacks-'));
      const readable = join(folder, 'secret.csv');
      const writable = join(folder, 'made.csv');
      const requests: string[] = [];
      let loopback: Server;
      let url = '';
      let was: unknown;

      before('a server that must hear nothing, and what must not change', async () => {
        writeFileSync(readable, 'a,secret\n');
        loopback = createServer((request, response) => {
          requests.push(request.url ?? '');
          response.end('a,secret\n');
        });
        await new Promise<void>((resolve) => loopback.listen(0, '127.0.0.1', resolve));
        url = `http://127.0.0.1:${(loopback.address() as AddressInfo).port}`;
        was = await whatIs();
      });
      after(() => {
        loopback?.close();
        rmSync(folder, { recursive: true, force: true });
      });

      const whatIs = async (): Promise<unknown> => ({
        exported: await all(opened.store.export(COLLECTION)),
        collections: (await opened.store.collections()).map(({ name }) => name),
        around: await surroundings(),
      });

      // The names of the groups are those of any targets; the statements are made when the tests run.
      for (const group of Object.keys(attacks({ url: '', readable: '', writable: '' }))) {
        it(`refuses or stops ${group}`, async () => {
          for (const { cypher, params = {} } of attacks({ url, readable, writable })[group] ?? []) {
            const outcome = await explore(cypher, params, TIGHT).then(
              ({ rows }) => `answered with ${rows.length} rows`,
              (error: unknown) => error,
            );
            const typed = outcome instanceof CypherError || outcome instanceof CypherLimitError;
            assert.ok(typed, `${cypher.slice(0, 200)}: ${String(outcome)}`);
          }
          assert.deepEqual((await explore('RETURN 1 AS x')).rows, [[1]]);
          assert.deepEqual(requests, []);
          assert.equal(existsSync(writable), false);
          assert.deepEqual(await whatIs(), was);
        });
      }

      it('counts at least two hundred of them', () => {
        const count = Object.values(attacks({ url, readable, writable })).flat().length;
        assert.ok(count >= 200, String(count));
      });
    });

    // Last: it adds a collection, which an engine without walls between collections refuses from then on.
    describe('another collection', () => {
      before(async () => {
        await using lease = await opened.store.acquireWriter({ waitMs: 1_000 });
        await lease.createCollection('theirs', EMBEDDER);
        await lease.commit('theirs', put([made('theirs', { uri: 'secret.txt', passages: ['their secret'] })]));
      });

      it('is never shown', async () => {
        const statements = [
          'MATCH (n) RETURN n',
          'MATCH (d:Document) RETURN d.uri, d.collection',
          'MATCH (n {collection: "theirs"}) RETURN n',
          'MATCH (c:Collection) RETURN c.name',
          'MATCH (p:Passage) WHERE p.text CONTAINS "secret" RETURN p.text',
          'MATCH (n) WHERE n.collection <> $collection RETURN count(n) AS secret',
        ];
        for (const cypher of statements) {
          try {
            const { rows } = await explore(cypher);
            assert.ok(!/theirs|secret/.test(JSON.stringify(rows)), cypher);
            if (cypher.includes('count')) assert.deepEqual(rows, [[0]]);
          } catch (error) {
            assert.equal((error as HopwiseError).code, 'CYPHER_ACROSS_COLLECTIONS', String(error));
          }
        }
      });
    });
  });
}

function sorted(rows: readonly (readonly CypherValue[])[]): (readonly CypherValue[])[] {
  const key = (row: readonly CypherValue[]): string => JSON.stringify(row);
  return [...rows].sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
}
