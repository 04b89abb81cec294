/**
 * The features of one round, candidate by candidate: each is the strongest over all starts, so the work follows the
 * links and bridges of the starts, not candidates times starts.
 */
import { ROUND_FEATURES } from './features.js';
import {
  BRIDGE_WIDTH,
  LIKENESS as BRIDGED_LIKENESS,
  PLAIN as BRIDGED_PLAIN,
  RELATION as BRIDGED_RELATION,
  STRENGTH as BRIDGED_STRENGTH,
  TITLED as BRIDGED_TITLED,
  TITLED_RELATION as BRIDGED_TITLED_RELATION,
  type Neighbourhood,
  type OutLink,
} from './neighbourhood.js';
import type { QuestionView } from './question-view.js';
import { lowerBound } from './scratch.js';
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

/** A link of a candidate to the document of a start. */
interface BackLink {
  readonly candidate: number;
  readonly weight: number;
  readonly relation: number;
}

export class RoundFeatures {
  /** `ROUND_FEATURES.length` numbers a candidate. */
  readonly rows: Float64Array;
  private readonly slots: Int32Array;
  /** Candidate of each slot, -1 for none. */
  private readonly candidateOf: Int32Array;
  /** Of the start at hand: its strongest connection to each candidate, and the candidates that have one. */
  private readonly strength: Float64Array;
  private readonly connected: Int32Array;
  private connections = 0;

  /** @param passages candidates, ascending */
  constructor(
    private readonly view: QuestionView,
    private readonly passages: Uint32Array,
  ) {
    const { count } = view.slots;
    this.rows = new Float64Array(passages.length * WIDTH);
    this.slots = new Int32Array(passages.length);
    this.strength = new Float64Array(passages.length);
    this.connected = new Int32Array(passages.length);
    this.candidateOf = new Int32Array(count).fill(-1);
    for (let c = 0; c < passages.length; c++) {
      const slot = view.slotOf(passages[c]!);
      this.slots[c] = slot;
      this.candidateOf[slot] = c;
    }
  }

  /** Raises one feature of one candidate. */
  private raise(candidate: number, feature: number, value: number): void {
    const at = candidate * WIDTH + feature;
    if (value > this.rows[at]!) this.rows[at] = value;
  }

  private connectTo(candidate: number, value: number): void {
    if (value <= this.strength[candidate]!) return;
    if (this.strength[candidate] === 0) this.connected[this.connections++] = candidate;
    this.strength[candidate] = value;
  }

  /** Links, links back, bridges, and the union over whichever of them connects. */
  connect(starts: readonly Start[]): void {
    const { view, slots, strength, connected } = this;
    const back = this.backLinks(starts);
    for (const { passage, pi, from, siblings } of starts) {
      const own = view.index.documentOf[passage]!;
      const deep = pi ** DEEP;
      this.connections = 0;
      for (const [document, link] of from.links) if (document !== own) this.connectLink(document, link, pi, deep);
      for (const { candidate, weight, relation } of back.get(own) ?? []) {
        this.raise(candidate, OUT, pi * weight);
        this.raise(candidate, OUT_RELATION, pi * relation);
        this.connectTo(candidate, weight);
      }
      this.connectBridges(from, pi, deep);
      for (const sibling of siblings) this.connectSibling(sibling, own, pi);
      for (let i = 0; i < this.connections; i++) {
        const c = connected[i]!;
        this.raise(c, UNION, pi * strength[c]! * view.added(slots[c]!, from.slot));
        strength[c] = 0;
      }
    }
  }

  private connectLink(document: number, link: OutLink, pi: number, deep: number): void {
    const { passages } = this;
    const { passageStart } = this.view.index;
    const end = passageStart[document + 1]!;
    for (let c = lowerBound(passages, passageStart[document]!); c < passages.length && passages[c]! < end; c++) {
      this.raise(c, IN, pi * link.weight);
      this.raise(c, IN_RELATION, pi * link.relation);
      this.raise(c, IN_FULL, pi * link.full);
      this.raise(c, IN_LIKENESS, pi * link.likeness);
      this.raise(c, IN_SPECIFIC, pi * (FLOOR * link.weight + link.relation) * link.specificity);
      this.raise(c, DEEP_IN, deep * (FLOOR * link.weight + link.both));
      this.connectTo(c, link.weight);
    }
  }

  private connectBridges({ bridges }: Neighbourhood, pi: number, deep: number): void {
    const { strengths } = bridges;
    for (let i = 0, at = 0; i < bridges.slots.length; i++, at += BRIDGE_WIDTH) {
      const c = this.candidateOf[bridges.slots[i]!]!;
      if (c < 0) continue;
      const relation = strengths[at + BRIDGED_RELATION]!;
      const likeness = strengths[at + BRIDGED_LIKENESS]!;
      this.raise(c, BRIDGE, pi * strengths[at + BRIDGED_PLAIN]!);
      this.raise(c, BRIDGE_RELATION, pi * relation);
      this.raise(c, TITLED, pi * strengths[at + BRIDGED_TITLED]!);
      this.raise(c, TITLED_RELATION, pi * strengths[at + BRIDGED_TITLED_RELATION]!);
      this.raise(c, BRIDGE_LIKENESS, pi * likeness);
      this.raise(c, DEEP_BRIDGE, deep * (relation + likeness));
      this.connectTo(c, strengths[at + BRIDGED_STRENGTH]!);
    }
  }

  private connectSibling({ links, bridges }: Neighbourhood, own: number, pi: number): void {
    const { passages } = this;
    const { passageStart } = this.view.index;
    for (const [document, link] of links) {
      if (document === own) continue;
      const value = pi * (FLOOR * link.weight + link.both);
      const end = passageStart[document + 1]!;
      for (let c = lowerBound(passages, passageStart[document]!); c < passages.length && passages[c]! < end; c++) {
        this.raise(c, SIBLING_IN, value);
      }
    }
    const { strengths } = bridges;
    for (let i = 0, at = 0; i < bridges.slots.length; i++, at += BRIDGE_WIDTH) {
      const c = this.candidateOf[bridges.slots[i]!]!;
      if (c < 0) continue;
      this.raise(c, SIBLING_BRIDGE, pi * (strengths[at + BRIDGED_RELATION]! + strengths[at + BRIDGED_LIKENESS]!));
    }
  }

  /**
   * By document of a start: the candidates of other documents that name it, each sentence that does. Read from the
   * documents' side, where fewer links lie than at all candidates.
   */
  private backLinks(starts: readonly Start[]): Map<number, BackLink[]> {
    const { view, candidateOf } = this;
    const { documentOf, sentenceStart } = view.index;
    const { inLinkStart, inLinkPassages, inLinkRows, inLinkWeights } = view.index.lists;
    const back = new Map<number, BackLink[]>();
    for (const { passage } of starts) {
      const document = documentOf[passage]!;
      if (back.has(document)) continue;
      const links: BackLink[] = [];
      back.set(document, links);
      const end = inLinkStart[document + 1]!;
      for (let i = inLinkStart[document]!; i < end; i++) {
        const p = inLinkPassages[i]!;
        const slot = view.knownSlot(p);
        // Slots made since the round began are of no candidate.
        const candidate = slot < 0 || slot >= candidateOf.length ? -1 : candidateOf[slot]!;
        if (candidate < 0 || document === documentOf[p]) continue;
        const weight = inLinkWeights[i]!;
        const row = view.covered(slot) + inLinkRows[i]! - sentenceStart[p]!;
        links.push({ candidate, weight, relation: weight * view.slots.relation[row]! });
      }
    }
    return back;
  }

  /** What a candidate answers of the question by itself, given the starts, whether they connect or not. */
  complete(starts: readonly Start[]): void {
    const { view, passages, slots, rows } = this;
    const { low, high, pi: likelihood } = view.slots;
    for (const { passage, pi, from } of starts.slice(0, RESIDUAL_STARTS)) {
      for (let c = 0; c < passages.length; c++) {
        if (passages[c] !== passage) this.raise(c, RESIDUAL, pi * view.residual(slots[c]!, from.slot));
      }
    }
    let lowHeld = 0;
    let highHeld = 0;
    for (const { from } of starts.slice(0, OPEN_STARTS)) {
      lowHeld |= low[from.slot]!;
      highHeld |= high[from.slot]!;
    }
    const top = starts[0]!.from.slot;
    for (let c = 0, at = 0; c < passages.length; c++, at += WIDTH) {
      const slot = slots[c]!;
      rows[at + RES] = view.added(slot, top);
      rows[at + OPEN] = view.idfOf(low[slot]! & ~lowHeld, high[slot]! & ~highHeld) / view.analysis.mass;
      rows[at + PI] = Math.log(Math.max(likelihood[slot]!, PI_FLOOR));
    }
  }
}
