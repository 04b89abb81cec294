/** The nodes of keys: made when a key first appears, named, typed and counted at the end of a build. */
import { TYPE_LABELS } from '../../../graph-schema/property-graph.js';
import { NodeFold, type NodeView } from '../../graph/node-fold.js';
import type { BuildState, KeyState, SaidOf } from './build-state.js';
import type { GrafeoDatabase } from './grafeo-engine.js';

interface KeyNode {
  readonly node: number;
  readonly labels: readonly string[];
  readonly fold: NodeFold;
}

const COUNTED = ['mentions', 'passages', 'documents'] as const;
/** Keys whose state is written at once; between them the process answers. */
const PAUSE_EVERY = 2_000;

export class KeyNodes {
  private readonly touched = new Map<string, KeyNode>();

  /** @param base the state may hold keys already */
  constructor(
    private readonly database: GrafeoDatabase,
    private readonly state: BuildState,
    private readonly collection: string,
    private readonly base: boolean,
  ) {}

  /** Makes nodes for those keys that have none. */
  async ensure(keys: Iterable<string>): Promise<void> {
    const missing: string[] = [];
    for (const key of new Set(keys)) if (this.known(key) === undefined) missing.push(key);
    if (missing.length === 0) return;
    const rows = missing.map((key) => ({ collection: this.collection, key }));
    const nodes = await this.database.batchCreateNodesWithProps([], rows);
    missing.forEach((key, i) => {
      this.touched.set(key, { node: nodes[i]!, labels: [], fold: new NodeFold() });
    });
  }

  /** Number of the key's node, which there must be. */
  node(key: string): number {
    return this.of(key).node;
  }

  mention([key, surface, type, count]: SaidOf, sign: 1 | -1): void {
    this.of(key).fold.addMention({ surface, type, count }, sign);
  }

  end([key, surface, type]: SaidOf, sign: 1 | -1): void {
    this.of(key).fold.addEnd({ surface, type }, sign);
  }

  documents(key: string, change: number): void {
    this.of(key).fold.addDocuments(change);
  }

  /**
   * Shows what was folded on the nodes of all keys that changed, and forgets those that nothing names.
   * @returns by how much the number of entities changed
   */
  async finish(onProgress: (written: number) => void): Promise<number> {
    let entities = 0;
    let written = 0;
    let states: [string, KeyState][] = [];
    for (const [key, known] of this.touched) {
      const view = known.fold.view();
      if (known.labels[0] === 'Entity') entities--;
      if (view?.label === 'Entity') entities++;
      if (view === undefined) {
        this.database.detachDeleteNode(known.node);
        this.state.removeKey(key);
      } else {
        const labels = this.show(known, view);
        states.push([key, { node: known.node, labels, fold: known.fold.state() }]);
      }
      if (++written % PAUSE_EVERY !== 0) continue;
      this.state.putKeys(states);
      states = [];
      onProgress(PAUSE_EVERY);
      await new Promise(setImmediate);
    }
    this.state.putKeys(states);
    this.touched.clear();
    return entities;
  }

  private show({ node, labels: before }: KeyNode, view: NodeView): string[] {
    const typeLabel = TYPE_LABELS[view.type];
    const labels = typeLabel === undefined ? [view.label] : [view.label, typeLabel];
    const { database } = this;
    for (const label of before) if (!labels.includes(label)) database.removeNodeLabel(node, label);
    for (const label of labels) if (!before.includes(label)) database.addNodeLabel(node, label);
    database.setNodeProperty(node, 'name', view.name);
    database.setNodeProperty(node, 'type', view.type);
    if (view.label === 'Entity') {
      database.setNodeProperty(node, 'surfaces', view.surfaces);
      for (const count of COUNTED) database.setNodeProperty(node, count, view[count]);
    } else if (before[0] === 'Entity') {
      for (const property of ['surfaces', ...COUNTED]) database.removeNodeProperty(node, property);
    }
    return labels;
  }

  private of(key: string): KeyNode {
    const known = this.known(key);
    if (known === undefined) throw new Error(`the key ${JSON.stringify(key)} has no node`);
    return known;
  }

  private known(key: string): KeyNode | undefined {
    const touched = this.touched.get(key);
    if (touched !== undefined || !this.base) return touched;
    const stored = this.state.key(key);
    if (stored === undefined) return undefined;
    const known = { node: stored.node, labels: stored.labels, fold: new NodeFold(stored.fold) };
    this.touched.set(key, known);
    return known;
  }
}
