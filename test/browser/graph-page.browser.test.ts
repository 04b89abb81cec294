import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { Hopwise } from '../../app/index.js';
import { packageRoot } from '../../src/assets.js';
import { temporaryFolder } from '../app/temporary-folder.js';
import { useChromium } from './chromium.js';

const QUESTION = 'In which town was the designer of the lighthouse kept by Ines Marlowe born?';
const HOSTILE = [
  '</script><script>window.taken = 1</script>',
  '<img src=x onerror="window.taken = 2">',
  ']]><svg onload="window.taken = 3">',
  '&lt;b&gt; \' " \u2028 \u0001 javascript:window.taken=4',
];

interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** More than a pixel of both. */
function hit(a: Box, b: Box): boolean {
  return a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1;
}

describe('page of a picture in Chromium', () => {
  const browser = useChromium();
  const folder = temporaryFolder();
  const files = { entity: '', question: '', hostile: '', svg: '' };

  before(async () => {
    await using hopwise = await Hopwise.open({ store: join(folder.path, 'store') });
    await hopwise.ingest(join(packageRoot(), 'examples', 'halvard-coast'));
    await hopwise.ingestGiven([
      {
        uri: `evil/${HOSTILE[0]}.md`,
        title: `Quill Harbour ${HOSTILE.join(' ')}`,
        content: `# Quill Harbour\n\nQuill Harbour was founded by Oona ${HOSTILE.join(' Brask ')} Tarn. Quill Harbour lies near Drum Point ${HOSTILE.join(' ')}.`,
      },
    ]);
    const draw = async (name: keyof typeof files, subject: string): Promise<void> => {
      const format = name === 'svg' ? 'svg' : 'html';
      const { content } = await hopwise.graph(subject, { format, limit: 30, hops: name === 'svg' ? 2 : 1 });
      const file = join(folder.path, `${name}.${format}`);
      writeFileSync(file, content);
      files[name] = pathToFileURL(file).href;
    };
    await draw('entity', 'Ines Marlowe');
    await draw('question', QUESTION);
    await draw('hostile', 'Quill Harbour');
    await draw('svg', 'Norhaven');
  });
  after(() => folder.dispose());

  /** Opens without a network and tells everything that went wrong. */
  async function opened(url: string): Promise<{ page: Page; problems: string[] }> {
    const context = await browser().newContext({ offline: true, reducedMotion: 'reduce' });
    const page = await context.newPage();
    await page.setViewportSize({ width: 1200, height: 760 });
    const problems: string[] = [];
    page.on('console', (message) => problems.push(`${message.type()}: ${message.text()}`));
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('request', (request) => request.url() === url || problems.push(`request ${request.url()}`));
    await page.goto(url);
    await page.waitForFunction(() => getComputedStyle(document.getElementById('drawing')!).transform !== 'none');
    await page.waitForTimeout(50);
    return { page, problems };
  }

  /** The drawing's transform once it rests: changes are drawn with the next frame. */
  async function matrix(page: Page): Promise<number[]> {
    for (let before = ''; ; ) {
      await page.waitForTimeout(60);
      const now = await page.evaluate(() => getComputedStyle(document.getElementById('drawing')!).transform);
      if (now === before) return now.replace('matrix(', '').split(',').map(Number.parseFloat);
      before = now;
    }
  }

  const scale = (page: Page): Promise<number> => matrix(page).then(([a]) => a!);
  const place = (page: Page): Promise<number> => matrix(page).then(([, , , , e]) => e!);

  /** Clicks in the middle of the line between two nodes. */
  async function clickEdge(page: Page, id: string): Promise<void> {
    const box = (await page.locator(`.edge[data-id="${id}"] .line`).boundingBox())!;
    await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  }

  it('shows the evidence of a line on click: sentence, document, characters', async () => {
    const { page, problems } = await opened(files.entity);
    assert.equal(await page.locator('#panel').isVisible(), false);
    await clickEdge(page, 'e:harun osei--e:ines marlowe');
    const text = await page.locator('#panel').textContent();
    assert.match(text ?? '', /Harun Osei · follow · Ines Marlowe/);
    assert.match(text ?? '', /confidence 0\.\d\d/);
    const quote = await page.locator('#panel blockquote').first().textContent();
    assert.match(quote!, /He followed Ines Marlowe/);
    const caption = await page.locator('#panel figcaption').first().textContent();
    const [, uri, start, end] = /(halvard-coast\/\S+?), characters (\d+)–(\d+)/.exec(caption ?? '')!;
    await using hopwise = await Hopwise.open({ store: join(folder.path, 'store') });
    const document = await hopwise.document(uri!);
    assert.equal(
      document.text.slice(Number(start), Number(end)).replaceAll(/\s+/g, ' '),
      quote!.replaceAll(/\s+/g, ' '),
      'the quotation is those characters of the document',
    );
    assert.deepEqual(problems, []);
    await page.context().close();
  });

  it('zooms by wheel, button and key, moves by dragging and arrows, and fits again', async () => {
    const { page, problems } = await opened(files.entity);
    const start = await scale(page);
    await page.mouse.move(600, 400);
    await page.mouse.wheel(0, -240);
    const wheeled = await scale(page);
    assert.ok(wheeled > start * 1.1, `${wheeled} after ${start}`);
    await page.click('#zoom-in');
    const clicked = await scale(page);
    assert.ok(clicked > wheeled * 1.1);
    await page.keyboard.press('-');
    assert.ok((await scale(page)) < clicked);
    await page.keyboard.press('0');
    assert.ok(Math.abs((await scale(page)) - start) < 1e-6);
    const before = await place(page);
    await page.mouse.move(60, 600);
    await page.mouse.down();
    await page.mouse.move(160, 620, { steps: 4 });
    await page.mouse.up();
    assert.ok(Math.abs((await place(page)) - before - 100) < 2, 'dragged by a hundred pixels');
    assert.equal(await page.locator('#panel').isVisible(), false, 'dragging selects nothing');
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    await page.keyboard.press('ArrowLeft');
    assert.ok(Math.abs((await place(page)) - before - 160) < 2);
    assert.deepEqual(problems, []);
    await page.context().close();
  });

  it('is used by keyboard alone: find, walk to a node, open its links, close', async () => {
    const { page, problems } = await opened(files.entity);
    await page.keyboard.press('/');
    await page.keyboard.type('skerrow light');
    assert.equal(await page.locator('#found').textContent(), '1 found');
    await page.keyboard.press('Enter');
    assert.equal(await page.locator('#panel h2').textContent(), 'Skerrow Light');
    await page.keyboard.press('Escape');
    assert.equal(await page.locator('#panel').isVisible(), false);
    await page.locator('.node[data-id="e:ines marlowe"]').focus();
    await page.keyboard.press('Enter');
    assert.equal(await page.locator('#panel h2').textContent(), 'Ines Marlowe');
    await page.locator('#panel .ties button', { hasText: 'be born in' }).focus();
    await page.keyboard.press('Enter');
    assert.match((await page.locator('#panel blockquote').first().textContent()) ?? '', /born in Tolland/);
    assert.deepEqual(problems, []);
    await page.context().close();
  });

  it('hides a type and what is tied to it', async () => {
    const { page } = await opened(files.entity);
    await page.locator('#legend label', { hasText: 'place' }).click();
    assert.equal(await page.locator('.node.place').first().isVisible(), false);
    assert.equal(await page.locator('.node.person').first().isVisible(), true);
    assert.equal(await page.locator('.edge[data-id="e:ines marlowe--e:tolland"]').isVisible(), false);
    await page.context().close();
  });

  it('shows the path of an answer with its passages and documents', async () => {
    const { page, problems } = await opened(files.question);
    assert.equal(await page.locator('h1').textContent(), QUESTION);
    for (const type of ['question', 'passage', 'document'])
      assert.ok((await page.locator(`.node.${type}`).count()) > 0);
    assert.equal(await page.locator('.node[data-id="e:port ellery"]').count(), 1, 'the answer is shown');
    assert.ok((await page.locator('.edge.path').count()) >= 3);
    assert.deepEqual(problems, []);
    await page.context().close();
  });

  it('lets no text of a document run', async () => {
    const { page, problems } = await opened(files.hostile);
    for (const node of await page.locator('.node').all()) {
      await node.focus();
      await page.keyboard.press('Enter');
    }
    for (const edge of await page.locator('.edge').all()) await edge.dispatchEvent('click', { clientX: 0, clientY: 0 });
    assert.equal(await page.evaluate(() => 'taken' in window), false);
    assert.equal(await page.locator('#panel img, #panel script, svg img').count(), 0);
    assert.match(
      (await page.locator('#panel').textContent()) ?? '',
      /<img src=x onerror/,
      'it is shown as it is written',
    );
    assert.deepEqual(problems, []);
    await page.context().close();
  });

  it('keeps labels apart as the browser really draws them, in the page and in the static picture', async () => {
    for (const url of [files.entity, files.question, files.svg]) {
      const page = await browser().newPage();
      await page.goto(url);
      const nodes = await page.evaluate(() =>
        [...document.querySelectorAll('.node')].map((node) => ({
          name: node.querySelector('title')!.textContent,
          boxes: ['.shape', 'text:not(.mark)']
            .map((part) => node.querySelector(part)!.getBoundingClientRect())
            .map(({ left, top, right, bottom }) => ({ left, top, right, bottom })),
        })),
      );
      assert.ok(nodes.length > 10);
      const overlaps = nodes.flatMap((a, i) =>
        nodes
          .slice(i + 1)
          .filter((b) => a.boxes.some((one) => b.boxes.some((other) => hit(one, other))))
          .map((b) => `${a.name} on ${b.name}`),
      );
      assert.deepEqual(overlaps, [], url);
      await page.close();
    }
  });
});
