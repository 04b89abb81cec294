/** The mentions of one passage as the store keeps them: spans, spelling, type, and whether its title or heading names it. */
import { ENTITY_TYPES, type EntityType, type Mention, type Span } from '../../graph-schema/index.js';
import { typeOfNumber } from './entity-types.js';
import type { Gazetteer } from './gazetteer.js';
import type { NameMatcher } from './match-names.js';
import type { PassageTable, SlotTokens } from './passage-table.js';

/** One entity while its mentions are gathered. */
interface Gathered {
  readonly key: string;
  /** Type that all who have the key as an alias agree on, as `typeNumber`; -1 without such. */
  readonly agreed: number;
  readonly spans: Span[];
  /** Spelling in the title, else in the context. */
  heading: string | undefined;
  about: boolean;
  /** Types that runs vote for, by `typeNumber`. */
  votes: number[] | undefined;
}

/** The most frequent spelling of spans; ties by code unit order. */
function spellingOf(text: string, spans: readonly Span[]): string | undefined {
  const counts = new Map<string, number>();
  let best: string | undefined;
  for (const [start, end] of spans) {
    const spelling = text.slice(start, end);
    if (spans.length === 1) return spelling;
    counts.set(spelling, (counts.get(spelling) ?? 0) + 1);
  }
  for (const [spelling, count] of counts) {
    const most = best === undefined ? 0 : counts.get(best)!;
    if (count > most || (count === most && spelling < best!)) best = spelling;
  }
  return best;
}

/** The most frequent type, ties in the order of ENTITY_TYPES. */
function votedType(votes: readonly number[] | undefined): EntityType | undefined {
  if (votes === undefined) return undefined;
  const counts = ENTITY_TYPES.map((_, i) => votes.filter((vote) => vote === i + 1).length);
  return ENTITY_TYPES[counts.indexOf(Math.max(...counts))];
}

/** Types of a slot's runs by first and last token; only of runs that have one. */
class RunTypes {
  private readonly from: number[] = [];
  private readonly to: number[] = [];
  private readonly type: number[] = [];

  constructor({ columns }: PassageTable, slot: number) {
    const { runStart, runFrom, runTo, runType } = columns;
    for (let i = runStart[slot]!; i < runStart[slot + 1]!; i++) {
      if (runType[i] === 0) continue;
      this.from.push(runFrom[i]!);
      this.to.push(runTo[i]!);
      this.type.push(runType[i]!);
    }
  }

  /** 0 when the tokens are no run with a type. */
  of(from: number, to: number): number {
    for (let i = this.from.indexOf(from); i >= 0; i = this.from.indexOf(from, i + 1)) {
      if (this.to[i] === to) return this.type[i]!;
    }
    return 0;
  }
}

/**
 * Mentions of a slot, in key order.
 * @param tokens of the slot's title, context and text, for their offsets
 */
export function mentionsOfPassage(
  table: PassageTable,
  gazetteer: Gazetteer,
  matcher: NameMatcher,
  slot: number,
  tokens: SlotTokens,
): Mention[] {
  const { title, context, text } = table.slot(slot);
  const types = new RunTypes(table, slot);
  const found = new Map<number, Gathered>();
  const contextAt = tokens.title.count;
  const textAt = contextAt + tokens.context.count;
  matcher.match(slot, (from, to, row, number) => {
    let entity = found.get(number);
    if (entity === undefined) {
      entity = {
        key: gazetteer.names.keys[number]!,
        agreed: gazetteer.agreedTypeOf(number),
        spans: [],
        heading: undefined,
        about: false,
        votes: undefined,
      };
      found.set(number, entity);
    }
    const type = types.of(from, to);
    if (type > 0) {
      entity.votes ??= [];
      entity.votes.push(type);
    }
    if (row > 0) {
      entity.spans.push([tokens.text.start[from - textAt]!, tokens.text.end[to - 1 - textAt]!]);
      return;
    }
    entity.about = true;
    if (entity.heading !== undefined) return;
    entity.heading =
      to <= contextAt
        ? title.slice(tokens.title.start[from]!, tokens.title.end[to - 1]!)
        : context.slice(tokens.context.start[from - contextAt]!, tokens.context.end[to - 1 - contextAt]!);
  });
  return [...found.values()]
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ key, agreed, spans, heading, about, votes }) => ({
      key,
      surface: spellingOf(text, spans) ?? heading ?? key,
      type: votedType(votes) ?? typeOfNumber(agreed) ?? 'other',
      spans: spans.sort((a, b) => a[0] - b[0] || a[1] - b[1]),
      about,
    }));
}
