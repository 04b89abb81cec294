/** Dates, years, times and numbers of a sentence as candidate answers. */
import type { SpanSet } from './span-set.js';

const MONTH =
  '(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\\.?';
const DATES = new RegExp(
  [
    `\\b\\d{1,2}(?:st|nd|rd|th)?(?:\\s+of)?\\s+${MONTH},?\\s+\\d{3,4}\\b`,
    `\\b${MONTH}\\s+\\d{1,2}(?:st|nd|rd|th)?\\s*,?\\s*\\d{4}\\b`,
    `\\b${MONTH},?\\s+\\d{4}\\b`,
    `\\b${MONTH}\\s+\\d{1,2}\\b`,
    `\\b\\d{1,2}\\s+${MONTH}(?=[\\s,.)]|$)`,
    '\\b\\d{4}-\\d\\d-\\d\\d\\b',
    '\\b(?:early |mid-?|late )?(?:\\d{1,2}(?:st|nd|rd|th)|[a-z]+(?:th|first|second|third))[ -]century\\b',
    '\\b(?:spring|summer|autumn|fall|winter|end|middle|beginning|start) of \\d{4}\\b',
    '\\b\\d[\\d,.]* (?:million|billion|thousand) years ago\\b',
    '\\b\\d[\\d,]*\\s?(?:BCE?|CE|AD|BP|B\\.C\\.|A\\.D\\.)(?=\\W|$)',
    '\\b\\d{1,2}(?::\\d\\d)?\\s?(?:a\\.?m\\.?|p\\.?m\\.?)(?=\\W|$)',
    '\\b[12]\\d{3} (?:to|and|until) [12]\\d{3}\\b',
  ].join('|'),
  'g',
);
const YEARS = /(?<![\d.,])(?:1\d{3}|20\d\d)s?(?:\s*[–-]\s*(?:1\d{3}|20\d\d|\d\d))?(?![\d,.]\d)\b/g;
const NUMBERS =
  /(?:[$€£]\s?)?(?<![\w.,])\d+(?:,\d{3})*(?:\.\d+)?(?:st|nd|rd|th)?(?:\s?(?:%|percent|per cent|million|billion|trillion|km|kilometres|kilometers|miles|metres|meters|feet|ft|kg|years|months|weeks|days|hours|minutes|degrees|°C|people)\b|%)?/g;
const NUMBER_WORDS = new Set(
  'one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion dozen first second third half thirds quarters quarter'.split(
    ' ',
  ),
);

const ORDINAL = /^(?:first|second|third|\d+(?:st|nd|rd|th)s?)$/;

export function addValues(set: SpanSet): void {
  const { text, tokens, stems } = set.sentence;
  for (const match of text.matchAll(DATES)) set.addCharacters(match.index, match.index + match[0].length, 'date');
  for (const { index, 0: years } of text.matchAll(YEARS)) {
    set.addCharacters(index, index + years.length, 'year');
    // "(1850 - 1911)": each of the two may be asked for.
    for (const year of years.matchAll(/\d{4}/g)) set.addCharacters(index + year.index, index + year.index + 4, 'year');
  }
  for (const match of text.matchAll(NUMBERS)) {
    set.addCharacters(match.index, match.index + match[0].length, 'number');
    const digits = /^[^a-z%]*\d/i.exec(match[0]);
    if (digits !== null) {
      const bare = /[\d.,]+/.exec(match[0])!;
      set.addCharacters(match.index + bare.index, match.index + bare.index + bare[0].length, 'number');
    }
  }
  const isNumber = (i: number): boolean => NUMBER_WORDS.has(tokens.words[i] ?? '') || /^\d/.test(tokens.words[i] ?? '');
  const apart = (i: number): boolean =>
    !/^[\s'’–-]?$/.test(text.slice(tokens.end[i]!, tokens.start[i + 1] ?? text.length));
  for (let i = 0; i < tokens.count; i++) {
    if (!isNumber(i)) continue;
    let to = i + 1;
    while (isNumber(to)) to++;
    if (NUMBER_WORDS.has(tokens.words[i]!)) set.add(i, to, 'number');
    // "six to nine percent", "30 to 50 thousand".
    if (/^(?:to|or)$/.test(tokens.words[to] ?? '') && isNumber(to + 1)) {
      to += 2;
      while (isNumber(to)) to++;
      set.add(i, to, 'number');
    }
    if (ORDINAL.test(tokens.words[to - 1]!)) {
      i = to - 1;
      continue;
    }
    // With what is counted, or its unit.
    for (let end = to + 1; end <= to + 2 && end <= tokens.count && stems[end - 1] !== '' && !apart(end - 2); end++) {
      set.add(i, end, 'number');
    }
    i = to - 1;
  }
}
