/** Word lists that tell types: given names, places and organisations (from compromise's lexicon, MIT) and head nouns. */
import { readFileSync } from 'node:fs';
import type { EntityType } from '../../graph-schema/index.js';
import { assetPath } from '../../src/assets.js';
import { HEAD_NOUNS } from './head-nouns.js';

export interface Lexicon {
  /** Lower-case given names; the value tells the grammatical gender of pronouns that may stand for them. */
  readonly given: ReadonlyMap<string, 'he' | 'she' | 'either'>;
  /** Countries, regions and cities, lower case, blanks between words. */
  readonly places: ReadonlySet<string>;
  /** Well-known organisations, lower case. */
  readonly organisations: ReadonlySet<string>;
  /** Infinitives, lower case. */
  readonly verbs: ReadonlySet<string>;
  /** Infinitive of irregular past forms. */
  readonly irregular: ReadonlyMap<string, string>;
  /** Type that a common noun tells of what it names: "novelist" person, "river" place. */
  readonly nouns: ReadonlyMap<string, EntityType>;
}

let loaded: Lexicon | undefined;

/** The lists, read at first use. */
export function lexicon(): Lexicon {
  if (loaded !== undefined) return loaded;
  const lists = new Map<string, string[]>();
  for (const line of readFileSync(assetPath('lexicon.txt'), 'utf8').split('\n')) {
    const colon = line.indexOf(':');
    if (colon > 0) lists.set(line.slice(0, colon), line.slice(colon + 1).split('|'));
  }
  const list = (name: string): readonly string[] => lists.get(name) ?? [];
  const given = new Map<string, 'he' | 'she' | 'either'>();
  for (const name of list('male')) given.set(name, 'he');
  for (const name of list('female')) given.set(name, given.has(name) ? 'either' : 'she');
  for (const name of list('given')) given.set(name, 'either');
  const nouns = new Map<string, EntityType>();
  for (const noun of list('occupation')) nouns.set(noun, 'person');
  for (const [type, words] of HEAD_NOUNS) for (const noun of words.split(/\s+/)) nouns.set(noun, type);
  loaded = {
    given,
    places: new Set([...list('country'), ...list('region'), ...list('city')]),
    organisations: new Set(list('organisation')),
    verbs: new Set(list('verb')),
    irregular: new Map(list('irregular').map((pair) => pair.split('=') as [string, string])),
    nouns,
  };
  return loaded;
}

const PERSON_SUFFIX =
  /(?:ologist|ographer|wright|(?:^|[a-z])(?:wom[ae]n|m[ae]n)|ician|keeper|player|maker|master|singer|writer|holder)$/;

/** Type told by a common noun (lower case, singular or plural), or undefined. */
export function typeOfNoun(noun: string): EntityType | undefined {
  const { nouns } = lexicon();
  const known = nouns.get(noun);
  if (known !== undefined) return known;
  if (noun.endsWith('s')) {
    const singular =
      nouns.get(noun.slice(0, -1)) ?? nouns.get(noun.replace(/ies$/, 'y')) ?? nouns.get(noun.replace(/es$/, ''));
    if (singular !== undefined) return singular;
  }
  return noun.length > 5 && PERSON_SUFFIX.test(noun) ? 'person' : undefined;
}

/** Infinitive of a past form or third person, the word without its ending when no known verb fits. */
export function infinitiveOf(form: string): string {
  const { verbs, irregular } = lexicon();
  const known = irregular.get(form);
  if (known !== undefined) return known;
  if (verbs.has(form)) return form;
  const cut = form.endsWith('ied') || form.endsWith('ies') ? `${form.slice(0, -3)}y` : form.replace(/(?:ed|s)$/, '');
  const candidates = [cut, form.slice(0, -1), cut.replace(/(.)\1$/, '$1'), form.replace(/es$/, '')];
  return candidates.find((candidate) => verbs.has(candidate)) ?? cut;
}
