import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { QUESTIONS } from '../../../app/demo/questions.js';
import { Hopwise } from '../../../app/hopwise.js';
import { packageRoot } from '../../../src/assets.js';
import { type DocumentSpec, EMBEDDER, made, put, relation } from '../../contract/fixtures.js';
import { all, each, exported } from '../../contract/opened-store.js';
import { useNeo4j } from '../../neo4j/shared-server.js';
import { openTemporary } from '../sqlite/temporary-store.js';
import { openBlank } from './blank-store.js';

const EXAMPLES = join(packageRoot(), 'examples', 'halvard-coast');

/** Everything of an answer but how long it took. */
const comparable = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (key, field: unknown) => (/timings?|Ms$|ingestedAt/.test(key) ? undefined : field)));

describe('the Neo4j store beside the embedded one', function () {
  this.timeout(300_000);
  const neo4j = useNeo4j();
  const folder = mkdtempSync(join(tmpdir(), 'hopwise-same-'));
  after(() => rmSync(folder, { recursive: true, force: true }));

  /** Ingests the sources into both, asks both, and takes their exports over both ways. */
  async function assertSame(name: string, sources: readonly string[], questions: readonly string[]): Promise<void> {
    await neo4j().empty();
    const { uri, username, password, database } = neo4j();
    const settings = { cache: join(folder, 'cache'), neo4j: { username, password, database } };
    await using theirs = await Hopwise.open({ store: uri, ...settings });
    await using ours = await Hopwise.open({ store: join(folder, name) });
    for (const hopwise of [theirs, ours]) await hopwise.ingest([...sources]);
    const [inNeo4j, embedded] = [await all(theirs.export()), await all(ours.export())];
    assert.ok(embedded.length > 50);
    assert.deepEqual(inNeo4j.slice(1), embedded.slice(1));
    for (const question of questions) {
      assert.deepEqual(comparable(await theirs.ask(question)), comparable(await ours.ask(question)));
      assert.deepEqual(comparable(await theirs.search(question)), comparable(await ours.search(question)));
    }
    await theirs.import(each(embedded), { collection: 'over' });
    await ours.import(each(inNeo4j), { collection: 'over' });
    const over = [await all(theirs.export({ collection: 'over' })), await all(ours.export({ collection: 'over' }))];
    assert.deepEqual(over[0]!.slice(1), over[1]!.slice(1));
    assert.deepEqual(await theirs.check(), []);
  }

  it('gives the same export, ranking and answers for the examples, and takes exports over both ways', () =>
    assertSame(
      'examples',
      [EXAMPLES],
      QUESTIONS.map(({ question }) => question),
    ));

  it('and for a corpus of lines with questions over several hops', async () => {
    const data = join(packageRoot(), 'test', 'data', 'retrieval');
    const lines = (await readFile(join(data, 'questions.jsonl'), 'utf8')).trim().split('\n');
    const questions = lines.map((line) => (JSON.parse(line) as { readonly question: string }).question);
    assert.ok(questions.length > 3);
    await assertSame('lines', [join(data, 'corpus.jsonl')], questions);
  });

  it('exports the same bytes for random documents, whatever was there before', async () => {
    const opened = await openBlank(neo4j());
    const temporary = await openTemporary();
    try {
      const leases = [
        await opened.store.acquireWriter({ waitMs: 0 }),
        await temporary.store.acquireWriter({ waitMs: 0 }),
      ];
      let round = 0;
      await fc.assert(
        fc.asyncProperty(fc.array(documents, { minLength: 1, maxLength: 3 }), async (batches) => {
          const name = `c${round++}`;
          for (const lease of leases) {
            await lease.createCollection(name, EMBEDDER);
            for (const specs of batches) await lease.commit(name, put(specs.map((spec) => made(name, spec))));
          }
          assert.deepEqual(await exported(opened.store, name), await exported(temporary.store, name));
        }),
        { numRuns: 12 },
      );
      assert.deepEqual(await opened.store.check(), []);
      for (const lease of leases) await lease.release();
    } finally {
      await temporary.dispose();
      await opened.dispose();
    }
  });
});

/** Keys and uris that Neo4j would order otherwise, or that are too long for its indexes. */
const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 6 }),
  fc.constantFrom('', 'ａ', '\u{1d400}', 'x'.repeat(1_500), `${'x'.repeat(1_500)}y`, '長'.repeat(4_000)),
);
const documents = fc.uniqueArray(
  fc.record({
    uri: text,
    title: fc.string({ unit: 'grapheme' }),
    passages: fc.array(
      fc.record({
        text: fc.string({ unit: 'grapheme', minLength: 2, maxLength: 9 }),
        mentions: fc.uniqueArray(text, { maxLength: 5 }),
        relations: fc.array(
          fc.tuple(text, fc.constantFrom('be born in', 'see'), text).map(([s, p, o]) => relation(s, p, o)),
          { maxLength: 3 },
        ),
      }),
      { maxLength: 3 },
    ),
  }) as fc.Arbitrary<DocumentSpec>,
  { minLength: 1, maxLength: 4, selector: ({ uri }) => uri },
);
