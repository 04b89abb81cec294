/** The lease of the one writer: every call is one transaction that also proves that the lease is still held. */
import type { QuantisedVectors, WriteBatch, WriterLease } from '../../ports/index.js';
import { leaseReleased } from '../refusals.js';
import { type AppliedBatch, applyBatch, type WrittenCollection } from './apply-batch.js';
import {
  checkNew,
  createCollection,
  deleteContentOf,
  type EmbedderStamp,
  NO_COUNTS,
  readForWriting,
  readGeneration,
  readNameState,
  trimRemovals,
  updateCollection,
} from './collection-nodes.js';
import { CommitClock } from './commit-clock.js';
import type { Neo4jConnection } from './connection.js';
import type { NodeCache } from './node-cache.js';
import { stageVectors, switchEmbedder } from './staged-vectors.js';
import { type Run, runAlone, runIn } from './statement.js';
import { FORGET_UNFINISHED, MARK_UNFINISHED, RETIRE_COLLECTION } from './statements/collection-statements.js';
import { SET_ENABLED } from './statements/write-statements.js';
import { int } from './values.js';
import type { WriterLeaseNode } from './writer-lease.js';

/** Stands for the mark of a write while an import goes on. */
const LOADING = 'loading';

type Applied = Partial<AppliedBatch>;

export class Neo4jWriter implements WriterLease {
  private readonly clock: CommitClock;
  /** Ends when the last call has ended: calls run one after another, in the order made. */
  private queue: Promise<unknown> = Promise.resolve();
  private closed = false;
  private writes = 0;

  constructor(
    private readonly connection: Neo4jConnection,
    private readonly lease: WriterLeaseNode,
    private readonly nodes: NodeCache,
    private readonly released: (writer: Neo4jWriter) => void,
  ) {
    this.clock = new CommitClock(connection);
  }

  commit(collection: string, batch: WriteBatch): Promise<{ generation: number }> {
    return this.write(collection, (run, row) => applyBatch(run, row, batch, this.nodes));
  }

  setEnabled(collection: string, documentIds: readonly string[], enabled: boolean): Promise<{ generation: number }> {
    return this.write(collection, async (run, { generation }) => {
      const ids = [...new Set(documentIds)].sort();
      await run(SET_ENABLED, { collection, ids, enabled, generation: int(generation) });
      return {};
    });
  }

  stageVectors(
    collection: string,
    embedder: EmbedderStamp,
    vectors: ReadonlyMap<string, QuantisedVectors>,
  ): Promise<void> {
    return this.exclusive(() =>
      this.connection.write(async (tx) => {
        const run = runIn(tx);
        await readForWriting(run, collection);
        await stageVectors(run, collection, embedder, vectors);
        await this.lease.assertHeld(run);
      }),
    );
  }

  switchEmbedder(collection: string, embedder: EmbedderStamp): Promise<{ generation: number }> {
    return this.write(collection, async (run, row) => {
      await switchEmbedder(run, row, embedder);
      return {};
    });
  }

  createCollection(name: string, { id, dimensions }: EmbedderStamp): Promise<void> {
    return this.exclusive(() =>
      this.creating(name, async () => ({ name, dimensions, embedder: id, generation: 0, counts: NO_COUNTS })),
    ).then(() => undefined);
  }

  deleteCollection(name: string): Promise<void> {
    return this.exclusive(async () => {
      await this.connection.write(async (tx, { unsure }) => {
        const run = runIn(tx);
        if (unsure && (await readNameState(run, name)).unfinished) return;
        await readForWriting(run, name);
        await run(RETIRE_COLLECTION, { collection: name });
        await this.lease.assertHeld(run);
      });
      this.nodes.forget();
      await this.deleteContent(name);
    });
  }

  /**
   * Makes a collection that becomes visible whole, when `load` has written its content. What `load` left is deleted
   * when it fails; what a process left that was ended meanwhile, when the name is next used.
   * @param load gives the collection with its counts; its generation is counted from the first of the name
   */
  importing(
    name: string,
    load: (writer: {
      readonly nodes: NodeCache;
      write(work: (run: Run) => Promise<AppliedBatch>): Promise<AppliedBatch>;
    }) => Promise<WrittenCollection & { readonly embedder: string }>,
  ): Promise<void> {
    return this.exclusive(async () => {
      const write = async (work: (run: Run) => Promise<AppliedBatch>) => {
        const applied = await this.connection.write(async (tx, { number }) => {
          if (number > 1) this.nodes.forget();
          const run = runIn(tx);
          const result = await work(run);
          await this.lease.assertHeld(run);
          return result;
        });
        this.nodes.learn(name, LOADING, applied.learnt);
        return applied;
      };
      this.nodes.forget();
      await this.creating(name, () => load({ nodes: this.nodes, write }), true);
      this.nodes.forget();
    });
  }

  async release(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    await this.queue;
    await this.lease.release();
    this.released(this);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.release();
  }

  /** One write that raises the generation by one. */
  private write(
    collection: string,
    work: (run: Run, row: WrittenCollection) => Promise<Applied>,
  ): Promise<{ generation: number }> {
    return this.exclusive(async () => {
      const write = this.mark();
      let began = false;
      try {
        const { generation, learnt } = await this.connection.write(async (tx, { number, unsure }) => {
          if (number > 1) this.nodes.forget();
          const run = runIn(tx);
          const { info, lastWrite } = await readForWriting(run, collection);
          if (unsure && lastWrite === write) return { generation: info.generation, learnt: undefined };
          this.nodes.begin(collection, lastWrite);
          const generation = info.generation + 1;
          const row = { name: collection, dimensions: info.embedder.dimensions, generation, counts: info.counts };
          const applied = await work(run, row);
          await Promise.all([
            updateCollection(run, { ...row, counts: applied.counts ?? info.counts }, write),
            applied.removals === true ? trimRemovals(run, collection) : undefined,
            this.lease.assertHeld(run),
          ]);
          began = true;
          await this.clock.begin(collection, info.generation);
          return { generation, learnt: applied.learnt };
        });
        await this.clock.rest(collection, generation);
        this.nodes.learn(collection, write, learnt ?? new Map());
        return { generation };
      } catch (error) {
        if (began) await this.settle(collection);
        throw error;
      }
    });
  }

  /** After a commit that failed: what is there now is all there is. */
  private async settle(collection: string): Promise<void> {
    try {
      await this.clock.rest(collection, await readGeneration(runAlone(this.connection), collection));
    } catch {
      // Readers wait a while, and the next write sets the clock.
    }
  }

  private async creating(
    name: string,
    load: () => Promise<WrittenCollection & { readonly embedder: string }>,
    hidden = false,
  ): Promise<void> {
    const state = await readNameState(runAlone(this.connection), name);
    checkNew(name, state);
    if (state.unfinished) await this.deleteContent(name);
    if (hidden) await this.connection.run('WRITE', MARK_UNFINISHED, { collection: name });
    const write = this.mark();
    try {
      const made = await load();
      const generation = state.first + made.generation;
      await this.clock.rest(name, generation);
      await this.connection.write(async (tx, { unsure }) => {
        const run = runIn(tx);
        const now = await readNameState(run, name);
        if (unsure && now.lastWrite === write) return;
        checkNew(name, now);
        await createCollection(run, { ...made, generation }, write);
        await this.lease.assertHeld(run);
      });
    } catch (error) {
      this.nodes.forget();
      if (hidden) await this.deleteContent(name).catch(() => {});
      throw error;
    }
  }

  private async deleteContent(name: string): Promise<void> {
    await deleteContentOf(this.connection, name, (run) => this.lease.assertHeld(run));
    await this.connection.run('WRITE', FORGET_UNFINISHED, { collection: name });
  }

  /** Marks this call's transaction, so that after a lost answer it can be seen whether it was committed. */
  private mark(): string {
    return `${this.lease.token}.${++this.writes}`;
  }

  private exclusive<T>(work: () => Promise<T>): Promise<T> {
    if (this.closed) return Promise.reject(leaseReleased());
    const result = this.queue.then(work);
    this.queue = result.catch(() => {
      this.nodes.forget();
    });
    return result;
  }
}
