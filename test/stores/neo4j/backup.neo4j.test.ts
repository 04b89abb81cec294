import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EMBEDDER, made, put } from '../../contract/fixtures.js';
import { all, each } from '../../contract/opened-store.js';
import { useNeo4j } from '../../neo4j/shared-server.js';
import { openBlank } from './blank-store.js';

describe('a backup of a Neo4j store', function () {
  this.timeout(60_000);
  const neo4j = useNeo4j();

  it('holds the export of each collection, which can be imported, and overwrites nothing', async () => {
    const opened = await openBlank(neo4j());
    const folder = mkdtempSync(join(tmpdir(), 'hopwise-backup-'));
    try {
      await using lease = await opened.store.acquireWriter({ waitMs: 0 });
      for (const name of ['a', 'b']) {
        await lease.createCollection(name, EMBEDDER);
        await lease.commit(name, put([made(name, { uri: name, passages: [{ text: name, mentions: ['x', name] }] })]));
      }
      const path = join(folder, 'backup.jsonl');
      await opened.store.backup(path);
      const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
      const exports = [await all(opened.store.export('a')), await all(opened.store.export('b'))];
      assert.deepEqual(lines, ['{"format":"hopwise-backup","version":1,"collections":["a","b"]}', ...exports.flat()]);
      await assert.rejects(opened.store.backup(path), { code: 'BACKUP_EXISTS' });
      assert.ok(!existsSync(`${path}.partial`));
      const second = lines.findLastIndex((line) => line.startsWith('{"format":"hopwise-export"'));
      await lease.deleteCollection('b');
      await opened.store.import(lease, 'b', each(lines.slice(second)));
      assert.deepEqual((await all(opened.store.export('b'))).slice(1), exports[1]!.slice(1));
    } finally {
      rmSync(folder, { recursive: true, force: true });
      await opened.dispose();
    }
  });

  it('can be checked before: what was changed by hand is named', async () => {
    const opened = await openBlank(neo4j());
    try {
      await using lease = await opened.store.acquireWriter({ waitMs: 0 });
      await lease.createCollection('c', EMBEDDER);
      await lease.commit('c', put([made('c', { uri: 'a', passages: [{ text: 'text', mentions: ['x', 'y'] }] })]));
      assert.deepEqual(await opened.store.check(), []);
      const damage = [
        ['MATCH (e:Entity {key: "x"}) SET e.name = "other"', /"x" of c is not what its passages say/],
        ['MATCH (e:Entity {key: "x"}) SET e.name = "x"', undefined],
        ['MATCH (c:Collection) SET c.mentions = 7', /collection c has 2 mentions, but says 7/],
        ['MATCH (c:Collection) SET c.mentions = 2', undefined],
        ['MATCH (n:NodeCounts {key: "y"}) DELETE n', /"y" of c is not what its passages say/],
        ['MATCH (d:PassageData) DELETE d', /passage p\w+ of c is not whole/],
      ] as const;
      for (const [statement, problem] of damage) {
        await neo4j().driver.executeQuery(statement);
        const found = (await opened.store.check()).join('\n');
        if (problem === undefined) assert.equal(found, '');
        else assert.match(found, problem);
      }
      await assert.rejects(opened.store.changes('c', 0), { code: 'STORE_CORRUPT' });
    } finally {
      await opened.dispose();
    }
  });
});
