/** Candidate answers in the evidence: names, dates, numbers, nationalities, noun chunks and clause ends. */
import type { EntityType } from '../../graph-schema/index.js';
import { capitalRuns } from '../../src/graph/capital-runs.js';
import { countryKey } from '../../src/graph/demonyms.js';
import { wordsKey } from '../../src/graph/name-key.js';
import { COUNTRIES } from './countries.js';
import type { EvidenceSentence } from './evidence.js';
import { addChunks, addClauses } from './find-chunks.js';
import { addValues } from './find-values.js';
import { type Span, SpanSet, type SpanType } from './span-set.js';

export type { Span, SpanType } from './span-set.js';

function nameType(key: string, type: EntityType | undefined): SpanType {
  const country = countryKey(key);
  if (country !== key) return 'nationality';
  if (COUNTRIES.has(key)) return 'country';
  return type === undefined || type === 'other' || type === 'quantity' ? 'name' : type;
}

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

/** "Alpha Repertory Television Service (ARTS)": a name with the bracket after it. */
function addBracketed(set: SpanSet): void {
  for (const { start, end, type } of [...set.spans]) {
    const bracket = /^ \([^()]{1,12}\)/.exec(set.sentence.text.slice(end, end + 16));
    if (bracket !== null && type !== 'year' && type !== 'date' && type !== 'number') {
      set.addCharacters(start, end + bracket[0].length, type);
    }
  }
}

function addQuoted(set: SpanSet): void {
  for (const match of set.sentence.text.matchAll(/["“]\s?([^"“”]{2,80}?)\s?["”]/g)) {
    set.addCharacters(match.index + 1, match.index + match[0].length - 1, 'work');
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
  addBracketed(set);
  if (text !== 'none') addChunks(set, text === 'whole');
  if (text === 'all') addClauses(set, asked);
  return set.spans;
}
