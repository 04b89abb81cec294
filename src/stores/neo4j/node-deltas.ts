/** How what is said of each key changes in one write. */
import { NodeFold } from '../../graph/node-fold.js';
import type { EndRow, MentionRow } from '../../graph/property-rows.js';

export type Said = Pick<MentionRow, 'key' | 'surface' | 'type' | 'count'>;

interface Delta {
  readonly mentions: { readonly said: Said; readonly sign: 1 | -1 }[];
  readonly ends: { readonly end: EndRow; readonly sign: 1 | -1 }[];
  documents: number;
}

export class NodeDeltas {
  private readonly deltas = new Map<string, Delta>();

  /** Keys of which something is said that was not, or no longer. */
  keys(): string[] {
    return [...this.deltas.keys()].sort();
  }

  mention(said: Said, sign: 1 | -1): void {
    this.of(said.key).mentions.push({ said, sign });
  }

  end(end: EndRow, sign: 1 | -1): void {
    this.of(end.key).ends.push({ end, sign });
  }

  /** Documents that began or ceased to mention the key. */
  documents(key: string, change: number): void {
    if (change !== 0) this.of(key).documents += change;
  }

  /** What a document's passages mentioned before and mention now. */
  document(before: Iterable<string>, after: Iterable<string>): void {
    const was = new Set(before);
    const is = new Set(after);
    for (const key of is) if (!was.has(key)) this.documents(key, 1);
    for (const key of was) if (!is.has(key)) this.documents(key, -1);
  }

  /** @param fold of the key's node as stored; it is changed */
  apply(key: string, fold: NodeFold): void {
    const delta = this.deltas.get(key);
    if (delta === undefined) return;
    for (const { said, sign } of delta.mentions) fold.addMention(said, sign);
    for (const { end, sign } of delta.ends) fold.addEnd(end, sign);
    fold.addDocuments(delta.documents);
  }

  private of(key: string): Delta {
    let delta = this.deltas.get(key);
    if (delta === undefined) {
      delta = { mentions: [], ends: [], documents: 0 };
      this.deltas.set(key, delta);
    }
    return delta;
  }
}

export function parseFold(json: string | undefined): NodeFold {
  return json === undefined
    ? new NodeFold()
    : new NodeFold(JSON.parse(json) as ConstructorParameters<typeof NodeFold>[0]);
}

export function foldJson(fold: NodeFold): string {
  return JSON.stringify(fold.state());
}
