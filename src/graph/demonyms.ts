/** Demonyms and variants of country names ("Dutch", "UK") by key, each standing for one country. */
import { readFileSync } from 'node:fs';
import { assetPath } from '../assets.js';
import { nameKey } from './name-key.js';

let table: ReadonlyMap<string, string> | undefined;
let inverse: ReadonlyMap<string, readonly string[]> | undefined;

function load(): ReadonlyMap<string, string> {
  const map = new Map<string, string>();
  for (const item of readFileSync(assetPath('demonyms.txt'), 'utf8').trim().split(';')) {
    const [demonym, countries] = item.split('=') as [string, string];
    const names = countries.split('|');
    const country = nameKey(names[0]!);
    for (const name of names) {
      map.set(nameKey(name), country);
      map.set(name.replaceAll("'", ''), country);
    }
    map.set(nameKey(demonym), country);
  }
  return map;
}

/** The country's key when the whole key is a demonym or a variant of its name. */
export function demonym(key: string): string | undefined {
  table ??= load();
  return table.get(key);
}

/** The country's key when the whole key is a demonym or a variant of its name, else the key itself. */
export function countryKey(key: string): string {
  return demonym(key) ?? key;
}

/** Keys that stand for a country, without its own. */
export function demonymsOf(country: string): readonly string[] {
  table ??= load();
  if (inverse === undefined) {
    const map = new Map<string, string[]>();
    for (const [key, target] of table) if (key !== target) map.set(target, [...(map.get(target) ?? []), key]);
    inverse = map;
  }
  return inverse.get(country) ?? [];
}
