/** Types that the relations of a passage tell of their ends: who is born is a person, where one is born is a place. */
import type { EntityType, Relation, RelationEnd } from '../../graph-schema/index.js';

const PERSON_SUBJECT =
  /^(?:be born|die|marry|have (?:wife|husband|son|daughter|brother|sister|father|mother)|be married|be educated|study)\b/;
const PERSON_OBJECT =
  /^(?:be (?:directed|written|composed|sung|painted|played|designed|invented|discovered) by|star|marry|have (?:\S+ ){0,2}(?:wife|husband|son|daughter|brother|sister|father|mother|founder|director|president|editor|author|coach|ceo|mayor)|be (?:son|daughter|brother|sister|wife|husband) of)$/;
const PLACE_OBJECT =
  /^(?:be born in|die in|be (?:located|situated|based|headquartered|raised|buried) (?:in|near|at)|live in|settle in|move to|be (?:city|town|village|community|municipality|commune|river|mountain|island|lake|park|church|district) in|be (?:north|south|east|west|northeast|northwest|southeast|southwest) of)$/;

/** Votes of each relation for the types of its ends, keyed by entity; most votes win, ties in order of first vote. */
function votes(relations: readonly Relation[]): Map<string, EntityType> {
  const tally = new Map<string, Map<EntityType, number>>();
  const vote = (end: RelationEnd, type: EntityType, weight: number): void => {
    if (end.kind !== 'entity' || end.type !== undefined) return;
    const types = tally.get(end.key) ?? new Map<EntityType, number>();
    types.set(type, (types.get(type) ?? 0) + weight);
    tally.set(end.key, types);
  };
  for (const { subject, predicate, object, negated, confidence } of relations) {
    if (negated) continue;
    if (
      predicate === 'be' &&
      object.kind === 'value' &&
      object.type !== undefined &&
      object.type !== 'date' &&
      object.type !== 'quantity'
    ) {
      vote(subject, object.type, confidence);
    }
    if (PERSON_SUBJECT.test(predicate)) vote(subject, 'person', confidence);
    if (object.kind === 'entity' && PERSON_OBJECT.test(predicate)) vote(object, 'person', confidence);
    if (object.kind === 'entity' && PLACE_OBJECT.test(predicate)) vote(object, 'place', confidence);
  }
  const out = new Map<string, EntityType>();
  for (const [key, types] of tally) {
    let best: EntityType | undefined;
    for (const [type, weight] of types) if (best === undefined || weight > types.get(best)!) best = type;
    out.set(key, best!);
  }
  return out;
}

/** The relations with types filled in where others of the passage tell them, and the types told by key. */
export function inferTypes(relations: readonly Relation[]): {
  readonly relations: Relation[];
  readonly types: ReadonlyMap<string, EntityType>;
} {
  const types = votes(relations);
  if (types.size === 0) return { relations: [...relations], types };
  const typed = (end: RelationEnd): RelationEnd => {
    const type = end.kind === 'entity' && end.type === undefined ? types.get(end.key) : undefined;
    return type === undefined ? end : { ...end, type };
  };
  return {
    relations: relations.map((relation) => ({
      ...relation,
      subject: typed(relation.subject),
      object: typed(relation.object),
    })),
    types,
  };
}
