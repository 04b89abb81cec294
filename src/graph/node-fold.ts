/**
 * Folds what passages say of one key into its node: an Entity while some passage mentions it, else a Value while a
 * statement ends in it. Only exact integer counts are kept, so taking away what was added leaves what was before.
 */
import { ENTITY_TYPES, type EntityType } from '../../graph-schema/index.js';
import type { EntityView } from '../ports/index.js';
import type { EndRow, MentionRow } from './property-rows.js';

/** Counts as plain JSON; absent fields are empty. */
export interface FoldState {
  /** Occurrences by surface. */
  readonly s?: Readonly<Record<string, number>>;
  /** Occurrences by position in ENTITY_TYPES. */
  readonly t?: readonly number[];
  /** Passages and documents that mention it. */
  readonly p?: number;
  readonly d?: number;
  /** Ends of statements, by surface and type as above. */
  readonly es?: Readonly<Record<string, number>>;
  readonly et?: readonly number[];
}

/** How the node shows: label and properties but `collection` and `key`. */
export type NodeView =
  | ({ readonly label: 'Entity' } & Omit<EntityView, 'key'>)
  | { readonly label: 'Value'; readonly name: string; readonly type: EntityType };

type Said = Pick<MentionRow, 'surface' | 'type' | 'count'>;

/** Weighed surfaces and types. */
class Tally {
  readonly surfaces: Map<string, number>;
  readonly types: number[];

  constructor(surfaces: Readonly<Record<string, number>> = {}, types: readonly number[] = []) {
    this.surfaces = new Map(Object.entries(surfaces));
    this.types = ENTITY_TYPES.map((_, i) => types[i] ?? 0);
  }

  add({ surface, type, count }: Said, sign: 1 | -1): void {
    const weight = (this.surfaces.get(surface) ?? 0) + sign * count;
    if (weight === 0) this.surfaces.delete(surface);
    else this.surfaces.set(surface, weight);
    this.types[ENTITY_TYPES.indexOf(type)]! += sign * count;
  }

  /** Most frequent first, ties by code unit order. */
  sorted(): string[] {
    return [...this.surfaces].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).map(([surface]) => surface);
  }

  /** The most frequent type other than `other`, ties in the order of ENTITY_TYPES; `other` when no rule spoke. */
  type(): EntityType {
    let best: EntityType = 'other';
    let most = 0;
    for (const [i, type] of ENTITY_TYPES.entries()) {
      if (type === 'other' || this.types[i]! <= most) continue;
      best = type;
      most = this.types[i]!;
    }
    return best;
  }

  get total(): number {
    return this.types.reduce((sum, count) => sum + count, 0);
  }
}

export class NodeFold {
  private readonly said: Tally;
  private readonly ends: Tally;
  private passages: number;
  private documents: number;

  constructor(state: FoldState = {}) {
    this.said = new Tally(state.s, state.t);
    this.ends = new Tally(state.es, state.et);
    this.passages = state.p ?? 0;
    this.documents = state.d ?? 0;
  }

  /** A passage's mention of the key; -1 takes it away. */
  addMention(mention: Said, sign: 1 | -1 = 1): void {
    this.said.add(mention, sign);
    this.passages += sign;
  }

  /** Documents that began or ceased to mention the key. */
  addDocuments(change: number): void {
    this.documents += change;
  }

  /** An end of a statement; -1 takes it away. */
  addEnd({ surface, type }: Omit<EndRow, 'key'>, sign: 1 | -1 = 1): void {
    this.ends.add({ surface, type, count: 1 }, sign);
  }

  /** Undefined when nothing is left: there is no such node. */
  view(): NodeView | undefined {
    if (this.passages > 0) {
      const surfaces = this.said.sorted();
      return {
        label: 'Entity',
        name: surfaces[0] ?? '',
        type: this.said.type(),
        surfaces,
        mentions: this.said.total,
        passages: this.passages,
        documents: this.documents,
      };
    }
    if (this.ends.surfaces.size === 0) return undefined;
    return { label: 'Value', name: this.ends.sorted()[0] ?? '', type: this.ends.type() };
  }

  state(): FoldState {
    const { said, ends, passages, documents } = this;
    return {
      ...(said.surfaces.size === 0
        ? {}
        : { s: Object.fromEntries(said.surfaces), t: said.types, p: passages, d: documents }),
      ...(ends.surfaces.size === 0 ? {} : { es: Object.fromEntries(ends.surfaces), et: ends.types }),
    };
  }
}
