/**
 * Which neighbours are worth a place in a picture. A statement counts for more than a shared passage, a passage shared
 * with a rare name for more than one shared with a name that stands everywhere.
 */
import type { EntityType } from '../../graph-schema/index.js';
import type { EntityView, RelationView } from '../../src/index.js';

/** What ties a candidate to the nodes already chosen. */
export interface Candidate {
  readonly key: string;
  /** 1 - product of (1 - confidence) over its statements, 0..1. */
  stated: number;
  /** Passages that it shares with the chosen. */
  shared: number;
  /** Ends of statements that are no entities: their name and type as written. */
  readonly surface: string;
  readonly type: EntityType;
}

/** Weights of a shared passage beside a statement, and of an end that is a common noun beside one that is a name. */
const SHARED_WEIGHT = 0.6;
const LITERAL_WEIGHT = { date: 0.75, quantity: 0.5, other: 0.2, noun: 0.35 } as const;

export function gather(
  chosen: ReadonlySet<string>,
  relations: readonly RelationView[],
  neighbours: ReadonlyMap<string, readonly { readonly key: string; readonly passages: number }[]>,
): Map<string, Candidate> {
  const found = new Map<string, Candidate>();
  for (const { subject, object, confidence, negated } of relations) {
    const [inside, outside] = chosen.has(subject.key) ? [subject, object] : [object, subject];
    if (!chosen.has(inside.key) || chosen.has(outside.key) || outside.key === '') continue;
    const candidate = found.get(outside.key) ?? {
      key: outside.key,
      stated: 0,
      shared: 0,
      surface: outside.surface,
      type: outside.type ?? 'other',
    };
    candidate.stated = 1 - (1 - candidate.stated) * (1 - confidence * (negated ? 0.5 : 1));
    found.set(outside.key, candidate);
  }
  for (const list of neighbours.values()) {
    for (const { key, passages } of list) {
      if (chosen.has(key)) continue;
      const candidate = found.get(key) ?? { key, stated: 0, shared: 0, surface: key, type: 'other' };
      candidate.shared += passages;
      found.set(key, candidate);
    }
  }
  return found;
}

/** Worth before the candidate itself is read: decides which are read at all. */
export function roughScore({ stated, shared }: Candidate): number {
  return stated + SHARED_WEIGHT * Math.log2(1 + shared);
}

/** Worth of a candidate once read; `view` is undefined for what is no entity. */
export function score(candidate: Candidate, view: EntityView | undefined): number {
  if (view === undefined) {
    const { type } = candidate;
    return (
      candidate.stated *
      (type === 'date' || type === 'quantity' || type === 'other' ? LITERAL_WEIGHT[type] : LITERAL_WEIGHT.noun)
    );
  }
  const share = candidate.shared / Math.max(view.passages, 1);
  return candidate.stated + SHARED_WEIGHT * Math.log2(1 + candidate.shared) * Math.sqrt(Math.min(share, 1));
}

/** Greatest score first, ties by key. */
export function ranked<T extends { readonly score: number; readonly candidate: Candidate }>(list: readonly T[]): T[] {
  return [...list].sort((a, b) => b.score - a.score || (a.candidate.key < b.candidate.key ? -1 : 1));
}
