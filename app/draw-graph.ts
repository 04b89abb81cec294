/** Draws what a person names: decides whether it is an entity or a question, chooses, lays out and renders. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import {
  type Answer,
  answerGraph,
  entityByKey,
  findEntity,
  neighbourhoodGraph,
  type PageParts,
  type Picture,
  renderGexf,
  renderGraphml,
  renderHtml,
  renderSvg,
} from '../queries/index.js';
import { assetPath, packageRoot } from '../src/assets.js';
import { type GraphStore, HopwiseError, type Limits, UsageError } from '../src/index.js';
import type { GraphCallOptions, GraphDrawing, GraphFormat } from './options.js';

export interface GraphContext {
  readonly store: GraphStore;
  readonly limits: Limits;
  readonly collection: string;
  readonly ask: (question: string) => Promise<Answer>;
}

const MOST_HOPS = 5;
const DEFAULT_NODES = 40;

function checked(name: string, value: number, least: number, most: number): number {
  if (Number.isSafeInteger(value) && value >= least && value <= most) return value;
  throw new UsageError('BAD_GRAPH_OPTION', `${name} is ${value}`, {
    place: { field: name },
    remedy: `Give a whole number from ${least} to ${most}.`,
  });
}

/** Ends with a question mark, or begins with a question word and goes on. */
function isQuestion(text: string): boolean {
  return (
    /[?？؟]\s*$/u.test(text) ||
    /^(who|whom|whose|what|when|where|which|why|how|in (which|what))\s+\S+\s+\S+/i.test(text)
  );
}

async function pictureOf(context: GraphContext, subject: string, options: GraphCallOptions): Promise<Picture> {
  const { store, collection, limits } = context;
  const hops = checked('hops', options.hops ?? 1, 1, MOST_HOPS);
  const limit = checked(
    'limit',
    options.limit ?? Math.min(DEFAULT_NODES, limits.maxGraphNodes),
    2,
    limits.maxGraphNodes,
  );
  let focus = await entityByKey(store, collection, subject);
  if (focus === undefined && isQuestion(subject))
    return answerGraph(store, await context.ask(subject), { collection, limit });
  focus ??= await findEntity(store, collection, subject, options.signal);
  return neighbourhoodGraph(store, focus, { collection, hops, limit, types: options.types, signal: options.signal });
}

async function pageParts(): Promise<PageParts> {
  const panzoom = createRequire(import.meta.url).resolve('@panzoom/panzoom/dist/panzoom.min.js');
  const view = join(packageRoot(), 'dist', 'app', 'graph-view', 'view.js');
  try {
    const [one, two, three] = await Promise.all(
      [panzoom, view, assetPath('graph-view.css')].map((path) => readFile(path, 'utf8')),
    );
    return { panzoom: one!, view: two!, style: three! };
  } catch (cause) {
    throw new HopwiseError('PAGE_PARTS_MISSING', 'a file of the package that the page is made of cannot be read', {
      place: { uri: view },
      remedy: 'Install hopwise again, or run `npm run build` in its sources.',
      cause,
    });
  }
}

async function render(picture: Picture, format: GraphFormat): Promise<string> {
  switch (format) {
    case 'svg':
      return renderSvg(picture);
    case 'html':
      return renderHtml(picture, await pageParts());
    case 'graphml':
      return renderGraphml(picture);
    case 'gexf':
      return renderGexf(picture);
  }
}

/** @throws NotFoundError `ENTITY_NOT_FOUND`, UsageError `BAD_GRAPH_OPTION` */
export async function drawGraph(
  context: GraphContext,
  subject: string,
  options: GraphCallOptions,
): Promise<GraphDrawing> {
  const { format = 'svg' } = options;
  const picture = await pictureOf(context, subject, options);
  const { title, subtitle, graph } = picture;
  return { title, subtitle, nodes: graph.order, edges: graph.size, format, content: await render(picture, format) };
}
