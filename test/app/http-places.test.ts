import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { Places } from '../../app/http/places.js';
import { BusyError, RequestAborted } from '../../app/http/request-errors.js';
import { unlessAborted } from '../../app/http/request-signals.js';
import { gate } from './http-client.js';

describe('Places', () => {
  it('runs as many as it has places, lets four times as many wait, and refuses more', async () => {
    const places = new Places(1);
    const free = gate();
    const { signal } = new AbortController();
    const taken = Array.from({ length: 5 }, (_, i) => places.run(signal, () => free.opened.then(() => i)));
    await assert.rejects(
      places.run(signal, () => Promise.resolve(5)),
      BusyError,
    );
    free.open();
    assert.deepEqual(await Promise.all(taken), [0, 1, 2, 3, 4]);
    assert.equal(await places.run(signal, () => Promise.resolve(6)), 6);
  });

  it('holds the place of work given up until it ends, and frees the wait of what never began', async () => {
    const places = new Places(1);
    const free = gate();
    const client = new AbortController();
    const first = gate();
    const work = (): Promise<void> => {
      first.open();
      return free.opened;
    };
    const given = Array.from({ length: 5 }, () => places.run(client.signal, work));
    await first.opened;
    client.abort(new RequestAborted('client-gone'));
    for (const one of given) await assert.rejects(one, RequestAborted);
    const { signal } = new AbortController();
    let begun = false;
    const next = places.run(signal, () => {
      begun = true;
      return Promise.resolve();
    });
    await new Promise((resolve) => setImmediate(resolve));
    assert.equal(begun, false);
    free.open();
    await next;
    assert.equal(begun, true);
  });
});

describe('unlessAborted', () => {
  it('leaves no listener behind', async () => {
    const { signal } = new AbortController();
    assert.equal(await unlessAborted(Promise.resolve(1), signal), 1);
    await assert.rejects(unlessAborted(Promise.reject(new Error('own')), signal), /own/);
    assert.deepEqual(getEventListeners(signal, 'abort'), []);
  });
});
