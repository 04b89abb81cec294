/**
 * The English stemmer of Snowball 3.1 ("Porter2": Porter 1980, revised at snowballstem.org/algorithms/english/stemmer.html).
 * Own code, because the packaged ones for Node 20 are of Snowball 1 or 2, which know neither `evening` from `even` nor
 * `university` from `universal`. Words come folded, lower case, without apostrophes.
 */

/** Words that the rules would spoil. */
const EXCEPTIONS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    skis: 'ski',
    skies: 'sky',
    idly: 'idl',
    gently: 'gentl',
    ugly: 'ugli',
    early: 'earli',
    only: 'onli',
    singly: 'singl',
    ...Object.fromEntries(['andes', 'atlas', 'bias', 'cosmos', 'howe', 'news', 'sky'].map((word) => [word, word])),
  }),
);
/** Beginnings after which region 1 starts, so that what follows may be cut. */
const STARTS = ['arsen', 'commun', 'emerg', 'gener', 'inter', 'later', 'organ', 'past', 'univers'];
const WHOLE_ING = new Set(['even', 'cann', 'inn', 'earr', 'herr', 'out']);
const WHOLE_EED = new Set(['succ', 'proc', 'exc']);
const DOUBLES = new Set(['bb', 'dd', 'ff', 'gg', 'mm', 'nn', 'pp', 'rr', 'tt']);
const VALID_LI = 'cdeghkmnrt';

type Rule = readonly [suffix: string, replacement: string];
const rules = (table: Readonly<Record<string, string>>): readonly Rule[] =>
  Object.entries(table).sort((a, b) => b[0].length - a[0].length);

const STEP_2 = rules({
  tional: 'tion',
  enci: 'ence',
  anci: 'ance',
  abli: 'able',
  entli: 'ent',
  izer: 'ize',
  ization: 'ize',
  ational: 'ate',
  ation: 'ate',
  ator: 'ate',
  alism: 'al',
  aliti: 'al',
  alli: 'al',
  fulness: 'ful',
  fulli: 'ful',
  ousli: 'ous',
  ousness: 'ous',
  iveness: 'ive',
  iviti: 'ive',
  biliti: 'ble',
  bli: 'ble',
  ogist: 'og',
  ogi: 'og',
  lessli: 'less',
  li: '',
});
const STEP_3 = rules({
  tional: 'tion',
  ational: 'ate',
  alize: 'al',
  icate: 'ic',
  iciti: 'ic',
  ical: 'ic',
  ful: '',
  ness: '',
  ative: '',
});
const STEP_4 = rules(
  Object.fromEntries(
    'ic ance ence able ible ate ive ize iti al ism ion er ous ant ent ment ement'
      .split(' ')
      .map((suffix) => [suffix, '']),
  ),
);

/** `Y` is a y that acts as a consonant. */
function isVowel(char: string | undefined): boolean {
  return char !== undefined && char !== '' && 'aeiouy'.includes(char);
}

function hasVowel(word: string, end: number): boolean {
  for (let i = 0; i < end; i++) if (isVowel(word[i])) return true;
  return false;
}

/** The position after the first consonant that follows a vowel, from `from` on. */
function regionAfter(word: string, from: number): number {
  let at = from;
  while (at < word.length && !isVowel(word[at])) at++;
  while (at < word.length && isVowel(word[at])) at++;
  return Math.min(at + 1, word.length);
}

/** Whether word[0, end) ends in a short syllable. */
function endsShort(word: string, end: number): boolean {
  const last = word[end - 1];
  if (last === undefined) return false;
  const before = word[end - 2];
  if (!isVowel(last) && isVowel(before)) {
    if (end === 2) return true;
    if (!'wxY'.includes(last) && !isVowel(word[end - 3])) return true;
  }
  return word.slice(0, end).endsWith('past');
}

function longest(word: string, table: readonly Rule[]): Rule | undefined {
  for (const rule of table) if (word.endsWith(rule[0])) return rule;
  return undefined;
}

/** Stem of an English word. */
export function stemEnglish(word: string): string {
  const exception = EXCEPTIONS.get(word);
  if (exception !== undefined) return exception;
  if (word.length < 3) return word;
  const marked = word.includes('y') ? markConsonants(word) : word;
  const start = STARTS.find((prefix) => marked.startsWith(prefix));
  const region1 = start === undefined ? regionAfter(marked, 0) : start.length;
  const region2 = regionAfter(marked, region1);

  let stem = plural(marked);
  stem = pastAndProgressive(stem, region1);
  if (stem.length > 2 && /[yY]$/.test(stem) && !isVowel(stem[stem.length - 2])) stem = `${stem.slice(0, -1)}i`;
  stem = step2(stem, region1);
  stem = step3(stem, region1, region2);
  stem = step4(stem, region2);
  stem = step5(stem, region1, region2);
  return stem.includes('Y') ? stem.replaceAll('Y', 'y') : stem;
}

function markConsonants(word: string): string {
  let out = '';
  for (let i = 0; i < word.length; i++) {
    const char = word[i]!;
    out += char === 'y' && (i === 0 || isVowel(out[i - 1])) ? 'Y' : char;
  }
  return out;
}

function plural(word: string): string {
  if (word.endsWith('sses')) return word.slice(0, -2);
  if (word.endsWith('ied') || word.endsWith('ies')) return word.slice(0, word.length > 4 ? -2 : -1);
  if (!word.endsWith('s') || word.endsWith('us') || word.endsWith('ss')) return word;
  return hasVowel(word, word.length - 2) ? word.slice(0, -1) : word;
}

function pastAndProgressive(word: string, region1: number): string {
  const suffix = ['eedly', 'ingly', 'edly', 'eed', 'ing', 'ed'].find((ending) => word.endsWith(ending));
  if (suffix === undefined) return word;
  const end = word.length - suffix.length;
  const base = word.slice(0, end);
  if (suffix.startsWith('eed')) return end >= region1 && !WHOLE_EED.has(base) ? `${base}ee` : word;
  if (suffix === 'ing') {
    if (end === 2 && base[1] === 'y' && !isVowel(base[0])) return `${base[0]}ie`;
    if (WHOLE_ING.has(base)) return word;
  }
  if (!hasVowel(base, end)) return word;
  if (/(?:at|bl|iz)$/.test(base)) return `${base}e`;
  if (DOUBLES.has(base.slice(-2))) return end === 3 && 'aeo'.includes(base[0]!) ? base : base.slice(0, -1);
  return end === region1 && endsShort(base, end) ? `${base}e` : base;
}

function step2(word: string, region1: number): string {
  const rule = longest(word, STEP_2);
  if (rule === undefined) return word;
  const end = word.length - rule[0].length;
  if (end < region1) return word;
  const before = word[end - 1];
  if (rule[0] === 'ogi' && before !== 'l') return word;
  if (rule[0] === 'li' && (before === undefined || !VALID_LI.includes(before))) return word;
  return word.slice(0, end) + rule[1];
}

function step3(word: string, region1: number, region2: number): string {
  const rule = longest(word, STEP_3);
  if (rule === undefined) return word;
  const end = word.length - rule[0].length;
  if (end < region1 || (rule[0] === 'ative' && end < region2)) return word;
  return word.slice(0, end) + rule[1];
}

function step4(word: string, region2: number): string {
  const rule = longest(word, STEP_4);
  if (rule === undefined) return word;
  const end = word.length - rule[0].length;
  if (end < region2 || (rule[0] === 'ion' && word[end - 1] !== 's' && word[end - 1] !== 't')) return word;
  return word.slice(0, end);
}

function step5(word: string, region1: number, region2: number): string {
  const end = word.length - 1;
  if (word.endsWith('e')) {
    return end >= region2 || (end >= region1 && !endsShort(word, end)) ? word.slice(0, -1) : word;
  }
  return word.endsWith('ll') && end >= region2 ? word.slice(0, -1) : word;
}
