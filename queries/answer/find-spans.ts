/** Candidate answers in the evidence: names, dates, numbers, nationalities, noun chunks and clause ends. */
import type { EntityType } from '../../graph-schema/index.js';
import { capitalRuns } from '../../src/graph/capital-runs.js';
import { countryKey } from '../../src/graph/demonyms.js';
import { wordsKey } from '../../src/graph/name-key.js';
import type { EvidenceSentence } from './evidence.js';

export type SpanType =
  | Exclude<EntityType, 'other' | 'quantity'>
  | 'name'
  | 'nationality'
  | 'country'
  | 'year'
  | 'number'
  | 'chunk'
  | 'clause';

export interface Span {
  readonly sentence: EvidenceSentence;
  /** Characters of the sentence's text. */
  readonly start: number;
  readonly end: number;
  /** Tokens [from, to) of the sentence. */
  readonly from: number;
  readonly to: number;
  readonly text: string;
  readonly key: string;
  readonly type: SpanType;
}

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
  ].join('|'),
  'g',
);
const YEARS = /(?<![\d.,])(?:1\d{3}|20\d\d)s?(?:\s*[–-]\s*(?:1\d{3}|20\d\d|\d\d))?(?![\d,.]\d)\b/g;
const NUMBERS =
  /(?:[$€£]\s?)?(?<![\w.,])\d+(?:,\d{3})*(?:\.\d+)?(?:st|nd|rd|th)?(?:\s?(?:%|percent|per cent|million|billion|trillion|km|kilometres|kilometers|miles|metres|meters|feet|ft|kg|years|months|weeks|days|hours|minutes|degrees|°C|people)\b|%)?/g;
const NUMBER_WORDS = new Set(
  'one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion dozen first second third half'.split(
    ' ',
  ),
);
const MAX_CHUNK = 6;
const MAX_CLAUSE = 14;
const MAX_SPANS = 80;

class SpanSet {
  readonly spans: Span[] = [];
  readonly #seen = new Map<string, number>();

  constructor(readonly sentence: EvidenceSentence) {}

  /** Adds tokens [from, to); the first type given to a span stays. */
  add(from: number, to: number, type: SpanType): void {
    const { tokens, text } = this.sentence;
    const code = `${from}:${to}`;
    if (from >= to || this.#seen.has(code) || this.spans.length >= MAX_SPANS) return;
    this.#seen.set(code, this.spans.length);
    const start = tokens.start[from]!;
    // A closing period of an abbreviation or "%" belongs to the answer's characters, not to a token.
    const end = text[tokens.end[to - 1]!] === '%' ? tokens.end[to - 1]! + 1 : tokens.end[to - 1]!;
    const key = wordsKey(tokens.words.slice(from, to));
    this.spans.push({ sentence: this.sentence, start, end, from, to, text: text.slice(start, end), key, type });
  }

  /** Adds characters [start, end), widened to whole tokens. */
  addCharacters(start: number, end: number, type: SpanType): void {
    const { tokens } = this.sentence;
    let from = 0;
    while (from < tokens.count && tokens.end[from]! <= start) from++;
    let to = from;
    while (to < tokens.count && tokens.start[to]! < end) to++;
    this.add(from, to, type);
  }
}

function nameType(key: string, type: EntityType | undefined): SpanType {
  const country = countryKey(key);
  if (country !== key) return 'nationality';
  if (COUNTRIES.has(key)) return 'country';
  return type === undefined || type === 'other' || type === 'quantity' ? 'name' : type;
}

const COUNTRIES = new Set(
  'united states,united kingdom,england,scotland,wales,ireland,france,germany,italy,spain,portugal,netherlands,belgium,switzerland,austria,sweden,norway,denmark,finland,iceland,poland,czech republic,czechoslovakia,slovakia,hungary,romania,bulgaria,greece,turkey,russia,soviet union,ukraine,belarus,estonia,latvia,lithuania,serbia,croatia,slovenia,bosnia and herzegovina,macedonia,albania,georgia,armenia,azerbaijan,iran,persia,iraq,israel,palestine,lebanon,syria,jordan,egypt,saudi arabia,yemen,kuwait,oman,qatar,india,pakistan,bangladesh,nepal,sri lanka,afghanistan,china,taiwan,japan,south korea,north korea,korea,mongolia,vietnam,thailand,cambodia,laos,myanmar,burma,malaysia,singapore,indonesia,philippines,australia,new zealand,canada,mexico,cuba,jamaica,haiti,dominican republic,puerto rico,guatemala,honduras,el salvador,nicaragua,costa rica,panama,colombia,venezuela,ecuador,peru,bolivia,chile,argentina,uruguay,paraguay,brazil,nigeria,ghana,kenya,uganda,tanzania,ethiopia,somalia,sudan,morocco,algeria,tunisia,libya,senegal,ivory coast,cameroon,congo,angola,zambia,zimbabwe,namibia,south africa,malta,cyprus,luxembourg,kazakhstan,uzbekistan,guyana,suriname,mali,niger,chad,botswana,mozambique,madagascar,rwanda,burundi,kosovo,montenegro,moldova,yugoslavia,prussia,hong kong'.split(
    ',',
  ),
);

function addNames(set: SpanSet): void {
  const { sentence } = set;
  const { passage, tokens } = sentence;
  for (const mention of passage.mentions) {
    for (const [start, end] of mention.spans) {
      if (start >= sentence.start && end <= sentence.end) {
        set.addCharacters(start - sentence.start, end - sentence.start, nameType(mention.key, mention.type));
      }
    }
  }
  const runs = capitalRuns(sentence.text, tokens, 0, tokens.count);
  for (let i = 0; i + 1 < runs.length; i += 2) {
    const [from, to] = [runs[i]!, runs[i + 1]!];
    set.add(from, to, nameType(wordsKey(tokens.words.slice(from, to)), undefined));
    const next = runs[i + 2];
    if (next === undefined) continue;
    const gap = sentence.text.slice(tokens.end[to - 1]!, tokens.start[next]!);
    // "Hollywood, California": two runs joined by a comma name one place; "Charles McLaren, 1st Baron Aberconway" one
    // person; "Robert Lane and Benjamin Vail" two.
    if (/^, ?$/.test(gap)) set.add(from, runs[i + 3]!, 'place');
    else if (/^, ?\d{1,2}(?:st|nd|rd|th) $/.test(gap)) set.add(from, runs[i + 3]!, 'person');
    else if (/^,? (?:and|&) (?:the )?$/.test(gap)) set.add(from, runs[i + 3]!, 'chunk');
  }
  for (let i = 0; i < tokens.count; i++) {
    if (tokens.shape[i] !== 1) continue;
    const word = tokens.words[i]!;
    const type = nameType(word, undefined);
    if (type === 'nationality' || type === 'country') set.add(i, i + 1, type);
  }
}

function addValues(set: SpanSet): void {
  const { text, tokens } = set.sentence;
  for (const match of text.matchAll(DATES)) set.addCharacters(match.index, match.index + match[0].length, 'date');
  for (const match of text.matchAll(YEARS)) set.addCharacters(match.index, match.index + match[0].length, 'year');
  for (const match of text.matchAll(NUMBERS)) {
    set.addCharacters(match.index, match.index + match[0].length, 'number');
    const digits = /^[^a-z%]*\d/i.exec(match[0]);
    if (digits !== null) {
      const bare = /[\d.,]+/.exec(match[0])!;
      set.addCharacters(match.index + bare.index, match.index + bare.index + bare[0].length, 'number');
    }
  }
  for (let i = 0; i < tokens.count; i++) {
    if (!NUMBER_WORDS.has(tokens.words[i]!)) continue;
    let to = i + 1;
    while (to < tokens.count && NUMBER_WORDS.has(tokens.words[to]!)) to++;
    set.add(i, to, 'number');
    i = to - 1;
  }
}

function addQuoted(set: SpanSet): void {
  for (const match of set.sentence.text.matchAll(/["“]\s?([^"“”]{2,80}?)\s?["”]/g)) {
    set.addCharacters(match.index + 1, match.index + match[0].length - 1, 'work');
  }
}

/**
 * Runs of content words without punctuation between them; unless `whole`, also with their beginnings cut ("famous
 * American actor" - "actor").
 */
function addChunks(set: SpanSet, whole: boolean): void {
  const { tokens, text, stems } = set.sentence;
  const apart = (i: number): boolean => /[^\s'’-]/.test(text.slice(tokens.end[i]!, tokens.start[i + 1]!));
  for (let i = 0; i < tokens.count; i++) {
    if (stems[i] === '') continue;
    let to = i + 1;
    while (to < tokens.count && to - i < MAX_CHUNK && stems[to] !== '' && !apart(to - 1)) to++;
    const first = i === 0 || stems[i - 1] === '' || apart(i - 1);
    if (first) {
      set.add(i, to, 'chunk');
      if (to - i > 2 && !whole) set.add(i, to - 1, 'chunk');
      // "speed of light", "salt and pepper": one function word inside.
      if (to < tokens.count - 1 && /^(?:of|and|in|for)$/.test(tokens.words[to]!) && !apart(to - 1)) {
        let end = to + 1;
        while (end < tokens.count && /^(?:the|a|an|its|his|her)$/.test(tokens.words[end]!)) end++;
        const start = end;
        while (end < tokens.count && end - start < MAX_CHUNK && stems[end] !== '' && !apart(end - 1)) end++;
        if (end > start) set.add(i, end, 'chunk');
      }
    } else if (to - i <= 3 && !whole) {
      set.add(i, to, 'chunk');
    }
  }
}

/** What follows a word of the question up to the next punctuation mark: answers to how, why and what-does. */
function addClauses(set: SpanSet, asked: (stem: string) => boolean): void {
  const { tokens, text, stems } = set.sentence;
  for (let i = 0; i + 1 < tokens.count; i++) {
    const cue = (stems[i] !== '' && asked(stems[i]!)) || /^(?:because|to|by)$/.test(tokens.words[i]!);
    if (!cue || (stems[i + 1] !== '' && asked(stems[i + 1]!))) continue;
    let from = i + 1;
    while (from < tokens.count && /^(?:is|was|were|are|the|a|an|that|as)$/.test(tokens.words[from]!)) from++;
    let to = from;
    while (to < tokens.count && to - from < MAX_CLAUSE) {
      to++;
      if (/[,;:.()"]/.test(text.slice(tokens.end[to - 1]!, to < tokens.count ? tokens.start[to]! : text.length))) break;
    }
    if (to - from >= 2) set.add(from, to, 'clause');
  }
}

/**
 * All candidates of one sentence; a span has one type, names and values before chunks. `text`: no chunks, whole chunks
 * only, or all chunks and clauses.
 */
export function findSpans(
  sentence: EvidenceSentence,
  asked: (stem: string) => boolean,
  text: 'none' | 'whole' | 'all',
): readonly Span[] {
  const set = new SpanSet(sentence);
  addValues(set);
  addNames(set);
  addQuoted(set);
  if (text !== 'none') addChunks(set, text === 'whole');
  if (text === 'all') addClauses(set, asked);
  return set.spans;
}
