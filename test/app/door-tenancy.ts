/** No door shows or changes anything of another collection, whatever ids, uris and names are guessed. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunningServer } from '../../app/http/server.js';
import type { Hopwise, OpenOptions } from '../../app/index.js';
import { post, silent } from './http-client.js';
import { memoryTerminal } from './memory-terminal.js';
import { temporaryFolder } from './temporary-folder.js';
import { wholeApp } from './whole-app.js';

/** Words that stand in the other collection alone. */
const SECRET = /zanzibar|quillfeather|vault/i;
const THEIRS = 'Zanzibar Quillfeather hid the vault of Norhaven. Zanzibar Quillfeather was born in Port Ellery.';
const MINE = 'Ines Marlowe kept the lighthouse of Norhaven. Ines Marlowe was born in Port Ellery.';

interface Guess {
  readonly document: string;
  readonly passage: string;
  readonly uri: string;
  readonly entity: string;
}

/** @param settings of a blank store */
export function doorTenancy(name: string, settings: () => Promise<OpenOptions>): void {
  describe(`tenants at the doors of ${name}`, function () {
    this.timeout(120_000);
    const folder = temporaryFolder();
    let options: OpenOptions;
    let hopwise: Hopwise;
    let server: RunningServer;
    let guess: Guess;
    let exportedBefore: string;

    const theirs = async (): Promise<string> => {
      const lines: string[] = [];
      for await (const line of hopwise.export({ collection: 'theirs' })) lines.push(line);
      return lines.join('\n');
    };

    before(async () => {
      options = await settings();
      const { Hopwise, startServer } = await wholeApp();
      hopwise = await Hopwise.open(options);
      const give = (collection: string, uri: string, content: string) =>
        hopwise.ingestGiven([{ uri, content, mediaType: 'text/plain', title: `On ${collection}` }], { collection });
      await give('theirs', 'vault.txt', THEIRS);
      await give('mine', 'coast.txt', MINE);
      const [found] = (await hopwise.documentPage({ collection: 'theirs', limit: 1 })).items;
      const document = found!.document.id;
      const { passageList } = await hopwise.document(document, { collection: 'theirs' });
      guess = { document, passage: passageList[0]!.id, uri: 'vault.txt', entity: 'zanzibar quillfeather' };
      exportedBefore = await theirs();
      server = await startServer(hopwise, { ...hopwise.settings.http, port: 0 }, silent);
    });
    after(async () => {
      await server?.close();
      await hopwise?.close();
      folder.dispose();
    });
    afterEach(async () => assert.equal(await theirs(), exportedBefore));

    /** What came, without what was asked, which an answer may repeat. */
    const clean = (text: string): string => {
      let left = text;
      for (const asked of [...Object.values(guess), ...ASKED]) {
        left = left.replaceAll(asked, '').replaceAll(JSON.stringify(asked).slice(1, -1), '');
      }
      return left;
    };
    const ASKED = ['Where was Zanzibar Quillfeather born?', 'Zanzibar Quillfeather', 'Zanzibar', 'vault'];

    it('has something to hide', () => assert.match(exportedBefore, SECRET));

    it('shows nothing through any HTTP route', async () => {
      const get = (path: string, method = 'GET') => fetch(`${server.url}${path}`, { method });
      const { document, passage, uri } = guess;
      const encoded = encodeURIComponent(uri);
      const filters = [{ documents: [document] }, { documents: [uri] }, { tags: ['theirs'] }];
      const ask = (path: string, body: object) => post(`${server.url}/v1${path}`, { collection: 'mine', ...body });
      const cypher = [
        'MATCH (n) RETURN n',
        'MATCH (n {collection: "theirs"}) RETURN n',
        'MATCH (d:Document {id: $document}) RETURN d',
        'MATCH (p:Passage {id: $passage}) RETURN p.text',
        'MATCH (e:Entity {key: $entity}) RETURN e.name',
        'MATCH (c:Collection) RETURN c.name',
      ];
      const responses: [string, Promise<Response>][] = [
        ['list', get('/v1/documents?collection=mine')],
        ['list after', get(`/v1/documents?collection=mine&after=${encoded}`)],
        ...[document, passage, encoded, `${document}%00`, `..%2f${document}`].map((id): [string, Promise<Response>] => [
          `document ${id}`,
          get(`/v1/documents/${id}?collection=mine`),
        ]),
        ['delete', get(`/v1/documents/${document}?collection=mine`, 'DELETE')],
        ['delete uri', get(`/v1/documents/${encoded}?collection=mine`, 'DELETE')],
        ['two collections', get(`/v1/documents/${document}?collection=mine&collection=theirs`)],
        ['no such name', get('/v1/documents?collection=mine%27%20OR%20true')],
        ['ask', ask('/ask', { question: ASKED[0] })],
        ['search', ask('/search', { query: 'Zanzibar Quillfeather' })],
        ...filters.flatMap((filter): [string, Promise<Response>][] => [
          [`ask ${JSON.stringify(filter)}`, ask('/ask', { question: ASKED[0], filter })],
          [`search ${JSON.stringify(filter)}`, ask('/search', { query: 'vault', filter })],
        ]),
        ...cypher.flatMap((statement): [string, Promise<Response>][] =>
          ['store', 'lens'].map((engine) => [
            `${engine}: ${statement}`,
            ask('/cypher', { cypher: statement, engine, params: guess }),
          ]),
        ),
        ['cypher parameter', ask('/cypher', { cypher: 'RETURN 1', params: { collection: 'theirs' } })],
      ];
      for (const [what, response] of responses) {
        const answered = await response;
        const text = await answered.text();
        assert.doesNotMatch(clean(text), SECRET, `${what}: ${text.slice(0, 400)}`);
        assert.ok(
          answered.status < 500 || answered.status === 503,
          `${what}: ${answered.status} ${text.slice(0, 200)}`,
        );
        if (what.startsWith('document ') || what.startsWith('delete')) assert.equal(answered.status, 404, what);
      }
    });

    it('still answers of its own collection by each of them', async () => {
      const [found] = (await hopwise.documentPage({ collection: 'mine', limit: 1 })).items;
      const own = await fetch(`${server.url}/v1/documents/${found!.document.id}?collection=mine`);
      assert.match(await own.text(), /Ines Marlowe/);
      const body = { collection: 'mine', cypher: 'MATCH (p:Passage) RETURN p.text', engine: 'lens' };
      assert.match(await (await post(`${server.url}/v1/cypher`, body)).text(), /Ines Marlowe/);
    });

    it('shows nothing through any command', async () => {
      const { document, passage, uri, entity } = guess;
      const config = options as { readonly neo4j?: { username: string; password: string; database: string } };
      const was = { ...process.env };
      Object.assign(process.env, {
        HOPWISE_CACHE: folder.path,
        ...(config.neo4j && {
          NEO4J_USERNAME: config.neo4j.username,
          NEO4J_PASSWORD: config.neo4j.password,
          NEO4J_DATABASE: config.neo4j.database,
        }),
      });
      const out = join(folder.path, 'export.jsonl');
      const commands: string[][] = [
        ['documents'],
        ['documents', '--json'],
        ...[document, passage, uri].flatMap((id) => [
          ['show', id],
          ['delete', id],
        ]),
        ['status', '--json'],
        ['ask', ASKED[0]!, '--json'],
        ['search', 'Zanzibar Quillfeather', '--json'],
        ['graph', entity, '--out', join(folder.path, 'g.svg')],
        ['graph', 'Norhaven', '--hops', '3', '--out', join(folder.path, 'n.svg')],
        ['export', out],
        ['book', 'run', 'most-connected'],
        ['cypher', 'MATCH (n) RETURN n', '--engine', 'lens', '--json'],
        ['cypher', `MATCH (d {id: "${document}"}) RETURN d`, '--engine', 'lens', '--json'],
        ['cypher', 'RETURN 1', '--param', 'collection=theirs'],
      ];
      try {
        for (const command of commands) {
          const { terminal, stdout, stderr } = memoryTerminal();
          const args = [...command, '--store', options.store!, '--collection', 'mine'];
          await (await wholeApp()).runCli(args, terminal, new AbortController().signal);
          assert.doesNotMatch(clean(stdout() + stderr()), SECRET, command.join(' '));
          if (config.neo4j) assert.ok(!(stdout() + stderr()).includes(config.neo4j.password), command.join(' '));
        }
      } finally {
        process.env = was;
      }
      for (const file of [out, join(folder.path, 'n.svg')]) {
        assert.ok(existsSync(file), file);
        assert.doesNotMatch(readFileSync(file, 'utf8'), SECRET, file);
      }
    });
  });
}
