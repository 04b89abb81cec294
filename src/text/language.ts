/**
 * Language of a text: by its script, then by letters only one language of the script has, and for Latin script by
 * function words (Grefenstette 1995, "Comparing two language identification schemes": the short-word scheme). Chosen over
 * an n-gram package that called one in seven English encyclopedia passages with foreign names something else.
 */
import { classAt, WORD_START, widthAt } from './characters.js';
import { FUNCTION_WORDS } from './function-words.js';
import { tokenise } from './tokenise.js';

/** Read from the start and, in longer texts, from the middle. */
const SAMPLE = 1500;
/** Characters that settle plain English, the common case, without a look at the rest. */
const GLANCE = 400;
const PLAIN_HITS = 4;
const MIN_SHARE = 0.04;
const OVER_ENGLISH = 1.3;

/** First code point of each block of interest, ascending, with the script that starts there ('' = none of these). */
const BLOCKS: readonly (readonly [number, string])[] = [
  [0x0, 'latin'],
  [0x370, 'el'],
  [0x400, 'cyrillic'],
  [0x530, 'hy'],
  [0x590, 'he'],
  [0x600, 'arabic'],
  [0x700, ''],
  [0x900, 'hi'],
  [0x980, 'bn'],
  [0xa00, 'pa'],
  [0xa80, 'gu'],
  [0xb00, 'or'],
  [0xb80, 'ta'],
  [0xc00, 'te'],
  [0xc80, 'kn'],
  [0xd00, 'ml'],
  [0xd80, 'si'],
  [0xe00, 'th'],
  [0xe80, 'lo'],
  [0xf00, 'bo'],
  [0x1000, 'my'],
  [0x10a0, 'ka'],
  [0x1100, 'ko'],
  [0x1200, 'am'],
  [0x13a0, ''],
  [0x1780, 'km'],
  [0x1800, ''],
  [0x1e00, 'latin'],
  [0x1f00, 'el'],
  [0x2000, ''],
  [0x3040, 'kana'],
  [0x3100, ''],
  [0x3400, 'han'],
  [0xa000, ''],
  [0xac00, 'ko'],
  [0xd800, ''],
  [0xf900, 'han'],
  [0xfb00, ''],
  [0xff66, 'kana'],
  [0xffa0, ''],
  [0x20000, 'han'],
];

/** ISO 639-1 code, "und" when it cannot be told (no letters, or Latin letters without function words). */
export function detectLanguage(text: string): string {
  const middle = text.length > 4 * SAMPLE ? text.slice(text.length >> 1, (text.length >> 1) + SAMPLE) : '';
  if (isPlainlyEnglish(text) && (middle === '' || isPlainlyEnglish(middle))) return 'en';
  const sample = middle === '' ? text.slice(0, 2 * SAMPLE) : `${text.slice(0, SAMPLE)} ${middle}`;
  const counts = scriptCounts(sample);
  let script = '';
  let most = 0;
  for (const [name, count] of counts) {
    if (count <= most) continue;
    script = name;
    most = count;
  }
  switch (script) {
    case '':
      return 'und';
    case 'latin':
      return latinLanguage(sample);
    case 'cyrillic':
      return cyrillicLanguage(sample);
    case 'arabic':
      return arabicLanguage(sample);
    case 'kana':
      return 'ja';
    case 'han':
      return (counts.get('kana') ?? 0) * 10 > most ? 'ja' : 'zh';
    default:
      return script;
  }
}

/** Letters of each script; a character of a script without an alphabet counts as three letters. */
function scriptCounts(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  let latin = 0;
  for (let i = 0; i < text.length; i += widthAt(text, i)) {
    if ((classAt(text, i) & WORD_START) === 0) continue;
    const code = text.codePointAt(i)!;
    if (code < 0x370) {
      if (code > 0x40) latin++;
      continue;
    }
    const script = scriptOf(code);
    if (script !== '') counts.set(script, (counts.get(script) ?? 0) + (script === 'han' || script === 'kana' ? 3 : 1));
  }
  if (latin > 0) counts.set('latin', (counts.get('latin') ?? 0) + latin);
  return counts;
}

function scriptOf(code: number): string {
  let low = 0;
  let high = BLOCKS.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (BLOCKS[middle]![0] <= code) low = middle;
    else high = middle - 1;
  }
  return BLOCKS[low]![1];
}

/** The language whose own letters are most; the first of the list when none is seen. */
function byLetters(text: string, candidates: readonly (readonly [string, RegExp])[]): string {
  let best = candidates[0]![0];
  let most = 0;
  for (const [language, letters] of candidates) {
    const count = text.match(letters)?.length ?? 0;
    if (count <= most) continue;
    best = language;
    most = count;
  }
  return best;
}

function cyrillicLanguage(text: string): string {
  return byLetters(text, [
    ['ru', /[ыэё]/gi],
    ['uk', /[іїєґ]/gi],
    ['be', /[ўі]/gi],
    ['sr', /[ђћџљњј]/gi],
    ['mk', /[ѓќѕљњј]/gi],
    ['bg', /(?:ъ[лрвтгзн]|[щж]ъ)/gi],
  ]);
}

function arabicLanguage(text: string): string {
  return byLetters(text, [
    ['ar', /[ةىأإك]/g],
    ['fa', /[پچژگکی]/g],
    ['ur', /[ٹڈڑںےکیہھ]/g],
  ]);
}

const PLAIN = /^[\x00-\u024f\u2010-\u201d]*$/;

/** Enough words that only English has, and hardly any that others have and English has not. */
function isPlainlyEnglish(text: string): boolean {
  const glance = text.slice(0, GLANCE);
  if (!PLAIN.test(glance)) return false;
  const { words, count } = tokenise(glance);
  let english = 0;
  let foreign = 0;
  for (const word of words) {
    const languages = FUNCTION_WORDS.get(word);
    if (languages === undefined) continue;
    if (languages[0] !== 'en') foreign++;
    else if (languages.length === 1) english++;
  }
  return english >= PLAIN_HITS && english * 10 >= count && foreign * 4 <= english;
}

function latinLanguage(text: string): string {
  const { words, count } = tokenise(text);
  const scores = new Map<string, number>();
  let hits = 0;
  for (const word of words) {
    const languages = FUNCTION_WORDS.get(word);
    if (languages === undefined) continue;
    hits++;
    for (const language of languages) scores.set(language, (scores.get(language) ?? 0) + 1 / languages.length);
  }
  if (hits < MIN_SHARE * count) return 'und';
  const english = scores.get('en') ?? 0;
  let best = english > 0 ? 'en' : 'und';
  let most = english;
  for (const [language, score] of scores) {
    // One word proves nothing, and names bring foreign particles into English: others need two and a margin.
    if (language === 'en' || hits < 2 || score < OVER_ENGLISH * english) continue;
    if (best === 'en' || score > most || (score === most && language < best)) {
      best = language;
      most = score;
    }
  }
  return best;
}
