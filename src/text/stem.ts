/** Snowball stems by language, cached; a language without a stemmer keeps its words. */
import stemmers from 'snowball-stemmers';

const NAMES: Readonly<Record<string, string>> = {
  ar: 'arabic',
  da: 'danish',
  nl: 'dutch',
  en: 'english',
  fi: 'finnish',
  fr: 'french',
  de: 'german',
  hu: 'hungarian',
  it: 'italian',
  no: 'norwegian',
  pt: 'portuguese',
  ro: 'romanian',
  ru: 'russian',
  es: 'spanish',
  sv: 'swedish',
  tr: 'turkish',
};
const cache = new Map<string, Map<string, string>>();
const made = new Map<string, { stem(word: string): string }>();

/** Stem of a folded lower-case word in a language (ISO 639-1; "und" stems as English). */
export function stem(word: string, language: string): string {
  const name = NAMES[language === 'und' ? 'en' : language];
  if (name === undefined) return word;
  let words = cache.get(name);
  if (words === undefined) {
    words = new Map();
    cache.set(name, words);
    made.set(name, stemmers.newStemmer(name));
  }
  let result = words.get(word);
  if (result === undefined) {
    result = made.get(name)!.stem(word);
    words.set(word, result);
  }
  return result;
}
