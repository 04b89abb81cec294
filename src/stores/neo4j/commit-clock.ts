/**
 * Tells readers when nothing is being written. Neo4j shows a commit bit by bit while it applies it, and offers readers
 * no snapshot; so each commit sets a collection's clock to an odd value before and to twice its generation after, in
 * transactions of their own (a sequence lock). A reader that finds the same even value before and after has seen one
 * generation and no part of another.
 */
import type { Neo4jConnection } from './connection.js';
import { SET_CLOCK } from './statements/collection-statements.js';
import { int } from './values.js';

/** Milliseconds after which readers no longer wait for a commit whose writer was lost. */
const LONGEST_COMMIT_MS = 20_000;

export class CommitClock {
  constructor(private readonly connection: Neo4jConnection) {}

  /** A commit from this generation to the next is about to become visible. */
  begin(collection: string, generation: number): Promise<void> {
    return this.set(collection, 2 * generation + 1);
  }

  /** All of this generation is visible, and nothing else. */
  rest(collection: string, generation: number): Promise<void> {
    return this.set(collection, 2 * generation);
  }

  private async set(collection: string, value: number): Promise<void> {
    await this.connection.run('WRITE', SET_CLOCK, { collection, value: int(value), ms: int(LONGEST_COMMIT_MS) });
  }
}
