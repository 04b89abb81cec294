import assert from 'node:assert/strict';
import { type FileAccess, type FileState, readUnchanged } from '../../../ingest/walk/read-unchanged.js';
import { textSource } from '../../../ingest/walk/text-source.js';
import { DEFAULT_LIMITS } from '../../../src/limits.js';

/** A file that `change` may alter after each read. */
function file(
  content: string,
  change: (reads: number, state: { -readonly [key in keyof FileState]: FileState[key] }) => void,
): FileAccess & { reads: number } {
  const state = { size: content.length, mtimeMs: 1, ino: 1 };
  return {
    reads: 0,
    state: () => Promise.resolve({ ...state }),
    read() {
      const bytes = Buffer.from(content.padEnd(state.size, '+').slice(0, state.size));
      change(++this.reads, state);
      return Promise.resolve(bytes);
    },
  };
}

describe('readUnchanged', () => {
  it('reads a quiet file once', async () => {
    const quiet = file('text', () => undefined);
    assert.equal((await readUnchanged(quiet, 'a', DEFAULT_LIMITS)).toString(), 'text');
    assert.equal(quiet.reads, 1);
  });

  it('reads again what changed meanwhile, and gives the new state', async () => {
    const grows = file('text', (reads, state) => {
      if (reads === 1) state.size = 6;
    });
    assert.equal((await readUnchanged(grows, 'a', DEFAULT_LIMITS)).toString(), 'text++');
    assert.equal(grows.reads, 2);
  });

  it('gives up on a file that keeps changing, whatever the sign of it', async () => {
    for (const sign of ['size', 'mtimeMs', 'ino'] as const) {
      const restless = file('text', (_, state) => {
        state[sign]++;
      });
      await assert.rejects(readUnchanged(restless, 'a.log', DEFAULT_LIMITS), {
        code: 'CHANGED_WHILE_READ',
        place: { uri: 'a.log' },
      });
      assert.equal(restless.reads, 2);
    }
  });

  it('refuses a file that outgrows the limit while it is read', async () => {
    const limits = { ...DEFAULT_LIMITS, maxFileBytes: 5 };
    const grows = file('text', (_, state) => {
      state.size = 6;
    });
    await assert.rejects(readUnchanged(grows, 'a', limits), { code: 'FILE_TOO_LARGE' });
  });
});

describe('textSource', () => {
  it('carries content and what the caller says of it', async () => {
    const ref = textSource({ uri: 'note.MD', content: 'ä', mediaType: 'text/markdown', title: 'T', tags: ['x'] });
    assert.deepEqual(
      [ref.size, ref.extension, ref.modified, ref.given?.title, ref.given?.tags],
      [2, 'md', undefined, 'T', ['x']],
    );
    const { bytes, ...rest } = await ref.open();
    assert.equal(Buffer.from(bytes).toString(), 'ä');
    assert.deepEqual(rest, { uri: 'note.MD', extension: 'md', mediaType: 'text/markdown' });
  });
});
