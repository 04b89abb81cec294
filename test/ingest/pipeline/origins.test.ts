import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rename, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type IngestSummary, ingest, rootUris, walk } from '../../../ingest/index.js';
import { COLLECTION, openWorkbench, type Workbench } from './workbench.js';

describe('two folders of one name', () => {
  let bench: Workbench;
  let folder: string;

  beforeEach(async () => {
    bench = await openWorkbench();
    folder = await mkdtemp(join(tmpdir(), 'hopwise-origins-'));
    for (const owner of ['ada', 'bo']) {
      await mkdir(join(folder, owner, 'notes'), { recursive: true });
      await write(`${owner}/notes/day.md`, `# A day of ${owner}\n\nIt rained.\n`);
      await write(`${owner}/notes/${owner}.md`, `# ${owner}\n\nOnly here.\n`);
    }
  });
  afterEach(async () => {
    await bench[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  });

  const write = async (path: string, text: string): Promise<void> => {
    await writeFile(join(folder, path), text);
    await utimes(join(folder, path), 1_600_000_000, 1_600_000_000);
  };
  const run = async (path: string): Promise<IngestSummary> => {
    const roots = [join(folder, path)];
    return ingest(bench.context, walk(roots, { limits: bench.context.limits }), {
      collection: COLLECTION,
      prune: { prefixes: await rootUris(roots) },
    });
  };
  const titles = async (): Promise<string[]> =>
    (await bench.context.store.documents(COLLECTION, { limit: 10 })).items.map(({ document }) => document.title);

  it('refuses to replace what was read from another folder that is still there, and prunes none of it', async () => {
    await run('ada/notes');
    const summary = await run('bo/notes');
    assert.deepEqual(
      summary.quarantined.map(({ uri, code }) => [uri, code]),
      [['notes/day.md', 'URI_TAKEN']],
    );
    assert.ok(summary.quarantined[0]!.message.includes(join(folder, 'ada/notes/day.md')));
    assert.deepEqual(await titles(), ['ada', 'bo', 'A day of ada']);
    assert.deepEqual(await bench.context.store.failures(COLLECTION), []);
    assert.deepEqual((await run('ada/notes')).quarantined, []);
  });

  it('goes on with a corpus that was moved, and prunes what did not come along', async () => {
    await run('ada/notes');
    await rm(join(folder, 'bo'), { recursive: true });
    await rename(join(folder, 'ada'), join(folder, 'bo'));
    await rm(join(folder, 'bo/notes/ada.md'));
    await write('bo/notes/day.md', '# A day after the move\n\nIt snowed.\n');
    const summary = await run('bo/notes');
    assert.deepEqual(summary.quarantined, []);
    assert.equal(summary.deleted, 1);
    assert.deepEqual(await titles(), ['A day after the move']);
  });

  it('knows a folder that is reached by another path', async () => {
    await run('ada/notes');
    await symlink(join(folder, 'ada'), join(folder, 'home'));
    await write('ada/notes/day.md', '# A drier day\n\nIt was dry.\n');
    assert.deepEqual((await run('home/notes')).quarantined, []);
    assert.deepEqual(await titles(), ['ada', 'A drier day']);
  });

  it('prunes what the rules of the folder leave out now, though it is still there', async () => {
    await run('ada/notes');
    await write('ada/notes/.hopwiseignore', 'ada.md\n');
    assert.equal((await run('ada/notes')).deleted, 1);
  });
});
