/** Nodes of entities and values: read, folded with what a write changes, and written back. */
import { TYPE_LABELS } from '../../../graph-schema/index.js';
import type { NodeFold, NodeView } from '../../graph/node-fold.js';
import { indexedText, indexedValue } from './indexed-text.js';
import type { KnownNode, NodeCache } from './node-cache.js';
import { foldJson, type NodeDeltas, parseFold } from './node-deltas.js';
import type { Run } from './statement.js';
import * as statements from './statements/write-statements.js';
import { int, pieces } from './values.js';

/** Rows of one statement: memory of the server against round trips. */
const ROWS = 5_000;

export interface WrittenNodes {
  /** Element ids of all keys that have a node now. */
  readonly elements: ReadonlyMap<string, string>;
  /** Entities that came less those that went. */
  readonly entities: number;
  /** What to remember once the write is committed; undefined: the node is gone. */
  readonly learnt: ReadonlyMap<string, KnownNode | undefined>;
}

interface CreatedNodes {
  readonly elements: readonly string[];
  readonly counts: readonly string[];
}

interface Change {
  readonly key: string;
  readonly known: KnownNode | undefined;
  readonly before: NodeView | undefined;
  readonly after: NodeView | undefined;
  readonly fold: string;
}

/** The stored nodes of the keys, from memory or the server. */
export async function knownNodes(
  run: Run,
  collection: string,
  keys: readonly string[],
  cache: NodeCache,
): Promise<Map<string, KnownNode>> {
  const found = new Map<string, KnownNode>();
  const asked: string[] = [];
  for (const key of keys) {
    const known = cache.get(key);
    if (known === undefined) asked.push(indexedValue(key));
    else found.set(key, known);
  }
  const lists = await Promise.all(
    [...pieces(asked, ROWS)].map((some) =>
      run<KnownNode & { readonly key: string }>(statements.STORED_NODES, { collection, keys: some }),
    ),
  );
  for (const { key, element, counts, fold } of lists.flat()) found.set(key, { element, counts, fold });
  return found;
}

/** Applies the deltas to the nodes. What ends in a node that goes must be deleted before. */
export async function writeNodes(
  run: Run,
  collection: string,
  deltas: NodeDeltas,
  known: ReadonlyMap<string, KnownNode>,
): Promise<WrittenNodes> {
  const changes = deltas.keys().map((key) => changeOf(key, known.get(key), deltas));
  const made = changes.filter(({ known: stored, after }) => stored === undefined && after !== undefined);
  const kept = changes.filter(({ known: stored, after }) => stored !== undefined && after !== undefined);
  const gone = changes.flatMap(({ known: stored, after }) =>
    stored && after === undefined ? [stored.element, stored.counts] : [],
  );
  const relabelled = kept.filter(({ before, after }) => labelsOf(before).join() !== labelsOf(after).join());
  const rows = made.map((change) => createRow(change));
  const [created] = await Promise.all([
    Promise.all(
      [...pieces(rows, ROWS)].map((some) => run<CreatedNodes>(statements.CREATE_NODES, { collection, rows: some })),
    ),
    ...[...pieces(kept, ROWS)].map((some) =>
      run(statements.UPDATE_COUNTS, {
        rows: some.map(({ known: stored, fold }) => ({ counts: stored!.counts, fold })),
      }),
    ),
    ...[...pieces(kept.flatMap(updateRow), ROWS)].map((some) => run(statements.UPDATE_NODES, { rows: some })),
    ...[...pieces(relabelled, ROWS)].map((some) =>
      run(statements.RELABEL_NODES, {
        rows: some.map(({ known: stored, after }) => ({ element: stored!.element, labels: labelsOf(after) })),
      }),
    ),
    ...[...pieces(gone, ROWS)].map((some) => run(statements.DELETE_NODES, { elements: some })),
  ]);
  const nodes = new Map(kept.map(({ key, known: stored }) => [key, stored as Omit<KnownNode, 'fold'>]));
  const elements = created.flat().flatMap((some) => some.elements);
  const counts = created.flat().flatMap((some) => some.counts);
  for (const [i, { key }] of made.entries()) nodes.set(key, { element: elements[i]!, counts: counts[i]! });
  const learnt = changes.map(({ key, fold }) => {
    const node = nodes.get(key);
    return [key, node && { element: node.element, counts: node.counts, fold }] as const;
  });
  const isEntity = (view: NodeView | undefined) => (view?.label === 'Entity' ? 1 : 0);
  const entities = changes.reduce((sum, { before, after }) => sum + isEntity(after) - isEntity(before), 0);
  return {
    elements: new Map([...nodes].map(([key, { element }]) => [key, element])),
    entities,
    learnt: new Map(learnt),
  };
}

function changeOf(key: string, known: KnownNode | undefined, deltas: NodeDeltas): Change {
  const fold: NodeFold = parseFold(known?.fold);
  const before = fold.view();
  deltas.apply(key, fold);
  return { key, known, before, after: fold.view(), fold: foldJson(fold) };
}

function labelsOf(view: NodeView | undefined): string[] {
  if (view === undefined) return [];
  const type = TYPE_LABELS[view.type];
  return type === undefined ? [view.label] : [view.label, type];
}

function createRow({ key, after, fold }: Change): object {
  const { value, order, full, fullOrder, long } = indexedText(key);
  return { labels: labelsOf(after), key: value, order, full, fullOrder, long, ...shownProperties(after!), fold };
}

function updateRow({ known, before, after }: Change): object[] {
  const was: Record<string, unknown> = shownProperties(before!);
  const is: Record<string, unknown> = shownProperties(after!);
  const changed = Object.entries(is).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(was[name]));
  return changed.length === 0 ? [] : [{ element: known!.element, changes: Object.fromEntries(changed) }];
}

function shownProperties(view: NodeView) {
  const { name, type } = view;
  if (view.label === 'Value') return { name, type, surfaces: null, mentions: null, passages: null, documents: null };
  const { surfaces, mentions, passages, documents } = view;
  return { name, type, surfaces, mentions: int(mentions), passages: int(passages), documents: int(documents) };
}
