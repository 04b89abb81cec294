/** Dates as written, over tagged tokens: days, months, years, decades, centuries, eras and ISO dates. */
import type { TaggedTokens } from './tagger.js';

const MONTHS =
  /^(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?$/;
const WEEKDAYS = /^(?:mon|tues|wednes|thurs|fri|satur|sun)day$/;
const SEASONS = /^(?:spring|summer|autumn|fall|winter|early|mid|late|c\.|ca\.|circa)$/;
const DAY = /^(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?$/;
const YEAR = /^(?:1\d{3}|20\d{2}|[5-9]\d{2})$/;
const YEAR_RANGE = /^(?:1\d{3}|20\d{2})[-–/](?:\d{2}|\d{4})$/;
const DECADE = /^(?:1\d|20)?\d0s$/;
const ISO = /^\d{4}-\d{2}(?:-\d{2})?$/;
const ERA = /^(?:bc|bce|ad|ce|b\.c\.|a\.d\.|b\.c\.e\.|c\.e\.)$/;
const ORDINAL =
  /^(?:\d{1,2}(?:st|nd|rd|th)|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|twenty-first)$/;
const BEFORE_MONTH = /^(?:in|since|until|till|during|by|from|to|of|and|early|late|mid|last|next|every|each|-|–)$/;
/** Words after which four digits are a year even before a noun. */
const BEFORE_YEAR =
  /^(?:in|since|until|till|by|from|to|during|of|after|before|around|about|circa|c\.|ca\.|early|late|mid|spring|summer|autumn|fall|winter|\(|–|-|and|or|between)$/;

function starts(kind: RegExp, t: TaggedTokens, i: number, limit: number): boolean {
  return i < limit && kind.test(t.word[i]!);
}

function capital(t: TaggedTokens, i: number): boolean {
  const c = t.value[i]!.charCodeAt(0);
  return c >= 65 && c <= 90;
}

/** Token after the date that starts at token `i`, or `i` when none does. `first` is the first token of the sentence. */
export function dateEnd(t: TaggedTokens, i: number, first: number, limit: number): number {
  const word = t.word[i]!;
  const c = word.charCodeAt(0);
  const digit = c >= 48 && c <= 57;
  if (digit) {
    if (ISO.test(word) || YEAR_RANGE.test(word)) return i + 1;
    if (DECADE.test(word)) return i + 1;
    if (DAY.test(word)) {
      let j = i + 1;
      if (j < limit && t.word[j] === 'of') j++;
      if (starts(MONTHS, t, j, limit) && capital(t, j)) return yearAfter(t, j + 1, limit);
    }
    if (starts(ERA, t, i + 1, limit)) return i + 2;
    if (YEAR.test(word) && yearContext(t, i, first, limit)) return i + 1;
    return centuryEnd(t, i, limit);
  }
  if (WEEKDAYS.test(word) && capital(t, i)) {
    const j = i + 1 < limit && t.word[i + 1] === ',' ? i + 2 : i + 1;
    const end = j < limit ? dateEnd(t, j, first, limit) : j;
    return end > j ? end : i + 1;
  }
  if (ERA.test(word) && starts(/^\d{1,4}$/, t, i + 1, limit)) return i + 2;
  if (MONTHS.test(word) && capital(t, i)) {
    if (starts(DAY, t, i + 1, limit)) return yearAfter(t, i + 2, limit);
    const end = yearAfter(t, i + 1, limit);
    if (end > i + 1) return end;
    const before = i > first ? t.word[i - 1]! : '';
    const properAfter = i + 1 < limit && t.pos[i + 1] === 'PROPN';
    return BEFORE_MONTH.test(before) && !properAfter ? i + 1 : i;
  }
  if (SEASONS.test(word) && i + 1 < limit) {
    let j = i + 1;
    if (t.word[j] === '-' || t.word[j] === 'of' || t.word[j] === 'in') j++;
    if (j < limit && !SEASONS.test(t.word[j]!)) {
      const end = dateEnd(t, j, first, limit);
      if (end > j && (t.pos[i] !== 'ADJ' || t.word[i + 1] !== 'in')) return end;
    }
    return i;
  }
  return ORDINAL.test(word) ? centuryEnd(t, i, limit) : i;
}

function centuryEnd(t: TaggedTokens, i: number, limit: number): number {
  if (!ORDINAL.test(t.word[i]!)) return i;
  let j = i + 1;
  if (j < limit && t.word[j] === '-') j++;
  if (j >= limit || !/^(?:century|centuries|millennium)$/.test(t.word[j]!)) return i;
  return starts(ERA, t, j + 1, limit) ? j + 2 : j + 1;
}

/** End of an optional ", 1984" or "of 1984" from token `i` on. */
function yearAfter(t: TaggedTokens, i: number, limit: number): number {
  const j = i < limit && (t.word[i] === ',' || t.word[i] === 'of') ? i + 1 : i;
  if (j >= limit || !/^(?:1\d{3}|20\d{2}|\d{3})$/.test(t.word[j]!)) return i;
  return starts(ERA, t, j + 1, limit) ? j + 2 : j + 1;
}

/** Four digits are a year unless they count what follows ("1500 people") or follow a currency sign. */
function yearContext(t: TaggedTokens, i: number, first: number, limit: number): boolean {
  const before = i > first ? t.word[i - 1]! : '';
  const threeDigits = t.word[i]!.length === 3;
  if (before !== '' && t.pos[i - 1] === 'SYM') return false;
  if (BEFORE_YEAR.test(before) && !threeDigits) {
    return !(
      i + 1 < limit &&
      /^(?:people|inhabitants|residents|feet|miles|metres|meters|km|acres|square|%)$/.test(t.word[i + 1]!)
    );
  }
  if (threeDigits)
    return /^(?:in|since|until|from|to|circa|c\.|ca\.)$/.test(before) && (i + 1 >= limit || t.pos[i + 1] === 'PUNCT');
  if (i + 1 >= limit) return true;
  const next = t.pos[i + 1]!;
  return !(next === 'NOUN' && t.word[i + 1]!.endsWith('s')) && next !== 'SYM' && t.value[i + 1] !== '%';
}
