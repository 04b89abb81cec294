import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCli } from '../../app/cli/run-cli.js';
import { Hopwise } from '../../app/hopwise.js';
import { backupLine } from '../../src/backup-lines.js';
import { all, each } from '../contract/opened-store.js';
import { memoryTerminal } from './memory-terminal.js';
import { temporaryFolder } from './temporary-folder.js';

const NAMES = ['coast', 'inland'];

describe('a backup made of exports', () => {
  const folder = temporaryFolder();
  const exports = new Map<string, string[]>();
  let backup: string[] = [];
  let stores = 0;

  before(async () => {
    await using hopwise = await Hopwise.open({ store: join(folder.path, 'first') });
    for (const collection of NAMES) {
      const content = `Ines Marlowe lives in the town ${collection}.`;
      await hopwise.ingestGiven([{ uri: `${collection}.txt`, content }], { collection });
      exports.set(collection, await all(hopwise.export({ collection })));
    }
    backup = [backupLine(NAMES), ...[...exports.values()].flat()];
  });
  after(() => folder.dispose());

  const open = (): Promise<Hopwise> => Hopwise.open({ store: join(folder.path, `store-${++stores}`) });
  const namesOf = async (hopwise: Hopwise): Promise<string[]> => (await hopwise.collections()).map(({ name }) => name);

  it('is restored by import, all of it or one collection', async () => {
    const file = join(folder.path, 'backup.jsonl');
    writeFileSync(file, `${backup.join('\n')}\n`);
    for (const wanted of [NAMES, ['inland']]) {
      const store = join(folder.path, `store-${++stores}`);
      const { terminal, stdout, stderr } = memoryTerminal();
      const one = wanted.length === 1 ? ['--collection', wanted[0]!] : [];
      const args = ['import', file, ...one, '--store', store];
      assert.equal(await runCli(args, terminal, new AbortController().signal), 0, stderr());
      const said = wanted.map((name) => `imported 1 documents, 1 passages into ${name}\n`);
      assert.equal(stdout(), said.join(''));
      await using hopwise = await Hopwise.open({ store });
      assert.deepEqual(await namesOf(hopwise), wanted);
      for (const collection of wanted) {
        assert.deepEqual((await all(hopwise.export({ collection }))).slice(1), exports.get(collection)!.slice(1));
        const { hits } = await hopwise.search('Ines Marlowe', { collection });
        assert.deepEqual(
          hits.map(({ uri }) => uri),
          [`${collection}.txt`],
        );
      }
    }
  });

  it('is not begun where a collection exists, is not in it, or the file is another', async () => {
    await using hopwise = await open();
    await hopwise.import(each(exports.get('inland')!), { collection: 'inland' });
    await assert.rejects(hopwise.restore(each(backup)), { code: 'COLLECTION_EXISTS' });
    await assert.rejects(hopwise.restore(each(backup), { collection: 'none' }), {
      code: 'COLLECTION_UNKNOWN',
      remedy: 'Choose one of: coast, inland.',
    });
    for (const lines of [exports.get('coast')!, [], ['x']])
      await assert.rejects(hopwise.restore(each(lines)), { code: 'NOT_A_BACKUP' });
    assert.deepEqual(await namesOf(hopwise), ['inland']);
    await hopwise.restore(each(backup), { collection: 'coast' });
    assert.deepEqual(await namesOf(hopwise), NAMES);
  });

  it('keeps what was whole before a break, and says that the rest is missing', async () => {
    await using hopwise = await open();
    await assert.rejects(hopwise.restore(each(backup.slice(0, -1))), /breaks off before its end record/);
    assert.deepEqual(await namesOf(hopwise), ['coast']);
    await assert.rejects(hopwise.restore(each([backupLine(['x', 'y'])])));
    await assert.rejects(hopwise.restore(each(['{"format":"hopwise-backup","version":2}'])), {
      code: 'IMPORT_BROKEN',
      place: { line: 1, field: 'version' },
    });
    await assert.rejects(hopwise.restore(each(backup), { signal: AbortSignal.abort() }));
    assert.deepEqual(await namesOf(hopwise), ['coast']);
  });
});
