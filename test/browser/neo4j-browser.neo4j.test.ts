import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { Hopwise } from '../../app/index.js';
import { TYPE_STYLES } from '../../queries/graph/index.js';
import { readQueryBook } from '../../queries/index.js';
import { assetPath, packageRoot, queryBookPath } from '../../src/assets.js';
import { temporaryFolder } from '../app/temporary-folder.js';
import { ownServer } from '../neo4j/own-server.js';
import type { OwnServer } from '../neo4j/server.js';
import { useChromium } from './chromium.js';

/** Of the SVG: what a circle is filled with and what is written in it. */
interface Circle {
  readonly fill: string;
  readonly radius: number;
  readonly caption: string;
}

describe('Neo4j Browser', () => {
  const browser = useChromium();
  const folder = temporaryFolder();
  let server: OwnServer;
  let page: Page;
  const problems: string[] = [];

  before('a Neo4j that serves its Browser and holds the examples', async function () {
    this.timeout(600_000);
    server = await ownServer({ http: true });
    const { uri, username, password, database } = server;
    await using hopwise = await Hopwise.open({
      store: uri,
      neo4j: { username, password, database },
      cache: join(folder.path, 'cache'),
    });
    await hopwise.ingest(join(packageRoot(), 'examples', 'halvard-coast'));
    page = await browser().newPage({ viewport: { width: 1400, height: 900 } });
    page.on('pageerror', (error) => problems.push(error.message));
    // Its fonts and its manufacturer's addresses are not to be had everywhere.
    page.on('console', (message) => message.text().includes('attribute') && problems.push(message.text()));
    await page.goto(`${server.http}/browser/`);
    await page.fill('[data-testid="username"]', username);
    await page.fill('[data-testid="password"]', password);
    await page.fill('[data-testid="boltaddress"]', new URL(uri).host);
    await page.click('[data-testid="connect"]');
    await page.waitForSelector(
      '[data-testid="user-details-username"], [data-testid="frameCommand"] >> text=play start',
    );
  });
  after(async () => {
    await page?.context().close();
    await server?.[Symbol.asyncDispose]();
    folder.dispose();
  });

  /** As a person drops a file onto the page. */
  async function drop(path: string): Promise<void> {
    const [name, content] = [path.replace(/^.*[/\\]/, ''), readFileSync(path).toString('base64')];
    const dataTransfer = await page.evaluateHandle(
      ([file, base64]) => {
        const transfer = new DataTransfer();
        const bytes = Uint8Array.from(atob(base64!), (character) => character.charCodeAt(0));
        transfer.items.add(new File([bytes], file!));
        return transfer;
      },
      [name, content],
    );
    for (const type of ['dragenter', 'dragover', 'drop'])
      await page.dispatchEvent('#monaco-main-editor', type, { dataTransfer });
  }

  async function run(statement: string): Promise<void> {
    await page.click('#monaco-main-editor');
    await page.keyboard.insertText(statement);
    await page.keyboard.press('Control+Enter');
  }

  it('takes the style, and shows what people try first in its colours, with names', async () => {
    await drop(assetPath('neo4j-browser.grass'));
    await page.waitForSelector('text=node.Organisation');
    await run('MATCH (a)-[r]->(b) RETURN a,r,b LIMIT 100');
    await page.waitForSelector('svg .node circle');
    const circles: Circle[] = await page.$$eval('svg .node', (nodes) =>
      nodes.map((node) => {
        const circle = node.querySelector('circle.b-outline')!;
        return {
          fill: circle.getAttribute('fill') ?? '',
          radius: Number(circle.getAttribute('r')),
          caption: [...node.querySelectorAll('text.caption')]
            .map((text) => text.textContent)
            .join(' ')
            .replaceAll(/\s+/g, ' ')
            .trim(),
        };
      }),
    );
    const { document, passage, person, place, other } = TYPE_STYLES;
    assert.deepEqual(
      [document, passage, person, place, other].map(({ fill }) => circles.some((circle) => circle.fill === fill)),
      [true, true, true, true, true],
    );
    const known = new Set(Object.values(TYPE_STYLES).map(({ fill }) => fill));
    assert.deepEqual(
      circles.filter(({ fill }) => !known.has(fill)),
      [],
      'no colour of Browser’s own',
    );
    assert.deepEqual(
      circles.filter(({ caption }) => caption.trim() === ''),
      [],
    );
    const people = circles.filter(({ fill }) => fill === person.fill).map(({ caption }) => caption);
    assert.ok(people.includes('Ines Marlowe'), `the name has room: ${people}`);
    await page.waitForTimeout(500);
    assert.deepEqual(problems, [], 'every arrow is drawn');
  });

  it('takes the query book in one drop, and a click shows rows', async () => {
    await drop(assetPath('neo4j-browser-queries.zip'));
    await page.click('button[name="Favorites"]');
    await page.getByText('hopwise', { exact: true }).first().click();
    const book = await readQueryBook(queryBookPath());
    for (const { title } of book) await page.getByText(title, { exact: true }).first().waitFor({ state: 'attached' });
    await page.getByText('Most connected entities', { exact: true }).first().click();
    await page.click('[data-testid="editor-Run"]');
    await page.waitForSelector('text=/Started streaming 20 records/');
    await page.getByText('Timeline of an entity', { exact: true }).first().click();
    await page.click('[data-testid="editor-Run"]');
    await page.waitForSelector('text=/Expected parameter\\(s\\): entity/');
    await run(":param entity => 'ines marlowe'");
    await page.waitForSelector('text=/"entity": "ines marlowe"/');
    await page.getByText('Timeline of an entity', { exact: true }).first().click();
    await page.click('[data-testid="editor-Run"]');
    await page.waitForSelector('text="\\"1898\\""');
    assert.deepEqual(problems, []);
  });
});
