/** Reads of entities, statements and neighbourhoods. */
import type { EntityType } from '../../../graph-schema/index.js';
import type { EntityView, Page, PageRequest, RelationView } from '../../ports/index.js';
import { decodeRelations } from '../codec/contribution-codec.js';
import { checkedLimit, pageOf } from '../page.js';
import { afterPrefix, compareTexts, indexedValue, inOrder } from './indexed-text.js';
import { mergedPage, nextRows } from './read-documents.js';
import { toEntityView } from './rows.js';
import type { Run } from './statement.js';
import * as statements from './statements/entity-statements.js';
import { int } from './values.js';

export async function readEntity(run: Run, collection: string, key: string): Promise<EntityView | undefined> {
  const [row] = await run<EntityView>(statements.ENTITY, { collection, key: indexedValue(key) });
  return row === undefined ? undefined : toEntityView(row);
}

/** In the order asked. */
export async function readEntitiesOf(
  run: Run,
  collection: string,
  keys: readonly string[],
): Promise<(EntityView | undefined)[]> {
  checkedLimit(Math.max(keys.length, 1));
  const wanted = [...new Set(keys.map(indexedValue))];
  const rows = await run<EntityView>(statements.ENTITIES_OF, { collection, keys: wanted });
  const found = new Map(rows.map((row) => [row.key, toEntityView(row)]));
  return keys.map((key) => found.get(key));
}

export async function readEntities(
  run: Run,
  collection: string,
  request: PageRequest & { readonly prefix?: string; readonly type?: EntityType },
): Promise<Page<EntityView>> {
  const { limit, after, prefix = '', type = null } = request;
  const most = checkedLimit(limit);
  const start = inOrder(prefix);
  const last = after === undefined ? null : inOrder(after);
  const rows = await mergedPage<EntityView>(run, statements.ENTITY_PAGE, {
    collection,
    from: last !== null && last > start ? last : start,
    to: afterPrefix(start),
    after: last,
    type,
    limit: int(most + 1),
  });
  const held = rows.filter(({ key }) => key.startsWith(prefix));
  return pageOf(
    nextRows(held, ({ key }) => key, most, after),
    most,
    toEntityView,
    ({ key }) => key,
  );
}

/** All entities in key order, page by page. */
export async function* entitiesInOrder(run: Run, collection: string): AsyncGenerator<EntityView> {
  let after: string | undefined;
  do {
    const page = await readEntities(run, collection, { limit: 1000, ...(after === undefined ? {} : { after }) });
    yield* page.items;
    after = page.next;
  } while (after !== undefined);
}

export async function readRelationsOf(
  run: Run,
  collection: string,
  keys: readonly string[],
  limit: number,
): Promise<RelationView[]> {
  const rows = await run<{
    readonly passage: string;
    readonly document: string;
    readonly positions: readonly number[];
    readonly contribution: string;
  }>(statements.STATEMENTS_OF, {
    collection,
    keys: [...new Set(keys)].map(indexedValue),
    limit: int(checkedLimit(limit)),
  });
  const found = rows.flatMap(({ passage, document, positions, contribution }) => {
    const relations = decodeRelations(contribution);
    return positions.map((position) => ({
      position,
      view: { ...relations[position]!, passageId: passage, documentId: document },
    }));
  });
  return found
    .sort(
      (a, b) =>
        b.view.confidence - a.view.confidence ||
        compareTexts(a.view.passageId, b.view.passageId) ||
        a.position - b.position,
    )
    .map(({ view }) => view);
}

export async function readNeighbours(
  run: Run,
  collection: string,
  keys: readonly string[],
  limit: number,
): Promise<Map<string, { readonly key: string; readonly passages: number }[]>> {
  const rows = await run<{ readonly key: string; readonly neighbours: readonly [string, number][] }>(
    statements.NEIGHBOURS,
    { collection, keys: [...new Set(keys)].map(indexedValue), limit: int(checkedLimit(limit)) },
  );
  const found = new Map(rows.map((row) => [row.key, row.neighbours]));
  return new Map(
    keys.map((key) => {
      const neighbours = found.get(indexedValue(key)) ?? [];
      return [key, neighbours.map(([other, passages]) => ({ key: other, passages }))] as const;
    }),
  );
}

export async function readPassagesMentioning(
  run: Run,
  collection: string,
  groups: readonly (readonly string[])[],
  limit: number,
): Promise<string[][]> {
  const found = groups.map((): string[] => []);
  const asked = groups.map((keys, number) => ({ number: int(number), keys: [...new Set(keys)].map(indexedValue) }));
  const rows = await run<{ readonly number: number; readonly passages: string[] }>(statements.PASSAGES_MENTIONING, {
    collection,
    groups: asked.filter(({ keys }) => keys.length > 0),
    limit: int(checkedLimit(limit)),
  });
  for (const { number, passages } of rows) found[number] = passages;
  return found;
}
