/** A round: features of every candidate given the passages that the round before found likely. */
import { ROUND_FEATURES } from './features.js';
import type { FirstStage } from './first-stage.js';
import { type Neighbourhood, neighbourhoodOf } from './neighbourhood.js';
import type { QuestionView } from './question-view.js';

/** Likely passages that a round starts from, and the least likelihood. */
const STARTS = 12;
const LEAST_PI = 1e-3;
/** Likely passages whose residual counts without any connection. */
const RESIDUAL_STARTS = 6;
const PI_FLOOR = 1e-4;

const WIDTH = ROUND_FEATURES.length;

export interface Scored {
  /** Passages, ascending. */
  readonly passages: Uint32Array;
  readonly scores: Float64Array;
}

/** How a candidate is best reached from a passage found before. */
export interface Predecessor {
  readonly passage: number;
  readonly kind: 'link' | 'entity' | 'residual';
  readonly entity?: number;
  readonly row?: number;
}

export interface RoundResult {
  readonly passages: Uint32Array;
  /** `ROUND_FEATURES.length` numbers a passage. */
  readonly features: Float64Array;
  /** Strongest connection by passage, from passages likelier than itself. */
  readonly via: ReadonlyMap<number, Predecessor>;
}

/** Likelihood of each passage relative to the best: exp(score - best). */
function likelihoods(scores: Float64Array): Float64Array {
  let best = Number.NEGATIVE_INFINITY;
  for (const score of scores) best = Math.max(best, score);
  return scores.map((score) => Math.exp(score - best));
}

export class Rounds {
  private readonly neighbourhoods = new Map<number, Neighbourhood>();

  constructor(
    private readonly view: QuestionView,
    private readonly first: FirstStage,
  ) {}

  private neighbourhood(p: number): Neighbourhood {
    let found = this.neighbourhoods.get(p);
    if (found === undefined) {
      found = neighbourhoodOf(this.view, this.first, p);
      this.neighbourhoods.set(p, found);
    }
    return found;
  }

  /** One round after the scores of the round before. */
  next(previous: Scored): RoundResult {
    const { view } = this;
    const { index } = view;
    const pi = likelihoods(previous.scores);
    const order = Array.from(pi.keys()).sort((a, b) => pi[b]! - pi[a]! || a - b);
    const starts = order.slice(0, STARTS).filter((i) => pi[i]! >= LEAST_PI);
    const passages = new Set<number>(previous.passages);
    for (const i of starts) for (const q of this.neighbourhood(previous.passages[i]!).expansion) passages.add(q);

    const result = Uint32Array.from(passages).sort();
    const features = new Float64Array(result.length * WIDTH);
    const via = new Map<number, Predecessor>();
    const likely = new Map<number, number>();
    previous.passages.forEach((p, i) => {
      likely.set(p, pi[i]!);
    });
    const top = view.slotOf(previous.passages[order[0]!]!);
    const startOf = new Map<number, number[]>();
    starts.forEach((i, k) => {
      const d = index.documentOf[previous.passages[i]!]!;
      const known = startOf.get(d);
      if (known === undefined) startOf.set(d, [k]);
      else known.push(k);
    });

    for (let c = 0; c < result.length; c++) {
      const p = result[c]!;
      const slot = view.slotOf(p);
      const document = index.documentOf[p]!;
      const at = c * WIDTH;
      const own = likely.get(p) ?? 0;
      let strongest = 0;
      let predecessor: Predecessor | undefined;
      const raise = (feature: number, value: number): void => {
        if (value > features[at + feature]!) features[at + feature] = value;
      };
      const back = this.backLinks(p, startOf);
      for (let k = 0; k < starts.length; k++) {
        const i = starts[k]!;
        const start = previous.passages[i]!;
        if (start === p) continue;
        const w = pi[i]!;
        const from = this.neighbourhood(start);
        const sameDocument = index.documentOf[start] === document;
        let connection = 0;
        const link = sameDocument ? undefined : from.links.get(document);
        if (link !== undefined) {
          raise(0, w * link.weight);
          raise(1, w * link.relation);
          raise(2, w * link.full);
          connection = link.weight;
        }
        const named = back?.[k];
        if (named !== undefined) {
          raise(3, w * named.weight);
          raise(4, w * named.relation);
          connection = Math.max(connection, named.weight);
        }
        const bridge = from.bridges.get(slot);
        if (bridge !== undefined) {
          raise(7, w * bridge.plain);
          raise(8, w * bridge.relation);
          raise(9, w * bridge.titled);
          raise(10, w * bridge.titledRelation);
          connection = Math.max(connection, bridge.strength);
        }
        if (connection > 0) raise(6, w * connection * view.added(slot, from.slot));
        const residual = k < RESIDUAL_STARTS ? w * view.residual(slot, from.slot) : 0;
        raise(11, residual);
        if (w <= own) continue;
        const byLink = link === undefined ? 0 : w * link.weight * (0.2 + residual);
        const byBridge = bridge === undefined ? 0 : w * bridge.plain * 0.5;
        const byResidual = residual * 0.1;
        if (byLink > strongest && byLink >= byBridge) {
          strongest = byLink;
          predecessor = { passage: start, kind: 'link', row: link!.row };
        } else if (byBridge > strongest) {
          strongest = byBridge;
          predecessor = { passage: start, kind: 'entity', entity: bridge!.entity };
        } else if (byResidual > strongest) {
          strongest = byResidual;
          predecessor = { passage: start, kind: 'residual' };
        }
      }
      features[at + 5] = view.added(slot, top);
      features[at + 12] = Math.log(Math.max(own, PI_FLOOR));
      if (predecessor !== undefined) via.set(p, predecessor);
    }
    return { passages: result, features, via };
  }

  /** Links of `p` to the documents of the starts, by number of the start; undefined when there are none. */
  private backLinks(
    p: number,
    startOf: ReadonlyMap<number, readonly number[]>,
  ): { weight: number; relation: number }[] | undefined {
    const { index } = this.view;
    const { rows, documents, weights } = index.linksFrom(p);
    let found: { weight: number; relation: number }[] | undefined;
    for (let i = 0; i < documents.length; i++) {
      const starts = startOf.get(documents[i]!);
      if (starts === undefined || documents[i] === index.documentOf[p]) continue;
      found ??= [];
      const weight = weights[i]!;
      const relation = weight * this.view.sentence(rows[i]!).relation;
      for (const k of starts) {
        const known = found[k];
        if (known === undefined) found[k] = { weight, relation };
        else {
          known.weight = Math.max(known.weight, weight);
          known.relation = Math.max(known.relation, relation);
        }
      }
    }
    return found;
  }
}
