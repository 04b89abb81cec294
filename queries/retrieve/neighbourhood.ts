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

/** Strengths of a bridge, as in `ROUND_FEATURES`; the last is half of the squared specificity of the best shared entity. */
export const PLAIN = 0;
export const RELATION = 1;
export const TITLED = 2;
export const TITLED_RELATION = 3;
export const LIKENESS = 4;
export const STRENGTH = 5;
export const BRIDGE_WIDTH = 6;

/** Passages that share a bridge entity with the passage. */
export interface Bridges {
  readonly slots: Int32Array;
  /** `BRIDGE_WIDTH` numbers a passage: the greatest over the entities shared. */
  readonly strengths: Float64Array;
  /** Entity of the greatest `RELATION`. */
  readonly entities: Uint32Array;
}

export interface Neighbourhood {
  readonly slot: number;
  readonly links: ReadonlyMap<number, OutLink>;
  readonly bridges: Bridges;
  /** Passages that become candidates. */
  readonly expansion: readonly number[];
}

function outLinks(view: QuestionView, p: number, slot: number): Map<number, OutLink> {
  const links = new Map<number, OutLink>();
  const { index } = view;
  const { rows, documents, weights } = index.linksFrom(p);
  const sentences = view.covered(slot) - index.sentenceStart[p]!;
  view.compared(slot);
  const { slots } = view;
  const logN = Math.log(Math.max(index.totalPassages, 2));
  for (let i = 0; i < documents.length; i++) {
    const row = rows[i]!;
    const weight = weights[i]!;
    const full = slots.full[sentences + row]!;
    const relation = slots.relation[sentences + row]!;
    const likeness = Math.max(0, slots.likeness[sentences + row]!);
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
  readonly entity: number;
  /** Greatest over the sentences that mention the entity. */
  relation: number;
  likeness: number;
}

/** Entities of a passage outside the question, with relation coverage and likeness of their best sentences. */
function bridgeEntities(view: QuestionView, p: number, slot: number): Mentioned[] {
  const list: Mentioned[] = [];
  const found = new Map<number, Mentioned>();
  const { slots, index, analysis } = view;
  const { mentionStart, mentionRows, mentionEntities } = index.lists;
  const sentences = view.covered(slot) - index.sentenceStart[p]!;
  view.compared(slot);
  const end = mentionStart[p + 1]!;
  for (let i = mentionStart[p]!; i < end; i++) {
    const entity = mentionEntities[i]!;
    const relation = slots.relation[sentences + mentionRows[i]!]!;
    const likeness = Math.max(0, slots.likeness[sentences + mentionRows[i]!]!);
    const known = found.get(entity);
    if (known !== undefined) {
      if (relation > known.relation) known.relation = relation;
      if (likeness > known.likeness) known.likeness = likeness;
      continue;
    }
    if (analysis.known.includes(entity)) continue;
    const mentioned = { entity, relation, likeness };
    found.set(entity, mentioned);
    list.push(mentioned);
  }
  return list;
}

/** Bridges while they are found. */
class BridgeBuilder {
  private readonly slots: number[] = [];
  private readonly entities: number[] = [];
  private strengths = new Float64Array(64 * BRIDGE_WIDTH);

  constructor(private readonly view: QuestionView) {}

  raise(slot: number, entity: number, plain: number, mentioned: Mentioned, titled: boolean, strength: number): void {
    const { mark } = this.view.slots;
    const related = plain * (FLOOR + mentioned.relation);
    const alike = plain * (FLOOR + mentioned.likeness);
    const known = mark[slot]! - 1;
    if (known < 0) {
      this.slots.push(slot);
      this.entities.push(entity);
      mark[slot] = this.slots.length;
      const at = (this.slots.length - 1) * BRIDGE_WIDTH;
      if (at === this.strengths.length) this.grow();
      const { strengths } = this;
      strengths[at + PLAIN] = plain;
      strengths[at + RELATION] = related;
      strengths[at + TITLED] = titled ? plain : 0;
      strengths[at + TITLED_RELATION] = titled ? related : 0;
      strengths[at + LIKENESS] = alike;
      strengths[at + STRENGTH] = strength;
      return;
    }
    const { strengths } = this;
    const at = known * BRIDGE_WIDTH;
    if (related > strengths[at + RELATION]!) {
      strengths[at + RELATION] = related;
      this.entities[known] = entity;
    }
    if (plain > strengths[at + PLAIN]!) strengths[at + PLAIN] = plain;
    if (titled && plain > strengths[at + TITLED]!) strengths[at + TITLED] = plain;
    if (titled && related > strengths[at + TITLED_RELATION]!) strengths[at + TITLED_RELATION] = related;
    if (alike > strengths[at + LIKENESS]!) strengths[at + LIKENESS] = alike;
    if (strength > strengths[at + STRENGTH]!) strengths[at + STRENGTH] = strength;
  }

  private grow(): void {
    const longer = new Float64Array(2 * this.strengths.length);
    longer.set(this.strengths);
    this.strengths = longer;
  }

  /** The bridges; takes the marks back. */
  build(): Bridges {
    const { mark } = this.view.slots;
    for (const slot of this.slots) mark[slot] = 0;
    return {
      slots: Int32Array.from(this.slots),
      strengths: this.strengths,
      entities: Uint32Array.from(this.entities),
    };
  }
}

export function neighbourhoodOf(view: QuestionView, first: FirstStage, p: number): Neighbourhood {
  const { index } = view;
  const slot = view.slotOf(p);
  const expansion: number[] = [];
  const links = outLinks(view, p, slot);
  for (const document of links.keys()) expansion.push(...first.passagesOf(document));

  const bridges = new BridgeBuilder(view);
  const best = new TopK(PER_BRIDGE);
  const logN = Math.log(Math.max(index.totalPassages, 2));
  const { entityPassageStart, entityPassages } = index.lists;
  const { titled } = view.scratch;
  for (const mentioned of bridgeEntities(view, p, slot)) {
    const { entity } = mentioned;
    const df = index.entityDf(entity);
    if (df < 2 || df > MOST_BRIDGED) continue;
    const specificity = 1 - Math.log(df) / logN;
    const strength = 0.5 * specificity * specificity;
    best.clear();
    const end = entityPassageStart[entity + 1]!;
    view.fetchSlots(entityPassages, entityPassageStart[entity]!, end);
    for (let i = entityPassageStart[entity]!; i < end; i++) {
      const q = entityPassages[i]!;
      if (!view.isVisible(q)) continue;
      const other = view.slotOf(q);
      const residual = view.residual(other, slot) * specificity;
      best.offer(q, residual);
      if (q === p) continue;
      bridges.raise(other, entity, residual + FLOOR * specificity, mentioned, titled[i] === 1, strength);
    }
    best.appendTo(expansion);
  }

  const open = new TopK(BY_RESIDUAL);
  const { ids, scores } = view.ranked;
  for (let i = 0; i < ids.length; i++) {
    // A residual is at most the whole score, and scores fall: the rest cannot enter.
    if (open.refuses(scores[i]! / view.best)) break;
    open.offer(ids[i]!, view.residual(i, slot));
  }
  open.appendTo(expansion);
  return { slot, links, bridges: bridges.build(), expansion };
}
