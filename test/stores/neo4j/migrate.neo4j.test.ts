import assert from 'node:assert/strict';
import { Neo4jConnection } from '../../../src/stores/neo4j/connection.js';
import { migrate } from '../../../src/stores/neo4j/migrate.js';
import { type Migration, readMigrations, schemaOf, splitStatements } from '../../../src/stores/neo4j/migrations.js';
import { useNeo4j } from '../../neo4j/shared-server.js';

describe('migrations of the graph', function () {
  this.timeout(180_000);
  const neo4j = useNeo4j();
  const connections: Neo4jConnection[] = [];

  function connect(): Neo4jConnection {
    const connection = new Neo4jConnection({ ...neo4j(), retryMs: 20_000 });
    connections.push(connection);
    return connection;
  }

  async function rows(statement: string): Promise<unknown[]> {
    const { records } = await neo4j().driver.executeQuery(statement, {}, { database: neo4j().database });
    return records.map((record) => record.toObject());
  }

  function migration(number: number, ...statements: string[]): Migration {
    return { number, name: `test-${number}`, statements, checksum: statements.join() };
  }

  beforeEach(() => neo4j().empty({ schema: true }));
  after(() => neo4j().empty({ schema: true }));
  afterEach(async () => {
    await Promise.all(connections.splice(0).map((connection) => connection.close()));
  });

  it('makes all that the files name, online, and records it', async () => {
    const changes: string[] = [];
    await migrate(connect(), { onChange: (change) => changes.push(change) });
    const migrations = readMigrations();
    assert.equal(changes.length, migrations.length);
    const indexes = await rows('SHOW INDEXES YIELD name, state RETURN name, state');
    const online = new Map(indexes.map((row) => Object.values(row as object) as [string, string]));
    for (const { name } of schemaOf(migrations)) assert.equal(online.get(name), 'ONLINE', name);
    assert.deepEqual(
      await rows('MATCH (m:Migration) RETURN m.number AS number, m.name AS name ORDER BY number'),
      migrations.map(({ number, name }) => ({ number, name })),
    );
    await migrate(connect(), { onChange: () => assert.fail('the second time changed something') });
    await migrate(connect(), { readOnly: true });
  });

  it('applies each once when eight start at the same time', async () => {
    const once = [
      migration(
        1,
        'CREATE CONSTRAINT a_id IF NOT EXISTS FOR (n:A) REQUIRE n.id IS UNIQUE',
        'CREATE (:Applied {by: 1})',
      ),
      migration(2, 'CREATE INDEX a_name IF NOT EXISTS FOR (n:A) ON (n.name)', 'CREATE (:Applied {by: 2})'),
    ];
    await Promise.all(Array.from({ length: 8 }, () => migrate(connect(), { migrations: once })));
    assert.deepEqual(await rows('MATCH (a:Applied) RETURN a.by AS by ORDER BY by'), [{ by: 1 }, { by: 2 }]);
    assert.deepEqual(await rows('MATCH (m:Migration) RETURN count(m) AS n'), [{ n: 2 }]);
  });

  it('goes on where a crash left it', async () => {
    const statement = 'CREATE INDEX b_name IF NOT EXISTS FOR (n:B) ON (n.name)';
    const broken = [migration(1, 'CREATE (:B)'), migration(2, statement, 'THIS IS NO CYPHER')];
    await assert.rejects(migrate(connect(), { migrations: broken }), { code: 'STORE_FAILED' });
    assert.deepEqual(await rows('MATCH (m:Migration) RETURN m.number AS number'), [{ number: 1 }]);
    await migrate(connect(), { migrations: [broken[0]!, migration(2, statement, 'CREATE (:B)')] });
    assert.deepEqual(await rows('MATCH (b:B) RETURN count(b) AS n'), [{ n: 2 }]);
  });

  it('waits for no lock of a process that died', async () => {
    await migrate(connect(), { migrations: [] });
    const dying = connect();
    const session = dying.driver.session({ database: neo4j().database });
    const tx = await session.beginTransaction();
    await tx.run("MERGE (lock:MigrationLock {name: 'migrations'}) SET lock.taken = 0");
    const migrated = migrate(connect(), { migrations: [migration(1, 'CREATE (:C)')] });
    await dying.driver.close();
    await migrated;
    assert.deepEqual(await rows('MATCH (c:C) RETURN count(c) AS n'), [{ n: 1 }]);
  });

  it('refuses a graph of a newer version, and says what to do', async () => {
    await migrate(connect(), { migrations: [migration(1, 'CREATE (:D)'), migration(2, 'CREATE (:D)')] });
    await assert.rejects(migrate(connect(), { migrations: [migration(1, 'CREATE (:D)')] }), {
      code: 'STORE_NEWER',
      message: 'The graph has schema version 2; this hopwise knows versions up to 1',
      remedy: /Update hopwise/,
    });
  });

  it('refuses a graph whose migration is another one', async () => {
    await migrate(connect(), { migrations: [migration(1, 'CREATE (:D)')] });
    const edited = [migration(1, 'CREATE (:E)')];
    await assert.rejects(migrate(connect(), { migrations: edited }), { code: 'STORE_CORRUPT' });
  });

  it('only looks when told so', async () => {
    const connection = connect();
    await assert.rejects(migrate(connection, { readOnly: true }), { code: 'STORE_OLDER' });
    await migrate(connection);
    await neo4j().driver.executeQuery('DROP CONSTRAINT document_id', {}, { database: neo4j().database });
    await assert.rejects(migrate(connection, { readOnly: true }), {
      code: 'INDEX_MISSING',
      message: /document_id/,
    });
  });

  it('makes what someone dropped again', async () => {
    await migrate(connect());
    await neo4j().driver.executeQuery('DROP CONSTRAINT document_id', {}, { database: neo4j().database });
    const changes: string[] = [];
    await migrate(connect(), { onChange: (change) => changes.push(change) });
    assert.deepEqual(changes, ['constraint document_id was missing and is made again']);
    await migrate(connect(), { readOnly: true });
  });

  it('tells an index that could not be filled, with the cause', async () => {
    await neo4j().driver.executeQuery('CREATE (:F {text: $text})', { text: 'x'.repeat(20_000) }, neo4j());
    const filled = [migration(1, 'CREATE INDEX f_text IF NOT EXISTS FOR (n:F) ON (n.text)')];
    await assert.rejects(migrate(connect(), { migrations: filled }), {
      code: 'INDEX_OFFLINE',
      message: /f_text of the graph is FAILED: .*too large to index/,
      remedy: /DROP INDEX f_text/,
    });
    await neo4j().driver.executeQuery('DROP INDEX f_text', {}, neo4j());
    await neo4j().driver.executeQuery('MATCH (n:F) DELETE n', {}, neo4j());
    await migrate(connect(), { migrations: filled });
  });

  it('splits files at the ends of statements only', () => {
    const text = "// a; comment;\nCREATE (:A {text: 'x; y'});\n\nMATCH (n)\n// between\nSET n.x = 1 ;\n";
    assert.deepEqual(splitStatements(text), ["CREATE (:A {text: 'x; y'})", 'MATCH (n)\n\nSET n.x = 1']);
    assert.throws(() => splitStatements('CREATE (:A)'), /lacks its ";"/);
  });
});
