/** `hopwise doctor`: what a person would check by hand, each with what to do when it fails. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { HopwiseError } from '../src/index.js';
import { isNeo4jUri } from '../src/neo4j-uri.js';
import { Hopwise } from './hopwise.js';
import { loadSettings, type Settings, type SettingsOverrides } from './settings.js';

export interface Check {
  readonly name: string;
  readonly ok: boolean;
  readonly detail: string;
  readonly remedy?: string;
}

const MINIMUM_NODE = [20, 19] as const;

function checkNode(version: string): Check {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const ok = major > MINIMUM_NODE[0] || (major === MINIMUM_NODE[0] && minor >= MINIMUM_NODE[1]);
  return {
    name: 'Node',
    ok,
    detail: version,
    ...(ok ? {} : { remedy: `Install Node ${MINIMUM_NODE.join('.')} or later.` }),
  };
}

async function attempt(name: string, run: () => Promise<string>): Promise<Check> {
  try {
    return { name, ok: true, detail: await run() };
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return { name, ok: false, detail, ...(error instanceof HopwiseError ? { remedy: error.remedy } : {}) };
  }
}

async function checkStore(settings: Settings): Promise<Check[]> {
  const isFolder = !isNeo4jUri(settings.store);
  const place = isFolder ? resolve(settings.store) : settings.store;
  if (isFolder && !existsSync(place))
    return [{ name: 'store', ok: true, detail: `${place} does not exist yet; the first ingest makes it` }];
  const checks: Check[] = [];
  checks.push(
    await attempt('store', async () => {
      await using hopwise = await Hopwise.open({
        store: settings.store,
        collection: settings.collection,
        create: false,
      });
      const problems = await hopwise.check();
      if (problems.length > 0) throw new Error(problems.join('; '));
      const collections = await hopwise.collections();
      return `${place}, ${collections.length} collections, integrity sound`;
    }),
  );
  checks.push(
    await attempt('index', async () => {
      await using hopwise = await Hopwise.open({
        store: settings.store,
        collection: settings.collection,
        create: false,
      });
      const found = (await hopwise.collections()).some(({ name }) => name === settings.collection);
      if (!found) return `collection "${settings.collection}" does not exist yet`;
      await hopwise.search('hopwise doctor', { k: 1 });
      return 'opens and answers a search';
    }),
  );
  return checks;
}

/** Runs all checks; never throws. */
export async function diagnose(
  overrides: SettingsOverrides,
  nodeVersion: string = process.versions.node,
): Promise<Check[]> {
  const checks = [checkNode(nodeVersion)];
  let settings: Settings | undefined;
  checks.push(
    await attempt('settings', async () => {
      settings = await loadSettings(overrides);
      const llm = settings.llm === undefined ? 'no LLM (extractive answers)' : `LLM ${settings.llm.model}`;
      return `${llm}, embedder ${settings.embedder?.model ?? 'shipped'}`;
    }),
  );
  return settings === undefined ? checks : [...checks, ...(await checkStore(settings))];
}
