/** The mentions of one passage as the store keeps them: spans, spelling, type, and whether its title or heading names it. */
import { ENTITY_TYPES, type EntityType, type Mention, type Span } from '../../graph-schema/index.js';
import { typeOfNumber } from './entity-types.js';
import type { Gazetteer } from './gazetteer.js';
import type { NameMatcher } from './match-names.js';
import type { PassageTable, SlotTokens } from './passage-table.js';

/** One entity while its mentions are gathered. */
interface Gathered {
  readonly spans: Span[];
  readonly spellings: Map<string, number>;
  /** Spelling in the title, else in the context. */
  heading: string | undefined;
  about: boolean;
  /** Votes of runs, by `typeNumber`. */
  readonly types: Uint16Array;
}

/** Greatest count; ties by the order of `compare`. */
function mostFrequent(spellings: ReadonlyMap<string, number>): string | undefined {
  let best: string | undefined;
  let most = 0;
  for (const [spelling, count] of spellings) {
    if (count > most || (count === most && best !== undefined && spelling < best)) {
      best = spelling;
      most = count;
    }
  }
  return best;
}

function votedType(types: Uint16Array): EntityType | undefined {
  let best = 0;
  for (let type = 1; type <= ENTITY_TYPES.length; type++)
    if (types[type]! > (best === 0 ? 0 : types[best]!)) best = type;
  return typeOfNumber(best);
}

/** Types of a slot's runs by their tokens; only runs that have one. */
function runTypes(table: PassageTable, slot: number): Map<string, number> {
  const { runStart, runFrom, runTo, runType } = table.columns;
  const types = new Map<string, number>();
  for (let i = runStart[slot]!; i < runStart[slot + 1]!; i++) {
    if (runType[i] !== 0) types.set(`${runFrom[i]} ${runTo[i]}`, runType[i]!);
  }
  return types;
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
  const types = runTypes(table, slot);
  const found = new Map<string, Gathered>();
  const contextAt = tokens.title.count;
  const textAt = contextAt + tokens.context.count;
  matcher.match(slot, (from, to, row, key) => {
    let entity = found.get(key);
    if (entity === undefined) {
      entity = {
        spans: [],
        spellings: new Map(),
        heading: undefined,
        about: false,
        types: new Uint16Array(ENTITY_TYPES.length + 1),
      };
      found.set(key, entity);
    }
    entity.types[types.get(`${from} ${to}`) ?? 0]!++;
    if (row === 0) {
      entity.about = true;
      const inTitle = to <= contextAt;
      const part = inTitle ? tokens.title : tokens.context;
      const at = inTitle ? 0 : contextAt;
      entity.heading ??= (inTitle ? title : context).slice(part.start[from - at]!, part.end[to - 1 - at]!);
      return;
    }
    const span: Span = [tokens.text.start[from - textAt]!, tokens.text.end[to - 1 - textAt]!];
    const spelling = text.slice(span[0], span[1]);
    entity.spans.push(span);
    entity.spellings.set(spelling, (entity.spellings.get(spelling) ?? 0) + 1);
  });
  return [...found]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, { spans, spellings, heading, about, types: votes }]) => ({
      key,
      surface: mostFrequent(spellings) ?? heading ?? key,
      type: votedType(votes) ?? typeOfNumber(gazetteer.agreedType(key)) ?? 'other',
      spans: spans.sort((a, b) => a[0] - b[0] || a[1] - b[1]),
      about,
    }));
}
