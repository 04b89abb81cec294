/** Entities of the index: the distinct (sentence row, entity) pairs of each passage, and entity <-> passage. */
import type { Gazetteer } from '../graph/gazetteer.js';
import { NameMatcher, type OnMention } from '../graph/match-names.js';
import type { PassageTable } from '../graph/passage-table.js';
import { Uint32Column } from './columns.js';
import { invert } from './invert.js';
import type { SectionArrays } from './sections.js';
import { encodeStrings, sortStrings } from './string-table.js';

export type FoldedMentions = Pick<
  SectionArrays,
  | 'entityBytes'
  | 'entityOffsets'
  | 'entityPassageStart'
  | 'entityPassages'
  | 'passageEntityStart'
  | 'passageEntities'
  | 'mentionStart'
  | 'mentionRows'
  | 'mentionEntities'
>;

/** Mentions in order of discovery, by the gazetteer's numbers. */
interface RawMentions {
  readonly start: Uint32Array;
  /** Row within the passage. */
  readonly rows: Uint32Array;
  readonly names: Uint32Array;
}

function matchAll(table: PassageTable, gazetteer: Gazetteer, slots: readonly number[]): RawMentions {
  const rows = new Uint32Column();
  const names = new Uint32Column();
  const start = new Uint32Array(slots.length + 1);
  const matcher = new NameMatcher(table, gazetteer);
  const onMention: OnMention = (_from, _to, row, name) => {
    rows.push(row);
    names.push(name);
  };
  for (let p = 0; p < slots.length; p++) {
    matcher.match(slots[p]!, onMention);
    start[p + 1] = rows.length;
  }
  return { start, rows: rows.view(), names: names.view() };
}

/** Keys of the names in use, sorted, and the position of each name among them. */
function sortNames(names: Uint32Array, keys: readonly string[]): { sorted: string[]; rank: Uint32Array } {
  const used = new Uint8Array(keys.length);
  for (let i = 0; i < names.length; i++) used[names[i]!] = 1;
  const sorted = sortStrings(keys.filter((_, name) => used[name] === 1));
  const positions = new Map(sorted.map((key, i) => [key, i]));
  return { sorted, rank: Uint32Array.from(keys, (key) => positions.get(key) ?? 0) };
}

/** Folds the mentions of passages; `keys` are the entities in order. */
export function foldMentions(
  table: PassageTable,
  gazetteer: Gazetteer,
  slots: readonly number[],
  sentenceStart: Uint32Array,
): { readonly keys: readonly string[]; readonly sections: FoldedMentions } {
  const raw = matchAll(table, gazetteer, slots);
  const { sorted: keys, rank } = sortNames(raw.names, gazetteer.names.keys);
  const mentionStart = new Uint32Array(slots.length + 1);
  const mentionRows = new Uint32Column();
  const mentionEntities = new Uint32Column();
  const passageEntityStart = new Uint32Array(slots.length + 1);
  const passageEntities = new Uint32Column();
  for (let p = 0; p < slots.length; p++) {
    const size = raw.start[p + 1]! - raw.start[p]!;
    // Row and entity in one number, so that sorting needs no objects; exact below 2^53.
    const pairs = new Float64Array(size);
    const entities = new Uint32Array(size);
    for (let i = 0, at = raw.start[p]!; i < size; i++, at++) {
      entities[i] = rank[raw.names[at]!]!;
      pairs[i] = raw.rows[at]! * keys.length + entities[i]!;
    }
    pairs.sort();
    entities.sort();
    for (let i = 0; i < size; i++) {
      if (i === 0 || entities[i] !== entities[i - 1]) passageEntities.push(entities[i]!);
      if (i > 0 && pairs[i] === pairs[i - 1]) continue;
      const row = Math.floor(pairs[i]! / keys.length);
      mentionRows.push(sentenceStart[p]! + row);
      mentionEntities.push(pairs[i]! - row * keys.length);
    }
    mentionStart[p + 1] = mentionRows.length;
    passageEntityStart[p + 1] = passageEntities.length;
  }
  const { bytes: entityBytes, offsets: entityOffsets } = encodeStrings(keys);
  const lists = { start: passageEntityStart, items: passageEntities.copy() };
  const inverse = invert(lists, keys.length);
  return {
    keys,
    sections: {
      entityBytes,
      entityOffsets,
      entityPassageStart: inverse.start,
      entityPassages: inverse.items,
      passageEntityStart,
      passageEntities: lists.items,
      mentionStart,
      mentionRows: mentionRows.copy(),
      mentionEntities: mentionEntities.copy(),
    },
  };
}
