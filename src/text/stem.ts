/** Stems by language, cached; a language without a stemmer keeps its words. */
import { createRequire } from 'node:module';
import type SnowballStemmers from 'snowball-stemmers';
import { stemEnglish } from './english-stemmer.js';
import { stemHindi } from './hindi-stemmer.js';

type Stemmer = (word: string) => string;

const SNOWBALL: Readonly<Record<string, string>> = {
  ar: 'arabic',
  da: 'danish',
  de: 'german',
  es: 'spanish',
  fi: 'finnish',
  fr: 'french',
  hu: 'hungarian',
  it: 'italian',
  nl: 'dutch',
  no: 'norwegian',
  pt: 'portuguese',
  ro: 'romanian',
  ru: 'russian',
  sv: 'swedish',
  tr: 'turkish',
};
/** Distinct words remembered per language; the memory is emptied when full. */
const CACHE_SIZE = 1 << 17;
/** Longer ones are no words, and would fill the memory. */
const LONGEST_WORD = 100;

interface CachedStemmer {
  readonly stem: Stemmer;
  readonly words: Map<string, string>;
}
const stemmers = new Map<string, CachedStemmer | undefined>();

function stemmerOf(language: string): CachedStemmer | undefined {
  if (stemmers.has(language)) return stemmers.get(language);
  const stem = makeStemmer(language);
  const made = stem === undefined ? undefined : { stem, words: new Map<string, string>() };
  stemmers.set(language, made);
  return made;
}

function makeStemmer(language: string): Stemmer | undefined {
  if (language === 'en' || language === 'und') return stemEnglish;
  if (language === 'hi') return stemHindi;
  const name = SNOWBALL[language];
  if (name === undefined) return undefined;
  // Loaded when first needed: most collections are English, and a cold question must not wait for it.
  const snowball = createRequire(import.meta.url)('snowball-stemmers') as typeof SnowballStemmers;
  const stemmer = snowball.newStemmer(name);
  return (word) => stemmer.stem(word);
}

/** Stem of a folded lower-case word in a language (ISO 639-1; "und" stems as English); over 100 characters the word. */
export function stem(word: string, language: string): string {
  const stemmer = stemmerOf(language);
  if (stemmer === undefined || word.length > LONGEST_WORD) return word;
  let result = stemmer.words.get(word);
  if (result === undefined) {
    result = stemmer.stem(word);
    if (stemmer.words.size >= CACHE_SIZE) stemmer.words.clear();
    stemmer.words.set(word, result);
  }
  return result;
}
