/** What a document is about: its name, type, the nouns that stand for it and its pronoun, told by title and lead. */
import type { EntityType } from '../../graph-schema/index.js';
import { nameKey } from '../../src/graph/name-key.js';
import { lexicon, typeOfNoun } from './lexicon.js';

export interface DocumentSubject {
  /** Title without a bracket at its end. */
  readonly surface: string;
  readonly key: string;
  readonly type?: EntityType;
  /** Lower-case head nouns that the lead and the title's bracket give it: "journal" for "X is a ... journal". */
  readonly nouns: readonly string[];
  /** Keys that stand for it: its title, the part before a comma, a person's last name. */
  readonly names: ReadonlySet<string>;
  /** Pronoun of a person, when the lead or the given name tells. */
  readonly pronoun?: 'he' | 'she';
}

const BRACKET_AT_END = /\s*\(([^()]*)\)\s*$/;
const LEAD_COPULA =
  /\b(?:is|was|are|were)\s+(?:also\s+)?(?:(?:one|some|part|any)\s+of\s+)?(?:an?|the|two|three|several|his|her|its)\s+/;
const LEAD_CHARACTERS = 600;
/** Words that end the noun phrase of a lead: its head stands before them. */
const AFTER_HEAD =
  /^(?:of|in|at|on|by|from|for|to|with|that|who|whom|which|where|whose|near|between|under|within|along|located|situated|released|published|written|directed|based|set|founded|established|formed|born|known|held|fought|played|produced|created|developed|designed|made|starring|featuring|is|was|are|were|has|had|and|or|but|as|about|against|during|since|when|also|used|serving|consisting|belonging|currently|best|operated|owned|built|recorded|performed|composed|sung|dedicated|devoted|lying)$/;
const HE = /\b(?:he|his|him)\b/gi;
const SHE = /\b(?:she|her|hers)\b/gi;
const BORN =
  /\((?:[^()]*;\s*)?(?:born|b\.|née)\b|\(\s*(?:[^()]*,\s*)?(?:c\.\s*)?(?:\d{1,2} \p{L}+ )?\d{3,4}\s*[–—-]+\s*(?:c\.\s*)?(?:\d{1,2} \p{L}+ )?\d{3,4}/u;
/** Types that may carry a bracket of years in their lead. */
const HAS_DATES: ReadonlySet<EntityType> = new Set(['place', 'work', 'event']);
/** What the lead sentence opens with, up to a bracket, a comma or its verb. */
const LEAD_NAME = /^["'“`]*(?:The |A |An )?(\p{Lu}[^()[\],.;:]{2,70}?)["'”]*\s*(?:[([,]|\b(?:is|was|are|were)\b)/u;
const LIST_TITLE =
  /^(?:list|lists|index|outline|timeline|history|geography|economy|culture|demographics|politics) of\b/i;

/** Head nouns of "a French novelist and playwright of ...": the last word of each coordinated part. */
function headNouns(phrase: string): string[] {
  const heads: string[] = [];
  const words = phrase.split(/\s+/).slice(0, 16);
  let last = '';
  for (let i = 0; i < words.length; i++) {
    const raw = words[i]!;
    const word = raw
      .toLowerCase()
      .replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '')
      .replace(/^.*-(?=\p{L}{3})/u, '');
    if (word === 'and' || word === 'or') {
      if (last !== '') heads.push(last);
      last = '';
      continue;
    }
    if (AFTER_HEAD.test(word) && last !== '') break;
    if (word !== '') last = word;
    if (/[,.;(]/.test(raw[raw.length - 1] ?? '')) {
      heads.push(last);
      // "a singer, songwriter and actor" goes on; "a town, in which" does not
      if (!raw.endsWith(',') || !/^[a-z]/.test(words[i + 1] ?? '') || AFTER_HEAD.test(words[i + 1]!)) {
        last = '';
        break;
      }
      last = '';
    }
  }
  if (last !== '') heads.push(last);
  return heads;
}

/** What a document with this title and first passage is about. */
export function subjectOf(title: string, lead: string): DocumentSubject {
  const bracket = BRACKET_AT_END.exec(title);
  const surface = (bracket === null ? title : title.slice(0, bracket.index)).trim();
  const start = lead.slice(0, LEAD_CHARACTERS);
  const nouns: string[] = [];
  let type: EntityType | undefined;
  const consider = (phrase: string): void => {
    for (const noun of headNouns(phrase)) {
      const told = typeOfNoun(noun);
      if (told === undefined && nouns.length > 0) continue;
      nouns.push(noun);
      // "an international rugby union and rugby league footballer" is a person
      if (type === undefined || told === 'person') type = told ?? type;
    }
  };
  if (bracket !== null) consider(bracket[1]!);
  const copula = LIST_TITLE.test(title) ? null : LEAD_COPULA.exec(start);
  if (copula !== null && speaksOfTitle(start.slice(0, copula.index), surface)) {
    const sentenceEnd = /[.!?]\s+\p{Lu}/u.exec(start.slice(copula.index + copula[0].length));
    const to = sentenceEnd === null ? start.length : copula.index + copula[0].length + sentenceEnd.index + 1;
    consider(start.slice(copula.index + copula[0].length, to));
  }
  if (BORN.test(start.slice(0, 200)) && !LIST_TITLE.test(title) && (type === undefined || !HAS_DATES.has(type)))
    type = 'person';
  type ??= typeOfTitle(surface);
  const pronoun = type === 'person' ? personPronoun(surface, lead) : undefined;
  const key = nameKey(surface);
  return {
    surface,
    key,
    names: namesOf(surface, key, type, start),
    nouns: [...new Set(nouns)],
    ...(type !== undefined ? { type } : {}),
    ...(pronoun !== undefined ? { pronoun } : {}),
  };
}

/** Type of what a document is about, as its title and lead tell; undefined when nothing speaks. */
export function typeOfDocument(title: string, lead: string): EntityType | undefined {
  return subjectOf(title, lead).type;
}

/** The words before the lead's verb share one with the title, or are a pronoun or a definite noun. */
function speaksOfTitle(before: string, title: string): boolean {
  if (/[.!?]\s+\p{Lu}\p{Ll}+\s/u.test(before.replace(/\([^)]*\)/g, ''))) return false;
  const words = new Set(nameKey(title).split(' '));
  return nameKey(before)
    .split(' ')
    .some((word) => word.length > 1 && words.has(word));
}

function typeOfTitle(surface: string): EntityType | undefined {
  const words = surface.toLowerCase().split(/[\s,]+/);
  const { places, organisations, given } = lexicon();
  const lower = surface.toLowerCase();
  if (places.has(lower) || places.has(lower.slice(lower.lastIndexOf(',') + 1).trim())) return 'place';
  if (organisations.has(lower)) return 'organisation';
  if (/^(?:university|college|institute|ministry|department|bank|church of)\b/.test(lower)) return 'organisation';
  const last = words[words.length - 1]!;
  if (words.length > 1) {
    const told = typeOfNoun(last);
    if (told !== undefined && told !== 'person') return told;
  }
  return words.length > 1 && words.length < 5 && given.has(words[0]!) && /^\p{Lu}/u.test(surface.split(' ').at(-1)!)
    ? 'person'
    : undefined;
}

function personPronoun(surface: string, lead: string): 'he' | 'she' | undefined {
  const he = lead.match(HE)?.length ?? 0;
  const she = lead.match(SHE)?.length ?? 0;
  if (he !== she) return he > she ? 'he' : 'she';
  const named = lexicon().given.get(surface.split(/[\s-]/)[0]!.toLowerCase());
  return named === 'he' || named === 'she' ? named : undefined;
}

function namesOf(surface: string, key: string, type: EntityType | undefined, lead: string): Set<string> {
  const names = new Set<string>();
  if (key === '') return names;
  names.add(key);
  const comma = surface.indexOf(',');
  if (comma > 0) names.add(nameKey(surface.slice(0, comma)));
  const words = key.split(' ');
  if (type === 'person' && comma < 0 && words.length > 1) names.add(words[words.length - 1]!);
  const full = LEAD_NAME.exec(lead)?.[1];
  if (full !== undefined) {
    // "Francis Michael Durango Magalona (born ...)" opens the page "Francis Magalona"
    const given = nameKey(full);
    const its = new Set(given.split(' '));
    const within = words.every((word) => its.has(word)) && its.size <= words.length + 4;
    const sameEnds = given.startsWith(`${words[0]!} `) && given.endsWith(` ${words[words.length - 1]!}`);
    if (within || (type === 'person' && words.length > 1 && sameEnds)) names.add(given);
  }
  return names;
}
