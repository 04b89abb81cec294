import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chdir, cwd } from 'node:process';
import { loadSettings } from '../../app/settings.js';
import { DEFAULT_LIMITS } from '../../src/limits.js';
import { temporaryFolder } from './temporary-folder.js';

describe('settings', () => {
  const folder = temporaryFolder();
  const started = cwd();
  const config = (text: string): void => writeFileSync(join(folder.path, '.hopwiserc.yaml'), text);

  before(() => chdir(folder.path));
  after(() => {
    chdir(started);
    folder.dispose();
  });

  it('let options win over the environment, the environment over the file, the file over defaults', async () => {
    config('collection: file\nhttp: { port: 1, host: 127.0.0.2 }\nlimits: { maxK: 7 }\n');
    const env = { HOPWISE_COLLECTION: 'env', HOPWISE_PORT: '2', HOPWISE_STORE: '' };
    const { collection, http, limits, store } = await loadSettings({ http: { port: 3 } }, env);
    assert.deepEqual([collection, http.port, http.host, store], ['env', 3, '127.0.0.2', '.hopwise']);
    assert.deepEqual(limits, { ...DEFAULT_LIMITS, maxK: 7 });
  });

  it('allow 0 where it means not to wait or to keep nothing, and nowhere else', async () => {
    config('limits: { writerWaitMs: 0, commitWaitMs: 0, maxKeptEvidence: 0 }\n');
    const { limits } = await loadSettings({}, {});
    assert.deepEqual([limits.writerWaitMs, limits.commitWaitMs, limits.maxKeptEvidence], [0, 0, 0]);
    config('limits: { maxK: 0 }\n');
    await assert.rejects(loadSettings({}, {}), {
      code: 'INVALID_SETTING',
      place: { field: 'limits.maxK', uri: join(folder.path, '.hopwiserc.yaml') },
    });
  });

  it('name the file that cannot be read', async () => {
    config('store: [1');
    await assert.rejects(loadSettings({}, {}), {
      name: 'UsageError',
      code: 'CONFIG_BROKEN',
      place: { uri: join(folder.path, '.hopwiserc.yaml') },
    });
  });

  it('name the field, and the text of no key', async () => {
    config('');
    await assert.rejects(loadSettings({}, { HOPWISE_API_KEY: 'short-secret' }), (error: Error) => {
      assert.match(error.message, /^http\.apiKey: /);
      assert.doesNotMatch(JSON.stringify(error) + error.message, /short-secret/);
      return true;
    });
  });
});
