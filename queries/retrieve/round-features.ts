/**
 * The features of one round, candidate by candidate: each is the strongest over all starts, so the work follows the
 * links and bridges of the starts, not candidates times starts.
 */
import type { RetrievalIndex } from '../../src/index/retrieval-index.js';
import { ROUND_FEATURES } from './features.js';
import type { Neighbourhood } from './neighbourhood.js';
import type { QuestionView } from './question-view.js';
import { RESIDUAL_STARTS, type Start } from './starts.js';

/** Power of pi under which unlikely starts count nearly as much as likely ones: hops beyond the second. */
const DEEP = 0.3;
const FLOOR = 0.1;
const PI_FLOOR = 1e-4;
/** Likely passages that `open` looks beyond. */
const OPEN_STARTS = 3;

const WIDTH = ROUND_FEATURES.length;
const of = (name: (typeof ROUND_FEATURES)[number]): number => ROUND_FEATURES.indexOf(name);
const IN = of('in');
const IN_RELATION = of('inrel');
const IN_FULL = of('insf');
const IN_LIKENESS = of('insem');
const IN_SPECIFIC = of('inspec');
const DEEP_IN = of('deepin');
const OUT = of('out');
const OUT_RELATION = of('outrel');
const BRIDGE = of('bA');
const BRIDGE_RELATION = of('bB');
const TITLED = of('bC');
const TITLED_RELATION = of('bD');
const BRIDGE_LIKENESS = of('bsem');
const DEEP_BRIDGE = of('deepb');
const SIBLING_IN = of('sibin');
const SIBLING_BRIDGE = of('sibb');
const UNION = of('union');
const RESIDUAL = of('rb');
const RES = of('res');
const OPEN = of('open');
const PI = of('pi');

export type Links = ReturnType<RetrievalIndex['linksFrom']>;

/** A link of a candidate to the document of a start. */
interface BackLink {
  readonly candidate: number;
  readonly weight: number;
  readonly relation: number;
}

/** First position of `sorted` whose number is not below `value`. */
function lowerBound(sorted: Uint32Array, value: number): number {
  let from = 0;
  let to = sorted.length;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (sorted[middle]! < value) from = middle + 1;
    else to = middle;
  }
  return from;
}

export class RoundFeatures {
  /** `ROUND_FEATURES.length` numbers a candidate. */
  readonly rows: Float64Array;
  private readonly slots: Int32Array;
  /** Candidate of each slot, -1 for none. */
  private readonly candidateOf: Int32Array;

  /**
   * @param passages candidates, ascending
   * @param linksFrom links out of a passage
   */
  constructor(
    private readonly view: QuestionView,
    private readonly passages: Uint32Array,
    private readonly linksFrom: (passage: number) => Links,
  ) {
    this.rows = new Float64Array(passages.length * WIDTH);
    this.slots = Int32Array.from(passages, (p) => view.slotOf(p));
    this.candidateOf = new Int32Array(view.passages.length).fill(-1);
    this.slots.forEach((slot, c) => {
      this.candidateOf[slot] = c;
    });
  }

  /** Raises one feature of one candidate. */
  private raise(candidate: number, feature: number, value: number): void {
    const at = candidate * WIDTH + feature;
    if (value > this.rows[at]!) this.rows[at] = value;
  }

  /** Calls `use` for the candidates among the passages of a document. */
  private eachOf(document: number, use: (candidate: number) => void): void {
    const { passages } = this;
    const { passageStart } = this.view.index;
    const end = passageStart[document + 1]!;
    for (let c = lowerBound(passages, passageStart[document]!); c < passages.length && passages[c]! < end; c++) use(c);
  }

  /** Links, links back, bridges, and the union over whichever of them connects. */
  connect(starts: readonly Start[]): void {
    const { view, slots } = this;
    const back = this.backLinks(starts);
    const strength = new Float64Array(slots.length);
    for (const { passage, pi, from, siblings } of starts) {
      const own = view.index.documentOf[passage]!;
      const deep = pi ** DEEP;
      const connected: number[] = [];
      const connect = (c: number, value: number): void => {
        if (strength[c] === 0) connected.push(c);
        if (value > strength[c]!) strength[c] = value;
      };
      for (const [document, link] of from.links) {
        if (document === own) continue;
        this.eachOf(document, (c) => {
          this.raise(c, IN, pi * link.weight);
          this.raise(c, IN_RELATION, pi * link.relation);
          this.raise(c, IN_FULL, pi * link.full);
          this.raise(c, IN_LIKENESS, pi * link.likeness);
          this.raise(c, IN_SPECIFIC, pi * (FLOOR * link.weight + link.relation) * link.specificity);
          this.raise(c, DEEP_IN, deep * (FLOOR * link.weight + link.both));
          connect(c, link.weight);
        });
      }
      for (const { candidate, weight, relation } of back.get(own) ?? []) {
        this.raise(candidate, OUT, pi * weight);
        this.raise(candidate, OUT_RELATION, pi * relation);
        connect(candidate, weight);
      }
      for (const [slot, bridge] of from.bridges) {
        const c = this.candidateOf[slot]!;
        if (c < 0) continue;
        this.raise(c, BRIDGE, pi * bridge.plain);
        this.raise(c, BRIDGE_RELATION, pi * bridge.relation);
        this.raise(c, TITLED, pi * bridge.titled);
        this.raise(c, TITLED_RELATION, pi * bridge.titledRelation);
        this.raise(c, BRIDGE_LIKENESS, pi * bridge.likeness);
        this.raise(c, DEEP_BRIDGE, deep * (bridge.relation + bridge.likeness));
        connect(c, bridge.strength);
      }
      for (const sibling of siblings) this.connectSibling(sibling, own, pi);
      for (const c of connected) {
        this.raise(c, UNION, pi * strength[c]! * view.added(slots[c]!, from.slot));
        strength[c] = 0;
      }
    }
  }

  private connectSibling({ links, bridges }: Neighbourhood, own: number, pi: number): void {
    for (const [document, link] of links) {
      if (document === own) continue;
      this.eachOf(document, (c) => {
        this.raise(c, SIBLING_IN, pi * (FLOOR * link.weight + link.both));
      });
    }
    for (const [slot, bridge] of bridges) {
      const c = this.candidateOf[slot]!;
      if (c >= 0) this.raise(c, SIBLING_BRIDGE, pi * (bridge.relation + bridge.likeness));
    }
  }

  /** By document of a start: the candidates of other documents that name it, each sentence that does. */
  private backLinks(starts: readonly Start[]): Map<number, BackLink[]> {
    const { documentOf } = this.view.index;
    const back = new Map<number, BackLink[]>();
    for (const { passage } of starts) back.set(documentOf[passage]!, []);
    this.passages.forEach((p, candidate) => {
      const { rows, documents, weights } = this.linksFrom(p);
      for (let i = 0; i < documents.length; i++) {
        const list = back.get(documents[i]!);
        if (list === undefined || documents[i] === documentOf[p]) continue;
        const weight = weights[i]!;
        list.push({ candidate, weight, relation: weight * this.view.sentence(rows[i]!).relation });
      }
    });
    return back;
  }

  /** What a candidate answers of the question by itself, given the starts, whether they connect or not. */
  complete(starts: readonly Start[], likelihood: (passage: number) => number): void {
    const { view, passages, slots, rows } = this;
    for (const { passage, pi, from } of starts.slice(0, RESIDUAL_STARTS)) {
      for (let c = 0; c < passages.length; c++) {
        if (passages[c] !== passage) this.raise(c, RESIDUAL, pi * view.residual(slots[c]!, from.slot));
      }
    }
    let low = 0;
    let high = 0;
    for (const { from } of starts.slice(0, OPEN_STARTS)) {
      low |= view.low[from.slot]!;
      high |= view.high[from.slot]!;
    }
    const top = starts[0]!.from.slot;
    for (let c = 0, at = 0; c < passages.length; c++, at += WIDTH) {
      const slot = slots[c]!;
      rows[at + RES] = view.added(slot, top);
      rows[at + OPEN] = view.idfOf(view.low[slot]! & ~low, view.high[slot]! & ~high) / view.analysis.mass;
      rows[at + PI] = Math.log(Math.max(likelihood(passages[c]!), PI_FLOOR));
    }
  }
}
