/** Collects the relations of one passage: resolves ends, scores, drops what says nothing, keeps each statement once. */
import type { Relation, RelationEnd, Span } from '../../graph-schema/index.js';
import type { NounPhrase } from './chunk.js';
import type { EndResolver, ResolvedEnd } from './resolve-end.js';
import type { TaggedTokens } from './tagger.js';

export interface Claim {
  readonly predicate: string;
  /** 0..1 of the pattern alone, before the ends' certainties. */
  readonly confidence: number;
  readonly negated?: boolean;
  readonly hedged?: boolean;
  /** Tokens of the clause that must be part of the evidence besides the ends. */
  readonly from: number;
  readonly to: number;
}

/** An end given as a phrase, or as one already resolved. */
export type EndSource = NounPhrase | ResolvedEnd;

const MIN_CONFIDENCE = 0.2;
/** A relation whose subject is no name is worth less: it hangs in the air. */
const VALUE_SUBJECT = 0.6;

function isResolved(source: EndSource): source is ResolvedEnd {
  return 'end' in source;
}

export class RelationSink {
  readonly #tokens: TaggedTokens;
  readonly #resolver: EndResolver;
  readonly #seen = new Map<string, number>();
  readonly relations: Relation[] = [];

  constructor(tokens: TaggedTokens, resolver: EndResolver) {
    this.#tokens = tokens;
    this.#resolver = resolver;
  }

  resolve(source: EndSource): ResolvedEnd | undefined {
    return isResolved(source) ? source : this.#resolver.resolve(source);
  }

  /** States a relation; nothing happens when an end cannot be resolved or both are the same. */
  add(subject: EndSource, object: EndSource, claim: Claim): void {
    const s = this.resolve(subject);
    const o = this.resolve(object);
    if (s === undefined || o === undefined || s.end.key === o.end.key || claim.predicate === '') return;
    if (s.end.kind === 'value' && (s.end.type === 'date' || s.end.type === 'quantity')) return;
    // what names nothing belongs to no graph
    if (s.end.kind === 'value' && o.end.kind === 'value') return;
    let confidence = claim.confidence * s.certainty * o.certainty;
    if (s.end.kind === 'value') confidence *= VALUE_SUBJECT;
    if (confidence < MIN_CONFIDENCE) return;
    const id = `${s.end.key}\n${claim.predicate}\n${o.end.key}\n${claim.negated === true}`;
    const known = this.#seen.get(id);
    const relation: Relation = {
      subject: s.end,
      predicate: claim.predicate,
      object: o.end,
      evidence: this.#evidence(s.end, o.end, claim),
      confidence: Math.round(Math.min(confidence, 1) * 1000) / 1000,
      negated: claim.negated === true,
      hedged: claim.hedged === true,
    };
    if (known === undefined) this.#seen.set(id, this.relations.push(relation) - 1);
    else if (relation.confidence > this.relations[known]!.confidence) this.relations[known] = relation;
  }

  #evidence(subject: RelationEnd, object: RelationEnd, claim: Claim): Span {
    let from = this.#tokens.start[claim.from]!;
    let to = this.#tokens.end[claim.to - 1]!;
    for (const { span } of [subject, object]) {
      if (span === undefined) continue;
      from = Math.min(from, span[0]);
      to = Math.max(to, span[1]);
    }
    return [from, to];
  }
}
