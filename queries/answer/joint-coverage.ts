/**
 * How much of the question sentences cover together: an answer over several hops stands where two sentences that share a
 * name say more of the question than either does.
 */
import { nameKey } from '../../src/graph/name-key.js';
import { type Evidence, type EvidencePassage, type EvidenceSentence, saysRelation } from './evidence.js';

/** Terms of a question that are told apart; of a longer one the rarest. */
const MOST_TERMS = 30;

interface Covering {
  readonly passage: EvidencePassage;
  /** Bits of the question's terms that the sentence says, and with its title. */
  readonly own: number;
  readonly titled: number;
  /** Keys of the names in it and of its title. */
  readonly keys: readonly string[];
}

/** Built once a question; pure. */
export class JointCoverage {
  private readonly bit = new Map<string, number>();
  private readonly weights: number[] = [];
  private readonly total: number;
  private readonly masks = new Map<string, number>();
  private readonly covering = new Map<EvidenceSentence, Covering>();
  private readonly byKey = new Map<string, Covering[]>();
  private readonly asked: ReadonlySet<string>;

  constructor(private readonly evidence: Evidence) {
    const rarest = [...evidence.idf].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, MOST_TERMS);
    for (const [stem, idf] of rarest) {
      this.bit.set(stem, 1 << this.weights.length);
      this.weights.push(idf);
    }
    this.total = this.weights.reduce((sum, weight) => sum + weight, 0);
    this.asked = new Set([
      ...evidence.question.names.map((name) => nameKey(name.text)),
      ...evidence.retrieval.entities.map((entity) => entity.key),
    ]);
    for (const passage of evidence.passages) this.cover(passage);
  }

  private cover(passage: EvidencePassage): void {
    const title = this.maskOf(passage.titleStems);
    const keys: string[][] = passage.sentences.map(() => (passage.titleKey === '' ? [] : [passage.titleKey]));
    for (const { key, spans } of passage.mentions) {
      for (const [start, end] of spans) {
        const at = passage.sentences.findIndex((sentence) => start >= sentence.start && end <= sentence.end);
        if (at >= 0 && !keys[at]!.includes(key)) keys[at]!.push(key);
      }
    }
    passage.sentences.forEach((sentence, i) => {
      const own = this.maskOf(sentence.stems);
      const item = { passage, own, titled: own | title, keys: keys[i]! };
      this.covering.set(sentence, item);
      for (const key of item.keys) {
        const list = this.byKey.get(key);
        if (list === undefined) this.byKey.set(key, [item]);
        else list.push(item);
      }
    });
  }

  private maskOf(stems: Iterable<string>): number {
    let mask = 0;
    for (const stem of stems) {
      if (stem === '') continue;
      let bits = this.masks.get(stem);
      if (bits === undefined) {
        bits = this.bit.get(stem) ?? 0;
        for (const relation of this.evidence.question.relations) {
          const of = this.bit.get(relation.stem);
          if (of !== undefined && (bits & of) === 0 && saysRelation(relation, [stem])) bits |= of;
        }
        this.masks.set(stem, bits);
      }
      mask |= bits;
    }
    return mask;
  }

  /** Share of the idf mass of the question's terms, 0..1. */
  private mass(mask: number): number {
    if (this.total === 0) return 0;
    let sum = 0;
    for (let i = 0; i < this.weights.length; i++) if ((mask & (1 << i)) !== 0) sum += this.weights[i]!;
    return sum / this.total;
  }

  /** What the sentence and its title cover, 0..1. */
  alone(sentence: EvidenceSentence): number {
    return this.mass(this.covering.get(sentence)!.titled);
  }

  /** The most that it covers with a sentence of another document that shares a name the question lacks. */
  paired(sentence: EvidenceSentence): number {
    const self = this.covering.get(sentence)!;
    let best = this.mass(self.titled);
    for (const key of self.keys) {
      if (this.asked.has(key)) continue;
      for (const other of this.byKey.get(key)!) {
        if (other.passage.document.id === self.passage.document.id) continue;
        const together = this.mass(self.titled | other.titled);
        if (together > best) best = together;
      }
    }
    return best;
  }

  /** What sentences of other passages on a name add to this sentence: much for the name of a hop between, 0..1. */
  beyond(sentence: EvidenceSentence, key: string): number {
    const self = this.covering.get(sentence)!;
    let best = 0;
    for (const other of this.byKey.get(key) ?? []) {
      if (other.passage === self.passage) continue;
      const more = this.mass(other.titled & ~self.titled);
      if (more > best) best = more;
    }
    return best;
  }

  /** Of the terms that the sentence leading here leaves open, the share that this one covers; without it as `alone`. */
  residual(sentence: EvidenceSentence, link: EvidenceSentence | undefined): number {
    const self = this.covering.get(sentence)!;
    const led = link === undefined ? undefined : this.covering.get(link);
    if (led === undefined) return this.mass(self.titled);
    const open = 1 - this.mass(led.titled);
    return open <= 0 ? 0 : this.mass(self.own & ~led.titled) / open;
  }
}
