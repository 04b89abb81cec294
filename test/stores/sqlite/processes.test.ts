import assert from 'node:assert/strict';
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { StoreLockedError } from '../../../src/errors.js';
import { EMBEDDER, made, put } from '../../contract/fixtures.js';
import { all } from '../../contract/opened-store.js';
import { openTemporary, type TemporaryStore } from './temporary-store.js';

const SCRIPT = fileURLToPath(new URL('store-process.ts', import.meta.url));

describe('several processes on one embedded store', () => {
  let temporary: TemporaryStore;
  let child: ChildProcess | undefined;

  beforeEach(async () => {
    temporary = await openTemporary();
  });
  afterEach(async () => {
    if (child !== undefined && child.exitCode === null && child.signalCode === null) {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    child = undefined;
    await temporary.dispose();
  });

  function start(role: string): ChildProcess {
    child = fork(SCRIPT, [role, temporary.folder], { execArgv: ['--import', 'tsx'] });
    return child;
  }

  /** The child's messages as they come; ends with the child. */
  async function* messages(process: ChildProcess): AsyncGenerator<Record<string, unknown>> {
    const queue: Record<string, unknown>[] = [];
    let wake = () => {};
    let ended = false;
    process.on('message', (message) => {
      queue.push(message as Record<string, unknown>);
      wake();
    });
    process.on('exit', () => {
      ended = true;
      wake();
    });
    while (queue.length > 0 || !ended) {
      const next = queue.shift();
      if (next !== undefined) yield next;
      else
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
    }
  }

  const generation = (number: number) =>
    put(
      ['a', 'b', 'c', 'd', 'e'].map((uri) =>
        made('c', { uri, title: `generation ${number}`, passages: [`${uri} ${number}`] }),
      ),
    );

  it('shows whole generations to a reader while another process commits', async () => {
    const { store } = temporary;
    const lease = await store.acquireWriter({ waitMs: 0 });
    await lease.createCollection('c', EMBEDDER);
    let latest = (await lease.commit('c', generation(1))).generation;
    const reader = start('read');
    const seen: unknown[] = [];
    let stop = false;
    const writing = (async () => {
      while (!stop) {
        latest = (await lease.commit('c', generation(latest + 1))).generation;
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    })();
    for await (const message of messages(reader)) {
      if ('torn' in message) seen.push(message);
      else if (seen.push(message['seen']) === 20) reader.send('stop');
    }
    stop = true;
    await writing;
    assert.deepEqual(
      seen.filter((one) => typeof one !== 'number'),
      [],
    );
    assert.deepEqual(
      seen,
      [...(seen as number[])].sort((a, b) => a - b),
    );
    assert.ok(seen.length >= 20);
  });

  it('tells a second writer who holds the store, and since when', async () => {
    const { store } = temporary;
    const writer = start('hold');
    await once(writer, 'message');
    const { since } = JSON.parse(readFileSync(join(temporary.folder, 'writer.json'), 'utf8')) as { since: string };
    await assert.rejects(store.acquireWriter({ waitMs: 30 }), (error: unknown) => {
      assert.ok(error instanceof StoreLockedError);
      assert.equal(error.code, 'STORE_LOCKED');
      assert.ok(
        error.message.includes(`process ${writer.pid} on ${hostname()}, writing since ${since}`),
        error.message,
      );
      assert.match(error.remedy, new RegExp(`process ${writer.pid}`));
      return true;
    });
    assert.deepEqual(await store.collections(), [], 'readers do not wait');
    const waiting = store.acquireWriter({ waitMs: 30_000 });
    writer.send('release');
    const lease = await waiting;
    await lease.createCollection('c', EMBEDDER);
    await lease.release();
  });

  it('keeps the last generation and frees the lock when a writer is killed in a transaction', async () => {
    const { store } = temporary;
    const first = await store.acquireWriter({ waitMs: 0 });
    await first.createCollection('c', EMBEDDER);
    await first.commit('c', generation(1));
    await first.release();
    const lines = await all(store.export('c'));
    const writer = start('hang');
    await once(writer, 'message');
    await assert.rejects(store.acquireWriter({ waitMs: 0 }), { name: 'StoreLockedError' });
    assert.deepEqual(
      (await store.collections()).map(({ name }) => name),
      ['c'],
    );
    writer.kill('SIGKILL');
    await once(writer, 'exit');
    const lease = await store.acquireWriter({ waitMs: 0 });
    assert.deepEqual(
      (await store.collections()).map(({ name }) => name),
      ['c'],
    );
    assert.deepEqual(await all(store.export('c')), lines);
    assert.deepEqual(await store.check(), []);
    await lease.commit('c', generation(2));
    await lease.release();
  });

  it('believes no note of a holder that is dead or unreadable', async () => {
    const { store, folder } = temporary;
    const writer = start('hold');
    await once(writer, 'message');
    writer.kill('SIGKILL');
    await once(writer, 'exit');
    const dead = readFileSync(join(folder, 'writer.json'), 'utf8');
    const lease = await store.acquireWriter({ waitMs: 0 });
    for (const note of [dead, '{', '{"pid":"x"}']) {
      writeFileSync(join(folder, 'writer.json'), note);
      await assert.rejects(store.acquireWriter({ waitMs: 0 }), {
        name: 'StoreLockedError',
        message: /held by another process/,
      });
    }
    await lease.release();
  });
});
