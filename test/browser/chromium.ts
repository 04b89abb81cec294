/** A real Chromium for the tests: the one of `CHROMIUM_PATH`, of the machine, or, as root on Debian, of its package manager. */
import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';
import { withLock } from '../neo4j/cache-folder.js';
import { canInstall, installNamed } from '../neo4j/install-packages.js';

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];
const SETUP_MS = 600_000;

function found(): string | undefined {
  return [process.env['CHROMIUM_PATH'] ?? '', ...PLACES].find((path) => path !== '' && existsSync(path));
}

async function chromiumPath(): Promise<string> {
  const report = (line: string): void => console.error(line);
  const missing = found() === undefined && canInstall();
  if (missing) await withLock('packages', async () => found() !== undefined || installNamed(['chromium'], report));
  const path = found();
  if (path !== undefined) return path;
  throw new Error('These tests need Chromium: install it, or name one in CHROMIUM_PATH.');
}

/** Starts one browser for the tests of a `describe`; what it returns gives the browser inside of tests. */
export function useChromium(): () => Browser {
  let browser: Browser | undefined;
  before('start Chromium', async function () {
    this.timeout(SETUP_MS);
    // Chromium's sandbox refuses root, as whom containers run; the pages are our own.
    const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    browser = await chromium.launch({ executablePath: await chromiumPath(), args });
  });
  after('end Chromium', async () => browser?.close());
  return () => browser!;
}
