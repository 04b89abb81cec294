/** Documents whose graph is dense: each sentence states a relation between names that many other documents hold too. */
import { seededRandom } from '../../queries/evaluate/index.js';
import type { BenchDocument } from '../retrieval/bench-set.js';

export interface DenseCorpusOptions {
  readonly documents: number;
  /** Of each document. */
  readonly sentences: number;
  /** Names that all documents share: people, organisations and places. */
  readonly names: number;
}

interface Names {
  readonly people: readonly string[];
  readonly organisations: readonly string[];
  readonly places: readonly string[];
}

const ONSETS = ['B', 'Br', 'C', 'D', 'Dr', 'F', 'G', 'H', 'J', 'K', 'L', 'M', 'N', 'P', 'R', 'S', 'St', 'T', 'V', 'W'];
const MIDDLES = ['al', 'ar', 'el', 'en', 'er', 'ian', 'il', 'in', 'ol', 'on', 'or', 'ul', 'um', 'an', 'ev', 'ad'];
const ENDS = ['a', 'as', 'e', 'en', 'ia', 'in', 'is', 'o', 'on', 'ov', 'ert', 'ett', 'ard', 'ic'];
const SURNAME_ENDS = ['berg', 'dale', 'field', 'ford', 'ley', 'low', 'man', 'mont', 'ridge', 'son', 'stead', 'worth'];
const PLACE_ENDS = ['borough', 'bury', 'by', 'chester', 'ham', 'haven', 'mouth', 'stow', 'ton', 'wick'];
const KINDS = ['University', 'Company', 'Institute', 'Museum', 'Records', 'Bank', 'Society', 'Orchestra'];

/** The same documents for the same options. Ids are `dense-0`, `dense-1` ... */
export function denseDocuments({ documents, sentences, names: count }: DenseCorpusOptions): BenchDocument[] {
  const random = seededRandom(7);
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)]!;
  const names = makeNames(count, pick);
  return Array.from({ length: documents }, (_, i) => {
    const title = pick(names.people);
    const parts = Array.from({ length: sentences }, () => sentence(names, pick, random));
    return { id: `dense-${i}`, title: `${title} (${i})`, text: parts.join(' ') };
  });
}

function makeNames(count: number, pick: <T>(items: readonly T[]) => T): Names {
  const word = (ends: readonly string[]): string => `${pick(ONSETS)}${pick(MIDDLES)}${pick(ends)}`;
  const surname = (): string => `${pick(ONSETS)}${pick(MIDDLES)}${pick(SURNAME_ENDS)}`;
  const place = (): string => `${pick(ONSETS)}${pick(MIDDLES)}${pick(MIDDLES)}${pick(PLACE_ENDS)}`;
  return {
    people: distinct(Math.ceil(count * 0.6), () => `${word(ENDS)} ${surname()}`),
    organisations: distinct(Math.ceil(count * 0.25), () => `${surname()} ${pick(KINDS)}`),
    places: distinct(Math.ceil(count * 0.15), place),
  };
}

function distinct(count: number, make: () => string): string[] {
  const found = new Set<string>();
  while (found.size < count) found.add(make());
  return [...found];
}

function sentence({ people, organisations, places }: Names, pick: <T>(items: readonly T[]) => T, random: () => number) {
  const year = 1850 + Math.floor(random() * 170);
  const forms = [
    () => `${pick(people)} was born in ${pick(places)}.`,
    () => `${pick(people)} founded ${pick(organisations)} in ${pick(places)}.`,
    () => `${pick(people)} married ${pick(people)} in ${year}.`,
    () => `${pick(organisations)} is based in ${pick(places)}.`,
    () => `${pick(people)} worked for ${pick(organisations)} and ${pick(organisations)}.`,
    () => `${pick(organisations)} acquired ${pick(organisations)} in ${year}.`,
    () => `${pick(people)} studied at ${pick(organisations)}.`,
    () => `${pick(people)} met ${pick(people)} and ${pick(people)} in ${pick(places)}.`,
  ];
  return pick(forms)();
}
