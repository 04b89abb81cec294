/**
 * Nodes as this process's last write left them, so that a name on every page is read once and not at every commit. They
 * hold as long as the collection's last write is that one.
 */

export interface KnownNode {
  /** Element id, valid while the node lives. */
  readonly element: string;
  /** Element id of the node beside it that holds its counts. */
  readonly counts: string;
  /** Its counts, as JSON. */
  readonly fold: string;
}

const MOST_KEPT = 100_000;

export class NodeCache {
  private readonly known = new Map<string, KnownNode>();
  private state = '';

  /** Forgets everything unless the collection's last write, by its mark, is the one learnt of last. */
  begin(collection: string, lastWrite: string): void {
    if (this.state !== stateOf(collection, lastWrite)) this.forget();
  }

  get(key: string): KnownNode | undefined {
    return this.known.get(key);
  }

  /** What a committed write has left; undefined: the node is gone. */
  learn(collection: string, write: string, nodes: ReadonlyMap<string, KnownNode | undefined>): void {
    this.state = stateOf(collection, write);
    for (const [key, node] of nodes) {
      // Deleted first, so that what was used last stands last.
      this.known.delete(key);
      if (node !== undefined) this.known.set(key, node);
    }
    for (const key of this.known.keys()) {
      if (this.known.size <= MOST_KEPT) break;
      this.known.delete(key);
    }
  }

  /** After a write that failed, or may have. */
  forget(): void {
    this.known.clear();
    this.state = '';
  }
}

function stateOf(collection: string, write: string): string {
  return `${write} ${collection}`;
}
