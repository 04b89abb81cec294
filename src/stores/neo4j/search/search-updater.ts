/**
 * Brings what search keeps in Neo4j to the store's generation: batches of changed documents, each a transaction. One
 * process at a time does so, by a lease on the state's node; one that dies is succeeded by the next, which goes on from
 * the last complete generation: putting a document twice gives what putting it once does.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { StoreError } from '../../../errors.js';
import type { CollectionInfo, GraphStore } from '../../../ports/index.js';
import type { Working } from '../../../search/shared-work.js';
import { decodeTerms } from '../../../search/terms-codec.js';
import type { Neo4jConnection } from '../connection.js';
import { type Run, runIn } from '../statement.js';
import { fromBytes, int, pieces } from '../values.js';
import { searchNames } from './names.js';
import { type ChangedDocument, printOf, searchRows } from './search-rows.js';
import { clearSearch, isCurrent, SearchCounts, type SearchState } from './search-state.js';
import * as statements from './statements.js';

/** Passages put in one transaction. */
const BATCH_PASSAGES = 400;
const LINKS_AT_ONCE = 200;
/** Milliseconds without a sign of life after which another process may go on. */
const LEASE_MS = 60_000;
const POLL_MS = 100;
/** When links are counted again: as in the embedded store. */
const ALWAYS_COUNT = 5_000;
const COUNT_SHARE = 0.01;

export class SearchUpdater {
  private readonly holder = randomUUID();
  private readonly names: ReturnType<typeof searchNames>;

  constructor(
    private readonly connection: Neo4jConnection,
    private readonly store: Pick<GraphStore, 'changes'>,
    private readonly info: CollectionInfo,
    private readonly options: Working,
  ) {
    this.names = searchNames(info.name);
  }

  /** Waits for another process that is at it; whoever called looks again at what there is. */
  async run(): Promise<void> {
    const state = await this.claim();
    if (state === undefined) {
      await sleep(POLL_MS);
      return;
    }
    try {
      // Another process may have ended its work between our look and our claim.
      if (isCurrent(state, this.info)) await this.alone(statements.GIVE_UP, {});
      else await this.update(state);
    } catch (error) {
      await this.alone(statements.GIVE_UP, {}).catch(() => undefined);
      throw error;
    }
  }

  private async claim(): Promise<SearchState | undefined> {
    return this.write(async (run) => {
      const [row] = await run<{ readonly state: SearchState }>(
        statements.CLAIM,
        this.parameters({ ms: int(LEASE_MS) }),
      );
      return row?.state;
    });
  }

  private async update(found: SearchState): Promise<void> {
    const { info } = this;
    const isKnown = found.embedder === info.embedder.id && found.generation >= 0 && found.generation < info.generation;
    const changes = await this.store.changes(info.name, isKnown ? found.generation : 0);
    let state = found;
    if (changes.complete) {
      await this.clear();
      state = { ...found, documents: 0, passages: 0, length: 0, linked: 0, counted: 0, drift: 0, languages: '{}' };
      await this.makeIndexes();
    }
    const counts = SearchCounts.of(state);
    for (const some of pieces(changes.removed, BATCH_PASSAGES)) await this.putBatch(some, [], counts);
    let done = 0;
    for await (const batch of batches(changes.put)) {
      this.options.signal.throwIfAborted();
      await this.putBatch([], batch, counts);
      done += batch.length;
      this.options.onProgress({ documents: done, of: Math.max(done, info.counts.documents) });
    }
    const linked = await this.countLinks(counts);
    await this.alone(statements.FINISH, {
      state: {
        generation: int(changes.generation),
        embedder: info.embedder.id,
        dimensions: int(info.embedder.dimensions),
        documents: int(counts.documents),
        passages: int(counts.passages),
        length: int(counts.length),
        linked: int(linked ?? state.linked),
        counted: int(linked === undefined ? state.counted : counts.documents),
        drift: int(linked === undefined ? counts.drift : 0),
        languages: JSON.stringify(Object.fromEntries(counts.languages)),
      },
    });
  }

  private async makeIndexes(): Promise<void> {
    const { words, vectors, label } = this.names;
    const { dimensions } = this.info.embedder;
    await this.connection.run('WRITE', `DROP INDEX ${vectors} IF EXISTS`);
    await this.connection.run('WRITE', statements.createWordsIndex(words, label));
    await this.connection.run('WRITE', statements.createVectorIndex(vectors, label, dimensions));
    await this.connection.run('WRITE', statements.AWAIT_INDEXES);
  }

  private async clear(): Promise<void> {
    await clearSearch((statement, parameters) => this.alone(statement, parameters));
  }

  /** One transaction: nothing of the batch is seen without all of it. */
  private async putBatch(
    gone: readonly string[],
    put: readonly ChangedDocument[],
    counts: SearchCounts,
  ): Promise<void> {
    const after = await this.write(async (run) => {
      await this.renew(run);
      // A transaction that is tried again counts anew.
      const own = new SearchCounts(counts);
      const fresh = await this.changedOnly(run, put);
      const terms = new Map<number, number>();
      await this.remove(run, [...gone, ...fresh.map(({ document }) => document.id)], own, terms);
      await this.insert(run, fresh, own, terms);
      const rows = [...terms].filter(([, by]) => by !== 0).sort((a, b) => a[0] - b[0]);
      await run(
        statements.COUNT_TERMS,
        this.parameters({ rows: rows.map(([hash, by]) => ({ hash: int(hash), by: int(by) })) }),
      );
      return own;
    });
    Object.assign(counts, after);
  }

  /** Documents of which more has changed than whether they are enabled, which is set. */
  private async changedOnly(run: Run, put: readonly ChangedDocument[]): Promise<readonly ChangedDocument[]> {
    if (put.length === 0) return put;
    const rows = await run<{ readonly id: string; readonly print: string }>(
      statements.KNOWN_PRINTS,
      this.parameters({ ids: put.map(({ document }) => document.id) }),
    );
    const known = new Map(rows.map(({ id, print }) => [id, print]));
    const same = put.filter((document) => known.get(document.document.id) === printOf(document));
    const enabled = same.map(({ document }) => ({ id: document.id, enabled: document.enabled }));
    if (same.length > 0) await run(statements.SET_ENABLED, this.parameters({ rows: enabled }));
    return put.filter((document) => !same.includes(document));
  }

  private async remove(
    run: Run,
    ids: readonly string[],
    counts: SearchCounts,
    terms: Map<number, number>,
  ): Promise<void> {
    if (ids.length === 0) return;
    const parameters = this.parameters({ ids });
    const known = await run<{ readonly id: string }>(statements.KNOWN_PRINTS, parameters);
    if (known.length === 0) return;
    const held = await run<{ readonly terms: Int8Array; readonly length: number; readonly language: string }>(
      statements.HELD_PASSAGES,
      parameters,
    );
    for (const { terms: bytes, length, language } of held) {
      for (const hash of decodeTerms(fromBytes(bytes)).hashes) terms.set(hash, (terms.get(hash) ?? 0) - 1);
      counts.add(language, length, -1);
    }
    await run(statements.DELETE_PASSAGES, parameters);
    await run(statements.DELETE_DOCUMENTS, parameters);
    counts.documents -= known.length;
    counts.drift += known.length;
  }

  private async insert(
    run: Run,
    documents: readonly ChangedDocument[],
    counts: SearchCounts,
    terms: Map<number, number>,
  ): Promise<void> {
    if (documents.length === 0) return;
    const { rows, passages, aliases } = searchRows(documents, counts, terms);
    await run(statements.CREATE_DOCUMENTS, this.parameters({ rows }));
    await run(statements.createPassages(this.names.label), this.parameters({ rows: passages }));
    await run(statements.CREATE_ALIASES, this.parameters({ rows: aliases }));
    counts.documents += documents.length;
    counts.drift += documents.length;
  }

  /** Documents that another names; undefined when too little has changed to count again. */
  private async countLinks({ documents, drift }: SearchCounts): Promise<number | undefined> {
    if (drift === 0 || (documents > ALWAYS_COUNT && drift < COUNT_SHARE * documents)) return undefined;
    const ids = (await this.alone<{ readonly id: string }>(statements.DOCUMENT_IDS, {})).map(({ id }) => id);
    for (const some of pieces(ids, LINKS_AT_ONCE)) {
      await this.write(async (run) => {
        await this.renew(run);
        await run(statements.COUNT_LINKS, this.parameters({ ids: some }));
      });
      this.options.signal.throwIfAborted();
    }
    return (await this.alone<{ readonly linked: number }>(statements.LINKED, {}))[0]!.linked;
  }

  private async renew(run: Run): Promise<void> {
    const rows = await run(statements.RENEW, this.parameters({ ms: int(LEASE_MS) }));
    if (rows.length > 0) return;
    throw new StoreError('SEARCH_TAKEN_OVER', 'Another process has taken over the preparation of the search', {
      remedy: 'Ask again.',
    });
  }

  private parameters(more: Record<string, unknown>): Record<string, unknown> {
    return { collection: this.info.name, holder: this.holder, ...more };
  }

  private async alone<Row>(statement: string, more: Record<string, unknown>): Promise<Row[]> {
    const { records } = await this.connection.run('WRITE', statement, this.parameters(more));
    return records.map((record) => record.toObject() as Row);
  }

  private write<T>(work: (run: Run) => Promise<T>): Promise<T> {
    return this.connection.write((tx) => work(runIn(tx)), { signal: this.options.signal });
  }
}

async function* batches(documents: AsyncIterable<ChangedDocument>): AsyncGenerator<ChangedDocument[]> {
  let batch: ChangedDocument[] = [];
  let passages = 0;
  for await (const document of documents) {
    batch.push(document);
    passages += document.passages.length;
    if (passages < BATCH_PASSAGES) continue;
    yield batch;
    batch = [];
    passages = 0;
  }
  if (batch.length > 0) yield batch;
}
