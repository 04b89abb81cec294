/**
 * The neighbourhood of entities as a graph: hop by hop the neighbours most worth showing, then every statement between
 * those shown and the strongest ties of shared passages, each with its quotations. Reads are batched and bounded.
 */
import { type EntityType, entityId } from '../../graph-schema/index.js';
import type { EntityView, GraphStore, RelationView } from '../../src/index.js';
import { type Candidate, gather, ranked, roughScore, score } from './candidates.js';
import { joinByPassages, joinByStatements } from './join-nodes.js';
import { type Picture, type PictureGraph, pictureGraph } from './picture-graph.js';
import { Sources } from './quote.js';

export interface NeighbourhoodOptions {
  readonly collection: string;
  /** Steps from the entity, at least 1. */
  readonly hops: number;
  /** Nodes shown, the entity included. */
  readonly limit: number;
  /** Only entities and values of these types, beside the entity itself. Default: all. */
  readonly types?: readonly EntityType[] | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Keys of one read of ties, and candidates read for each place in the picture. */
const KEYS_AT_ONCE = 25;
const READ_PER_PLACE = 3;
const ROWS = 1000;

export async function neighbourhoodGraph(
  store: GraphStore,
  focus: EntityView,
  options: NeighbourhoodOptions,
): Promise<Picture> {
  const graph = pictureGraph();
  addEntity(graph, focus, true);
  const chosen = new Set([focus.key]);
  let frontier: readonly string[] = [focus.key];
  let seen = 1;
  for (let hop = 1; hop <= options.hops && frontier.length > 0; hop++) {
    const free = options.limit - chosen.size;
    // Half of the places that are left for every hop but the last, so that a near crowd leaves room for what is behind it.
    const places = hop === options.hops ? free : Math.ceil(free / 2);
    const around = await readAround(store, options, frontier);
    const candidates = gather(chosen, around.relations, around.neighbours);
    const found = await choose(store, options, [...candidates.values()], places);
    seen += found.seen;
    for (const { candidate, view } of found.best) {
      chosen.add(candidate.key);
      if (view === undefined) addValue(graph, candidate);
      else addEntity(graph, view, false);
    }
    frontier = found.best.filter(({ view }) => view !== undefined).map(({ candidate }) => candidate.key);
  }
  const sources = new Sources(store, options.collection);
  await joinAll(store, options, graph, focus.key, sources);
  return {
    graph,
    title: focus.name,
    subtitle: subtitle(graph, seen),
  };
}

async function joinAll(
  store: GraphStore,
  options: NeighbourhoodOptions,
  graph: PictureGraph,
  focus: string,
  sources: Sources,
): Promise<void> {
  const entities = graph
    .filterNodes((_, { kind }) => kind === 'entity')
    .map((id) => id.slice(2))
    .sort();
  const { relations, neighbours } = await readAround(store, options, entities);
  const shown = relations.filter(
    ({ subject, object }) => graph.hasNode(entityId(subject.key)) && graph.hasNode(entityId(object.key)),
  );
  await sources.load(shown.map(({ passageId }) => passageId));
  joinByStatements(graph, shown, neighbours, sources);
  await joinByPassages(graph, focus, neighbours, { store, collection: options.collection, sources });
}

function subtitle(graph: PictureGraph, seen: number): string {
  const links = `${graph.size} ${graph.size === 1 ? 'link' : 'links'}`;
  return graph.order < seen
    ? `the ${graph.order} of ${seen} nodes that are tied closest, ${links}`
    : `${graph.order} nodes, ${links}`;
}

interface Around {
  readonly relations: readonly RelationView[];
  readonly neighbours: ReadonlyMap<string, readonly { readonly key: string; readonly passages: number }[]>;
}

async function readAround(
  store: GraphStore,
  { collection, limit, signal }: NeighbourhoodOptions,
  keys: readonly string[],
): Promise<Around> {
  const relations = new Map<string, RelationView>();
  const neighbours = new Map<string, readonly { readonly key: string; readonly passages: number }[]>();
  const most = Math.min(ROWS, Math.max(100, 4 * limit));
  for (let i = 0; i < keys.length; i += KEYS_AT_ONCE) {
    signal?.throwIfAborted();
    const some = keys.slice(i, i + KEYS_AT_ONCE);
    for (const relation of await store.relationsOf(collection, some, ROWS)) {
      const { passageId, evidence, subject, predicate, object } = relation;
      relations.set([passageId, ...evidence, subject.key, predicate, object.key].join('\u0000'), relation);
    }
    for (const [key, list] of await store.neighbours(collection, some, most)) neighbours.set(key, list);
  }
  return { relations: [...relations.values()], neighbours };
}

interface Chosen {
  readonly candidate: Candidate;
  readonly view: EntityView | undefined;
  readonly score: number;
}

async function choose(
  store: GraphStore,
  { collection, types }: NeighbourhoodOptions,
  candidates: readonly Candidate[],
  places: number,
): Promise<{ readonly best: readonly Chosen[]; readonly seen: number }> {
  const rough = ranked(candidates.map((candidate) => ({ candidate, score: roughScore(candidate) })));
  // A filter on types may reject most, so more are read for it.
  const most = READ_PER_PLACE * places * (types === undefined ? 1 : 4);
  const asked = rough.slice(0, most);
  const views: { readonly candidate: Candidate; readonly view: EntityView | undefined }[] = [];
  for (let i = 0; i < asked.length; i += ROWS) {
    const some = asked.slice(i, i + ROWS).map(({ candidate }) => candidate);
    const found = await store.entitiesOf(
      collection,
      some.map(({ key }) => key),
    );
    some.forEach((candidate, at) => {
      views.push({ candidate, view: found[at] });
    });
  }
  const known = views
    .filter(({ candidate, view }) => types === undefined || types.includes(view?.type ?? candidate.type))
    .map(({ candidate, view }) => ({ candidate, view, score: score(candidate, view) }))
    .filter((one) => one.score > 0);
  return { best: ranked(known).slice(0, places), seen: types === undefined ? candidates.length : known.length };
}

function addEntity(graph: PictureGraph, entity: EntityView, focus: boolean): void {
  const { key, name, type, surfaces, mentions, passages, documents } = entity;
  const facts: [string, string][] = [
    ['mentioned', `${mentions} times, in ${passages} passages of ${documents} documents`],
  ];
  const others = surfaces.filter((surface) => surface !== name).slice(0, 8);
  if (others.length > 0) facts.push(['also', others.join(', ')]);
  graph.addNode(entityId(key), { label: name, type, kind: 'entity', focus, weight: passages, facts });
}

function addValue(graph: PictureGraph, { key, surface, type }: Candidate): void {
  graph.addNode(entityId(key), { label: surface, type, kind: 'value', focus: false, weight: 1, facts: [] });
}
