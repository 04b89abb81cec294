/** Finds the entity that a name means: by its key, by a spelling of it, or not at all, then with the names nearest to it. */
import { nameKey } from '../../src/graph/name-key.js';
import { type EntityView, type GraphStore, NotFoundError } from '../../src/index.js';

const PAGE = 1000;
const SUGGESTED = 5;
/** Entities compared with an unknown name before giving up on spellings; the nearest of those seen are suggested. */
const MOST_COMPARED = 200_000;

/** Every two neighbouring characters of the key, blanks at either end. */
function pairs(key: string): Set<string> {
  const padded = ` ${key} `;
  const found = new Set<string>();
  for (let i = 0; i + 2 <= padded.length; i++) found.add(padded.slice(i, i + 2));
  return found;
}

/** Dice's coefficient of the character pairs of two keys, 0..1 (Dice 1945). */
export function similarity(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let shared = 0;
  for (const pair of a) if (b.has(pair)) shared += 1;
  return (2 * shared) / (a.size + b.size);
}

async function* entitiesOf(store: GraphStore, collection: string, signal?: AbortSignal): AsyncIterable<EntityView> {
  let after: string | undefined;
  let seen = 0;
  do {
    signal?.throwIfAborted();
    const page = await store.entities(collection, { limit: PAGE, ...(after === undefined ? {} : { after }) });
    yield* page.items;
    seen += page.items.length;
    after = seen < MOST_COMPARED ? page.next : undefined;
  } while (after !== undefined);
}

/** The entity whose key is that of the name, or undefined. `e:` before a key is understood. */
export async function entityByKey(
  store: GraphStore,
  collection: string,
  name: string,
): Promise<EntityView | undefined> {
  const key = nameKey(name.startsWith('e:') ? name.slice(2) : name);
  return key === '' ? undefined : store.entity(collection, key);
}

/**
 * The entity that a name means: of its key, else the one most often mentioned that is spelled so somewhere, else the only
 * one whose key holds all words of the name.
 * @throws NotFoundError `ENTITY_NOT_FOUND`, naming the nearest
 */
export async function findEntity(
  store: GraphStore,
  collection: string,
  name: string,
  signal?: AbortSignal,
): Promise<EntityView> {
  const exact = await entityByKey(store, collection, name);
  if (exact !== undefined) return exact;
  const key = nameKey(name);
  const words = key.split(' ');
  const wanted = pairs(key);
  let spelled: EntityView | undefined;
  const holding: EntityView[] = [];
  const near: { readonly score: number; readonly entity: EntityView }[] = [];
  for await (const entity of entitiesOf(store, collection, signal)) {
    if (entity.surfaces.some((surface) => nameKey(surface) === key)) {
      if (spelled === undefined || entity.mentions > spelled.mentions) spelled = entity;
    }
    const held = new Set(entity.key.split(' '));
    const whole = key !== '' && words.every((word) => held.has(word));
    if (whole) holding.push(entity);
    near.push({ score: similarity(wanted, pairs(entity.key)) + (whole ? 1 : 0), entity });
    if (near.length > 50 * SUGGESTED) keepNearest(near);
  }
  if (spelled !== undefined) return spelled;
  if (holding.length === 1) return holding[0]!;
  keepNearest(near);
  const names = near.filter(({ score }) => score > 0.2).map(({ entity }) => `"${entity.name}"`);
  throw new NotFoundError('ENTITY_NOT_FOUND', `collection "${collection}" mentions no "${name}"`, {
    place: { field: 'entity' },
    remedy:
      names.length === 0
        ? 'Name one that the documents mention, or ask a question that ends with a question mark.'
        : `Did you mean ${names.join(', ')}? A question ends with a question mark.`,
  });
}

function keepNearest(near: { readonly score: number; readonly entity: EntityView }[]): void {
  near.sort(
    (a, b) => b.score - a.score || b.entity.mentions - a.entity.mentions || (a.entity.key < b.entity.key ? -1 : 1),
  );
  near.length = Math.min(near.length, SUGGESTED);
}
