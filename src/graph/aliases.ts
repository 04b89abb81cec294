/** Names that a document's title and lead sentence give to the document, with how far each can be trusted. */
import type { Alias } from '../../graph-schema/index.js';
import { stopWords, tokenise } from '../text/index.js';
import { CONNECTIVES, NAME_PARTICLES } from './function-words.js';
import { wordsKey } from './name-key.js';

/** Words of an alias at most; longer titles are sentences rather than names. */
export const MAX_ALIAS_WORDS = 10;
const STOP = stopWords('en');
const BRACKETS_AT_END = /\s*(?:\([^)]*\)|（[^）]*）)\s*$/u;
const LEAD_SUBJECT = /^["'“]*([^()（）]{2,70}?)["'”]*(\s*[(（]|,| is | was | are | were | ")/u;
const ALSO_KNOWN =
  /(?:also known as|also called|known as|formerly known as|formerly|better known as|known professionally as|stylized as|nicknamed|abbreviated as|abbreviated|also spelled|or simply|commonly known as|often called|née|nee|born)\s+["'“]?((?:\p{Lu}[^\s,;()"”]*\s?){1,5})/gu;
const ACRONYM = /[(（](\p{Lu}[\p{Lu}0-9&]{1,6})[);,）；，]/gu;
const PERSON_LEAD = /\b(?:born|died)\b|\(.*\d{4}.*\)/;

const isLetter = /^\p{L}/u;
const isUpper = /^\p{Lu}/u;

/** A subject phrase whose words are all capitalised, but for particles. */
function isCapitalised(phrase: string): boolean {
  for (const word of phrase.split(/\s+/)) {
    if (isLetter.test(word) && !isUpper.test(word) && !CONNECTIVES.has(word.toLowerCase())) return false;
  }
  return true;
}

const hasNoCase = (phrase: string): boolean => phrase.toUpperCase() === phrase.toLowerCase();

/** The lead's subject when it shares a word with the title, and where a bracket follows it at once. */
function leadSubject(
  lead: string,
  titleWords: readonly string[],
): { phrase: string; bracket: number | undefined } | undefined {
  const match = LEAD_SUBJECT.exec(lead);
  if (match === null) return undefined;
  const phrase = match[1]!;
  const followed = /[(（]$/.test(match[2]!);
  // Without capitals only a bracket right behind the phrase shows that it is a name.
  const named = hasNoCase(phrase) ? followed : isCapitalised(phrase);
  if (!named || !tokenise(phrase).words.some((word) => titleWords.includes(word))) return undefined;
  return { phrase, bracket: followed ? match[0].length - 1 : undefined };
}

/**
 * Whether an acronym is the title's: its letters are initials of the title's words, of half of them or more. Others that
 * a lead explains are of something that it speaks about; taken for the document's own they make false links (abstracts).
 */
function spells(acronym: string, titleWords: readonly string[]): boolean {
  const letters = tokenise(acronym)
    .words.join('')
    .replace(/[^\p{L}]/gu, '');
  let at = 0;
  for (const word of titleWords) if (word[0] === letters[at]) at++;
  const content = titleWords.filter((word) => !STOP.has(word)).length;
  return letters.length > 1 && at === letters.length && 2 * letters.length >= content;
}

/** "Johann S. Bach" -> "johann bach": first and last word with the particles between them. */
function firstAndLast(words: readonly string[]): string {
  return [words[0]!, ...words.slice(1, -1).filter((word) => NAME_PARTICLES.has(word)), words[words.length - 1]!].join(
    ' ',
  );
}

/**
 * Aliases of a document.
 * @param lead the first sentence of its first passage, empty if it has no text
 * @returns sorted by key, each key once with its greatest weight
 */
export function documentAliases(title: string, lead: string): Alias[] {
  const found = new Map<string, { surface: string; weight: number; words: readonly string[] }>();
  const add = (surface: string, weight: number): void => {
    const { words } = tokenise(surface);
    const key = wordsKey(words);
    const kept = key === words.join(' ') ? words : words.slice(1);
    const first = kept[0];
    if (first === undefined || kept.length > MAX_ALIAS_WORDS) return;
    if (kept.length === 1 && (STOP.has(first) || first.length < 2)) return;
    const known = found.get(key);
    if (known === undefined || known.weight < weight) found.set(key, { surface: surface.trim(), weight, words: kept });
  };

  add(title, 1);
  const bare = title.replace(BRACKETS_AT_END, '').trim();
  if (bare !== title) add(bare, 1);
  const comma = bare.indexOf(',');
  if (comma >= 0) add(bare.slice(0, comma), 0.5);

  const titleWords = tokenise(bare).words;
  const subject = leadSubject(lead, titleWords);
  if (subject !== undefined) add(subject.phrase, 1);
  for (const match of lead.matchAll(ALSO_KNOWN)) {
    const { words } = tokenise(match[1]!);
    if (words.length >= 2 || (words[0]?.length ?? 0) > 3) add(match[1]!, 0.6);
  }
  for (const match of lead.matchAll(ACRONYM)) {
    if (match.index === subject?.bracket || spells(match[1]!, titleWords)) add(match[1]!, 0.7);
  }

  if (PERSON_LEAD.test(lead.slice(0, 200))) {
    for (const { words, weight, surface } of [...found.values()]) {
      if (words.length < 3 || words.length > 5 || weight < 1) continue;
      const key = firstAndLast(words);
      if (!found.has(key)) found.set(key, { surface, weight: 0.6, words: key.split(' ') });
    }
  }
  return [...found]
    .map(([key, { surface, weight }]) => ({ key, surface, weight }))
    .sort((a, b) => (a.key < b.key ? -1 : 1));
}
