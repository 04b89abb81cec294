/** The edges of a picture: one a pair of nodes, for what is stated of both, or for the passages that mention both. */
import { entityId } from '../../graph-schema/index.js';
import type { GraphStore, RelationView } from '../../src/index.js';
import type { PictureGraph, Quote } from './picture-graph.js';
import type { Sources } from './quote.js';

type Neighbours = ReadonlyMap<string, readonly { readonly key: string; readonly passages: number }[]>;

/** Quotations kept of an edge. */
const MOST_QUOTES = 12;
const MOST_SHARED_QUOTES = 3;
/** Ties of shared passages drawn beside those to the focus: the strongest of each node, so that the rest stays readable. */
const BACKBONE = 2;
const GROUPS_AT_ONCE = 100;

/** Name of the edge between two nodes, the same in either direction. */
export function edgeId(a: string, b: string): string {
  return a < b ? `${a}--${b}` : `${b}--${a}`;
}

export function sharedPassages(neighbours: Neighbours, a: string, b: string): number {
  const of = (from: string, to: string): number => neighbours.get(from)?.find(({ key }) => key === to)?.passages ?? 0;
  return Math.max(of(a, b), of(b, a));
}

/** One edge for all statements between two nodes, directed and named as the strongest says. */
export function joinByStatements(
  graph: PictureGraph,
  relations: readonly RelationView[],
  neighbours: Neighbours,
  sources: Sources,
): void {
  const pairs = new Map<string, RelationView[]>();
  for (const relation of relations) {
    const [subject, object] = [entityId(relation.subject.key), entityId(relation.object.key)];
    if (subject === object) continue;
    const id = edgeId(subject, object);
    pairs.set(id, [...(pairs.get(id) ?? []), relation]);
  }
  for (const [id, statements] of [...pairs].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const sorted = statements.sort(strongestFirst);
    const strongest = sorted[0]!;
    const passages = new Set(statements.map(({ passageId }) => passageId)).size;
    const quotes = sorted.slice(0, MOST_QUOTES).map((relation) => sources.statement(relation));
    graph.addDirectedEdgeWithKey(id, entityId(strongest.subject.key), entityId(strongest.object.key), {
      kind: 'relation',
      label: strongest.predicate,
      weight: Math.max(passages, sharedPassages(neighbours, strongest.subject.key, strongest.object.key)),
      confidence: strongest.confidence,
      negated: statements.every(({ negated }) => negated),
      hedged: statements.every(({ hedged }) => hedged),
      quotes: quotes.filter((quote) => quote !== undefined),
    });
  }
}

/** What is asserted stands before what is denied or supposed; then confidence, then the place. */
function strongestFirst(a: RelationView, b: RelationView): number {
  const doubt = (relation: RelationView): number => Number(relation.negated) + Number(relation.hedged);
  return (
    doubt(a) - doubt(b) ||
    b.confidence - a.confidence ||
    (a.passageId < b.passageId ? -1 : a.passageId > b.passageId ? 1 : a.evidence[0] - b.evidence[0])
  );
}

/** Ties of shared passages: all to the focus, and of every other node its strongest, where no statement joins them. */
export async function joinByPassages(
  graph: PictureGraph,
  focus: string,
  neighbours: Neighbours,
  context: { readonly store: GraphStore; readonly collection: string; readonly sources: Sources },
): Promise<void> {
  const wanted = new Map<string, { readonly keys: readonly [string, string]; readonly passages: number }>();
  const want = (a: string, b: string, passages: number): void => {
    const id = edgeId(entityId(a), entityId(b));
    if (!graph.hasEdge(id)) wanted.set(id, { keys: a < b ? [a, b] : [b, a], passages });
  };
  for (const [key, list] of [...neighbours].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const shown = list.filter((other) => graph.hasNode(entityId(other.key)));
    if (key === focus) for (const { key: other, passages } of shown) want(key, other, passages);
    const tied =
      graph.hasNode(entityId(key)) && (graph.degree(entityId(key)) > 0 || shown.some((o) => o.key === focus));
    for (const { key: other, passages } of shown.slice(0, tied ? BACKBONE : Math.max(BACKBONE, 1)))
      if (other !== focus && (passages > 1 || !tied)) want(key, other, passages);
  }
  const pairs = [...wanted].sort(([a], [b]) => (a < b ? -1 : 1));
  const quotes = await quoteTogether(
    pairs.map(([, { keys }]) => keys),
    context,
  );
  pairs.forEach(([id, { keys, passages }], i) => {
    graph.addUndirectedEdgeWithKey(id, entityId(keys[0]), entityId(keys[1]), {
      kind: 'mention',
      label: '',
      weight: passages,
      confidence: 1,
      negated: false,
      hedged: false,
      quotes: quotes[i] ?? [],
    });
  });
}

async function quoteTogether(
  pairs: readonly (readonly [string, string])[],
  {
    store,
    collection,
    sources,
  }: { readonly store: GraphStore; readonly collection: string; readonly sources: Sources },
): Promise<Quote[][]> {
  const passages: (readonly string[])[] = [];
  for (let i = 0; i < pairs.length; i += GROUPS_AT_ONCE) {
    passages.push(
      ...(await store.passagesMentioning(collection, pairs.slice(i, i + GROUPS_AT_ONCE), MOST_SHARED_QUOTES)),
    );
  }
  await sources.load(passages.flat());
  const mentions = await sources.mentionsOf(passages.flat());
  const spans = (id: string, key: string): Spans => mentions.get(id)?.get(key)?.spans ?? [];
  return pairs.map(([a, b], i) =>
    (passages[i] ?? []).flatMap((id) => sources.quote(id, nearest(spans(id, a), spans(id, b))) ?? []),
  );
}

type Spans = readonly (readonly [number, number])[];

/** The first two spans, one of each, that stand closest; what only a title names has no span. */
function nearest(ones: Spans, others: Spans): Spans {
  let best: Spans = [...ones.slice(0, 1), ...others.slice(0, 1)];
  let least = Number.POSITIVE_INFINITY;
  for (const one of ones) {
    for (const other of others) {
      const gap = Math.max(one[0], other[0]) - Math.min(one[1], other[1]);
      if (gap >= least) continue;
      least = gap;
      best = [one, other];
    }
  }
  return best;
}
