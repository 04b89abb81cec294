/**
 * Nodes as a writer left them, kept for the life of its lease: nobody else can change them meanwhile, so a name on every
 * page is read once and not at every commit.
 */

export interface KnownNode {
  /** Element id, valid while the node lives. */
  readonly element: string;
  /** Its counts, as JSON. */
  readonly fold: string;
}

const MOST_KEPT = 100_000;

export class NodeCache {
  private readonly known = new Map<string, KnownNode>();
  private collection = '';

  get(collection: string, key: string): KnownNode | undefined {
    return collection === this.collection ? this.known.get(key) : undefined;
  }

  /** What a committed write has left; undefined: the node is gone. */
  learn(collection: string, nodes: ReadonlyMap<string, KnownNode | undefined>): void {
    if (collection !== this.collection) this.forget();
    this.collection = collection;
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
    this.collection = '';
  }
}
