/**
 * What one passage leads to: documents that it names, passages that share a bridge entity with it, and passages that
 * answer what it leaves open. Independent of scores, so one neighbourhood serves every round of a question.
 */
import type { FirstStage } from './first-stage.js';
import type { QuestionView } from './question-view.js';
import { TopK } from './top-k.js';

/** Passages that a bridge entity may have. */
const MOST_BRIDGED = 100;
/** Best passages a bridge entity, and best by residual BM25, that become candidates. */
const PER_BRIDGE = 3;
const BY_RESIDUAL = 10;
/** What a bridge counts without residual BM25, and a sentence without relation words. */
const FLOOR = 0.1;

/** A document that the passage names: the greatest weight, and weight times coverage of the naming sentence. */
export interface OutLink {
  weight: number;
  relation: number;
  full: number;
  /** Weight times likeness of the naming sentence to the question without its names. */
  likeness: number;
  /** Weight times (coverage of relation words + likeness). */
  both: number;
  /** How few passages name the document, 0..1. */
  readonly specificity: number;
  /** Sentence of `relation`, or of `weight` when no relation word stands there. */
  row: number;
}

/** A passage that shares a bridge entity: strengths as in `ROUND_FEATURES`, and the entity of the greatest. */
export interface Bridge {
  plain: number;
  relation: number;
  titled: number;
  titledRelation: number;
  likeness: number;
  /** Half of the squared specificity of the most specific shared entity. */
  strength: number;
  entity: number;
}

export interface Neighbourhood {
  readonly slot: number;
  readonly links: ReadonlyMap<number, OutLink>;
  /** By slot. */
  readonly bridges: ReadonlyMap<number, Bridge>;
  /** Passages that become candidates. */
  readonly expansion: readonly number[];
}

function outLinks(view: QuestionView, p: number): Map<number, OutLink> {
  const links = new Map<number, OutLink>();
  const { index } = view;
  const { rows, documents, weights } = index.linksFrom(p);
  const logN = Math.log(Math.max(index.totalPassages, 2));
  for (let i = 0; i < documents.length; i++) {
    const row = rows[i]!;
    const weight = weights[i]!;
    const { full, relation } = view.sentence(row);
    const likeness = view.likeness(row);
    let link = links.get(documents[i]!);
    if (link === undefined) {
      const naming = Math.max(1, index.inLinks(documents[i]!));
      link = {
        weight: 0,
        relation: -1,
        full: 0,
        likeness: 0,
        both: 0,
        specificity: Math.max(0, 1 - Math.log(naming) / logN),
        row,
      };
      links.set(documents[i]!, link);
    }
    link.weight = Math.max(link.weight, weight);
    if (weight * relation > link.relation) {
      link.relation = weight * relation;
      link.row = row;
    }
    link.full = Math.max(link.full, weight * full);
    link.likeness = Math.max(link.likeness, weight * likeness);
    link.both = Math.max(link.both, weight * (relation + likeness));
  }
  return links;
}

interface Mentioned {
  /** Greatest over the sentences that mention the entity. */
  relation: number;
  likeness: number;
}

/** Entities of a passage outside the question, with relation coverage and likeness of their best sentences. */
function bridgeEntities(view: QuestionView, p: number): Map<number, Mentioned> {
  const found = new Map<number, Mentioned>();
  const { rows, entities } = view.index.mentionsOf(p);
  for (let i = 0; i < rows.length; i++) {
    const entity = entities[i]!;
    if (view.analysis.known.includes(entity)) continue;
    const { relation } = view.sentence(rows[i]!);
    const likeness = view.likeness(rows[i]!);
    const known = found.get(entity);
    if (known === undefined) found.set(entity, { relation, likeness });
    else {
      known.relation = Math.max(known.relation, relation);
      known.likeness = Math.max(known.likeness, likeness);
    }
  }
  return found;
}

function isTitled(view: QuestionView, p: number, entity: number): boolean {
  const { titleStart, titleEntity } = view.scratch;
  for (let i = titleStart[p]!; i < titleStart[p + 1]!; i++) if (titleEntity[i] === entity) return true;
  return false;
}

export function neighbourhoodOf(view: QuestionView, first: FirstStage, p: number): Neighbourhood {
  const { index } = view;
  const slot = view.slotOf(p);
  const expansion: number[] = [];
  const links = outLinks(view, p);
  for (const document of links.keys()) expansion.push(...first.passagesOf(document));

  const bridges = new Map<number, Bridge>();
  const best = new TopK(PER_BRIDGE);
  const logN = Math.log(Math.max(index.totalPassages, 2));
  for (const [entity, { relation, likeness }] of bridgeEntities(view, p)) {
    const df = index.entityDf(entity);
    if (df < 2 || df > MOST_BRIDGED) continue;
    const specificity = 1 - Math.log(df) / logN;
    best.clear();
    const passages = index.passagesOfEntity(entity);
    for (let i = 0; i < passages.length; i++) {
      const q = passages[i]!;
      if (!view.isVisible(q)) continue;
      const other = view.slotOf(q);
      const residual = view.residual(other, slot) * specificity;
      best.offer(q, residual);
      if (q === p) continue;
      const plain = residual + FLOOR * specificity;
      const related = plain * (FLOOR + relation);
      const alike = plain * (FLOOR + likeness);
      const titled = isTitled(view, q, entity);
      const known = bridges.get(other);
      if (known === undefined) {
        bridges.set(other, {
          plain,
          relation: related,
          titled: titled ? plain : 0,
          titledRelation: titled ? related : 0,
          likeness: alike,
          strength: 0.5 * specificity * specificity,
          entity,
        });
        continue;
      }
      if (related > known.relation) {
        known.relation = related;
        known.entity = entity;
      }
      if (plain > known.plain) known.plain = plain;
      if (titled && plain > known.titled) known.titled = plain;
      if (titled && related > known.titledRelation) known.titledRelation = related;
      if (alike > known.likeness) known.likeness = alike;
      known.strength = Math.max(known.strength, 0.5 * specificity * specificity);
    }
    best.appendTo(expansion);
  }

  const open = new TopK(BY_RESIDUAL);
  const { ids, scores } = view.ranked;
  for (let i = 0; i < ids.length; i++) {
    // A residual is at most the whole score, and scores fall: the rest cannot enter.
    if (open.refuses(scores[i]! / view.best)) break;
    open.offer(ids[i]!, view.residual(view.slotOf(ids[i]!), slot));
  }
  open.appendTo(expansion);
  return { slot, links, bridges, expansion };
}
