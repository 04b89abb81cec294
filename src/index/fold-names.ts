/** Entities, aliases and links of the index: the fold of names over the whole collection. */
import { typeNumber } from '../graph/entity-types.js';
import { Gazetteer } from '../graph/gazetteer.js';
import { NameMatcher } from '../graph/match-names.js';
import type { PassageTable, TableDocument } from '../graph/passage-table.js';
import { Uint32Column } from './columns.js';
import { encodeStrings, sortStrings } from './string-table.js';

/** An alias of more documents than this links nowhere. */
const MAX_HOMONYMS = 25;

export interface FoldedNames {
  readonly entityBytes: Uint8Array;
  readonly entityOffsets: Uint32Array;
  readonly entityPassageStart: Uint32Array;
  readonly entityPassages: Uint32Array;
  readonly mentionStart: Uint32Array;
  readonly mentionRows: Uint32Array;
  readonly mentionEntities: Uint32Array;
  readonly aliasBytes: Uint8Array;
  readonly aliasOffsets: Uint32Array;
  readonly aliasStart: Uint32Array;
  readonly aliasDocuments: Uint32Array;
  readonly aliasWeights: Float32Array;
  readonly aliasTypes: Uint8Array;
  readonly linkStart: Uint32Array;
  readonly linkRows: Uint32Array;
  readonly linkDocuments: Uint32Array;
  readonly linkWeights: Float32Array;
  readonly inLinkStart: Uint32Array;
  readonly inLinkPassages: Uint32Array;
  readonly inLinkRows: Uint32Array;
  readonly inLinkWeights: Float32Array;
  readonly linkedShare: number;
}

type Mentions = Pick<
  FoldedNames,
  | 'entityBytes'
  | 'entityOffsets'
  | 'entityPassageStart'
  | 'entityPassages'
  | 'mentionStart'
  | 'mentionRows'
  | 'mentionEntities'
> & { readonly keys: readonly string[] };
type Aliases = Pick<
  FoldedNames,
  'aliasBytes' | 'aliasOffsets' | 'aliasStart' | 'aliasDocuments' | 'aliasWeights' | 'aliasTypes'
> & { readonly numbers: ReadonlyMap<string, number> };

/**
 * Folds the names of a table.
 * @param documents in index order
 * @param slots passages in index order
 * @param documentOf document of each passage
 */
export function foldNames(
  table: PassageTable,
  documents: readonly TableDocument[],
  slots: readonly number[],
  documentOf: Uint32Array,
  sentenceStart: Uint32Array,
): FoldedNames {
  const gazetteer = new Gazetteer(table.words);
  const numberOf = new Map<string, number>();
  documents.forEach((document, d) => {
    numberOf.set(document.id, d);
    for (const alias of document.aliases) {
      gazetteer.add(alias.key, { document: document.id, weight: alias.weight, type: typeNumber(alias.type) });
    }
  });
  const { keys, ...mentions } = foldMentions(table, gazetteer, slots, sentenceStart);
  const { numbers, ...aliases } = foldAliases(gazetteer, numberOf);
  return { ...mentions, ...aliases, ...foldLinks(keys, mentions, aliases, numbers, documentOf, documents.length) };
}

function foldMentions(
  table: PassageTable,
  gazetteer: Gazetteer,
  slots: readonly number[],
  sentenceStart: Uint32Array,
): Mentions {
  const numbers = new Map<string, number>();
  const found: string[] = [];
  const rows = new Uint32Column();
  const entities = new Uint32Column();
  const start = new Uint32Array(slots.length + 1);
  const matcher = new NameMatcher(table, gazetteer);
  slots.forEach((slot, p) => {
    matcher.match(slot, (_from, _to, row, key) => {
      let number = numbers.get(key);
      if (number === undefined) {
        number = found.length;
        numbers.set(key, number);
        found.push(key);
      }
      rows.push(sentenceStart[p]! + row);
      entities.push(number);
    });
    start[p + 1] = rows.length;
  });

  const keys = sortStrings([...found]);
  const rank = new Uint32Array(keys.length);
  keys.forEach((key, i) => {
    rank[numbers.get(key)!] = i;
  });
  const mentionStart = new Uint32Array(slots.length + 1);
  const mentionRows = new Uint32Column();
  const mentionEntities = new Uint32Column();
  for (let p = 0; p < slots.length; p++) {
    const base = sentenceStart[p]!;
    const pairs: number[] = [];
    for (let i = start[p]!; i < start[p + 1]!; i++)
      pairs.push((rows.at(i) - base) * keys.length + rank[entities.at(i)]!);
    pairs.sort((a, b) => a - b);
    pairs.forEach((pair, i) => {
      if (i > 0 && pairs[i - 1] === pair) return;
      const row = Math.floor(pair / keys.length);
      mentionRows.push(base + row);
      mentionEntities.push(pair - row * keys.length);
    });
    mentionStart[p + 1] = mentionRows.length;
  }
  const { bytes: entityBytes, offsets: entityOffsets } = encodeStrings(keys);
  return {
    keys,
    entityBytes,
    entityOffsets,
    mentionStart,
    mentionRows: mentionRows.copy(),
    mentionEntities: mentionEntities.copy(),
    ...passagesOfEntities(mentionStart, mentionEntities.view(), keys.length),
  };
}

/** Entity -> distinct passages, ascending. */
function passagesOfEntities(
  mentionStart: Uint32Array,
  mentionEntities: Uint32Array,
  count: number,
): Pick<FoldedNames, 'entityPassageStart' | 'entityPassages'> {
  const entityPassageStart = new Uint32Array(count + 1);
  const last = new Int32Array(count).fill(-1);
  const passages = mentionStart.length - 1;
  for (let p = 0; p < passages; p++) {
    for (let i = mentionStart[p]!; i < mentionStart[p + 1]!; i++) {
      const e = mentionEntities[i]!;
      if (last[e] === p) continue;
      last[e] = p;
      entityPassageStart[e + 1]!++;
    }
  }
  for (let e = 0; e < count; e++) entityPassageStart[e + 1]! += entityPassageStart[e]!;
  const entityPassages = new Uint32Array(entityPassageStart[count]!);
  const next = entityPassageStart.slice(0, count);
  last.fill(-1);
  for (let p = 0; p < passages; p++) {
    for (let i = mentionStart[p]!; i < mentionStart[p + 1]!; i++) {
      const e = mentionEntities[i]!;
      if (last[e] === p) continue;
      last[e] = p;
      entityPassages[next[e]!++] = p;
    }
  }
  return { entityPassageStart, entityPassages };
}

function foldAliases(gazetteer: Gazetteer, numberOf: ReadonlyMap<string, number>): Aliases {
  const entries = new Map([...gazetteer.live()].map((entry) => [entry.key, entry]));
  const keys = sortStrings([...entries.keys()]);
  const aliasStart = new Uint32Array(keys.length + 1);
  const documents = new Uint32Column();
  const types: number[] = [];
  const weights: number[] = [];
  const numbers = new Map<string, number>();
  keys.forEach((key, a) => {
    numbers.set(key, a);
    const claims = [...entries.get(key)!.claims.values()];
    claims.sort((x, y) => numberOf.get(x.document)! - numberOf.get(y.document)!);
    for (const claim of claims) {
      documents.push(numberOf.get(claim.document)!);
      weights.push(claim.weight);
      types.push(claim.type);
    }
    aliasStart[a + 1] = documents.length;
  });
  const { bytes: aliasBytes, offsets: aliasOffsets } = encodeStrings(keys);
  return {
    numbers,
    aliasBytes,
    aliasOffsets,
    aliasStart,
    aliasDocuments: documents.copy(),
    aliasWeights: Float32Array.from(weights),
    aliasTypes: Uint8Array.from(types),
  };
}

type Links = Pick<
  FoldedNames,
  | 'linkStart'
  | 'linkRows'
  | 'linkDocuments'
  | 'linkWeights'
  | 'inLinkStart'
  | 'inLinkPassages'
  | 'inLinkRows'
  | 'inLinkWeights'
  | 'linkedShare'
>;

/** Links: a row mentions an alias of another document; the greatest weight counts when a row names a document twice. */
function foldLinks(
  keys: readonly string[],
  mentions: Omit<Mentions, 'keys'>,
  aliases: Omit<Aliases, 'numbers'>,
  numbers: ReadonlyMap<string, number>,
  documentOf: Uint32Array,
  documentCount: number,
): Links {
  const aliasOf = Int32Array.from(keys, (key) => numbers.get(key) ?? -1);
  const passages = documentOf.length;
  const linkStart = new Uint32Array(passages + 1);
  const linkRows = new Uint32Column();
  const linkDocuments = new Uint32Column();
  const weights: number[] = [];
  const inCount = new Uint32Array(documentCount + 1);
  for (let p = 0; p < passages; p++) {
    const own = documentOf[p]!;
    let i = mentions.mentionStart[p]!;
    const end = mentions.mentionStart[p + 1]!;
    while (i < end) {
      const row = mentions.mentionRows[i]!;
      const named = new Map<number, number>();
      for (; i < end && mentions.mentionRows[i] === row; i++) {
        collectTargets(aliasOf[mentions.mentionEntities[i]!]!, own, aliases, named);
      }
      for (const document of [...named.keys()].sort((a, b) => a - b)) {
        linkRows.push(row);
        linkDocuments.push(document);
        weights.push(named.get(document)!);
        inCount[document + 1]!++;
      }
    }
    linkStart[p + 1] = linkRows.length;
  }
  let linked = 0;
  for (let d = 0; d < documentCount; d++) {
    if (inCount[d + 1]! > 0) linked++;
    inCount[d + 1]! += inCount[d]!;
  }
  const total = linkRows.length;
  const next = inCount.slice(0, documentCount);
  const inLinkPassages = new Uint32Array(total);
  const inLinkRows = new Uint32Array(total);
  const inLinkWeights = new Float32Array(total);
  for (let p = 0; p < passages; p++) {
    for (let i = linkStart[p]!; i < linkStart[p + 1]!; i++) {
      const at = next[linkDocuments.at(i)]!++;
      inLinkPassages[at] = p;
      inLinkRows[at] = linkRows.at(i);
      inLinkWeights[at] = weights[i]!;
    }
  }
  return {
    linkStart,
    linkRows: linkRows.copy(),
    linkDocuments: linkDocuments.copy(),
    linkWeights: Float32Array.from(weights),
    inLinkStart: inCount,
    inLinkPassages,
    inLinkRows,
    inLinkWeights,
    linkedShare: documentCount === 0 ? 0 : linked / documentCount,
  };
}

/** Adds the documents that an alias names, unless it is the passage's own name or has too many bearers. */
function collectTargets(
  alias: number,
  own: number,
  aliases: Omit<Aliases, 'numbers'>,
  named: Map<number, number>,
): void {
  if (alias < 0) return;
  const from = aliases.aliasStart[alias]!;
  const to = aliases.aliasStart[alias + 1]!;
  if (to - from > MAX_HOMONYMS) return;
  for (let i = from; i < to; i++) if (aliases.aliasDocuments[i] === own && aliases.aliasWeights[i]! >= 1) return;
  for (let i = from; i < to; i++) {
    const document = aliases.aliasDocuments[i]!;
    const weight = aliases.aliasWeights[i]! / (to - from);
    if (document !== own && weight > (named.get(document) ?? 0)) named.set(document, weight);
  }
}
