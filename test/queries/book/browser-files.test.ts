import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { NODE_LABELS } from '../../../graph-schema/index.js';
import { TYPE_LABELS } from '../../../graph-schema/property-graph.js';
import { bookPage, browserArchive, browserQueries, browserStyle, inkOn } from '../../../queries/browser-files.js';
import { TYPE_STYLES } from '../../../queries/graph/index.js';
import { readQueryBook } from '../../../queries/index.js';
import { assetPath, packageRoot, queryBookPath } from '../../../src/assets.js';

describe('files for Neo4j Browser', () => {
  it('are those that the script makes of the colours and the query book', async () => {
    const remedy = 'run `npm run build` and `node scripts/make-browser-files.mjs`';
    assert.equal(readFileSync(assetPath('neo4j-browser.grass'), 'utf8'), browserStyle(), remedy);
    const made = browserQueries(await readQueryBook(queryBookPath()));
    const page = bookPage(await readQueryBook(queryBookPath()));
    assert.equal(readFileSync(join(packageRoot(), 'docs', 'query-book.md'), 'utf8'), page, remedy);
    const folder = assetPath('neo4j-browser-queries');
    assert.deepEqual(readdirSync(folder).sort(), [...made.keys()].sort(), remedy);
    for (const [file, text] of made) assert.equal(readFileSync(join(folder, file), 'utf8'), text, remedy);
    const archive = browserArchive(await readQueryBook(queryBookPath()));
    assert.ok(readFileSync(assetPath('neo4j-browser-queries.zip')).equals(archive), remedy);
  });

  it('have a rule for every label, in the colour of pictures, with the name as caption', () => {
    const style = browserStyle();
    for (const label of NODE_LABELS) assert.match(style, new RegExp(`node\\.${label} \\{`));
    for (const [type, label] of Object.entries(TYPE_LABELS)) {
      if (label === undefined) continue;
      const rule = new RegExp(`node\\.${label} \\{[\\s\\S]*?\\n\\}`).exec(style)![0];
      assert.ok(rule.includes(`color: ${TYPE_STYLES[type as keyof typeof TYPE_LABELS].fill};`));
      assert.ok(rule.includes('caption: "{name}"'));
      assert.ok(style.indexOf(rule) > style.indexOf('node.Entity {'), 'a later rule wins');
    }
    assert.match(style, /relationship\.RELATED \{[\s\S]*?caption: "\{predicate\}"/);
  });

  it('have no two sizes between which Browser draws no curved arrow', () => {
    const sizes = [...browserStyle().matchAll(/diameter: (\d+)px/g)].map(([, size]) => Number(size));
    assert.ok(new Set(sizes).size > 3);
    for (const a of sizes) for (const b of sizes) assert.notEqual(a - b, 14);
  });

  it('write on every colour in the ink that reads better', () => {
    assert.equal(inkOn('#ffffff'), '#000000');
    assert.equal(inkOn('#000000'), '#ffffff');
    assert.equal(inkOn(TYPE_STYLES.quantity.fill), '#000000');
    assert.equal(inkOn(TYPE_STYLES.person.fill), '#ffffff');
  });

  it('are one statement each, with the defaults in it and the command that sets what must be given', async () => {
    const book = await readQueryBook(queryBookPath());
    for (const [file, text] of browserQueries(book)) {
      const [comments, statement] = [text.slice(0, text.indexOf('MATCH')), text.slice(text.indexOf('MATCH'))];
      const given = book.find(({ name }) => `${name}.cypher` === file)!.params.filter((param) => !('default' in param));
      assert.deepEqual(
        [...new Set([...statement.matchAll(/\$(\w+)/g)].map(([, name]) => name))].sort(),
        given.map(({ name }) => name).sort(),
      );
      for (const { name } of given)
        assert.match(comments, new RegExp(`^// First run, .*: :param ${name} => '.+'$`, 'm'), file);
      assert.match(text, /^\/\/ \S/);
      assert.match(text, /;\n$/);
      assert.equal(statement.split(';').length, 2, 'Browser shows no rows of several statements');
      for (const line of comments.trim().split('\n')) assert.match(line, /^\/\//);
    }
  });
});
