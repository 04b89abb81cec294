/**
 * Analysis of a question against one index: the entities that it names (longest match over aliases and known names),
 * its terms in the collection's languages with their idf, and which of them belong to names.
 */
import { capitalRuns } from '../../src/graph/capital-runs.js';
import { countryKey } from '../../src/graph/demonyms.js';
import { SENTENCE_HEADS } from '../../src/graph/function-words.js';
import { spanKey } from '../../src/graph/name-key.js';
import type { RetrievalIndex } from '../../src/index/retrieval-index.js';
import { questionTerms, stem, stopWords, type Tokens, tokenise } from '../../src/text/index.js';
import type { QuestionEntity } from '../types.js';
import { inverseDocumentFrequency } from './bm25.js';

/** Words of the longest name looked up. */
const LONGEST_NAME = 12;
/** Terms of a question that count, the rarest first; one bit each in the masks of the scratch. */
const MOST_TERMS = 64;
/** Share of a collection's passages from which one of its languages stems the question too. */
const LANGUAGE_SHARE = 0.05;
const MOST_LANGUAGES = 3;
const ARTICLES = new Set(['the', 'a', 'an']);

/** What an analysis looks up. */
export type QuestionLexicon = Pick<RetrievalIndex, 'languages' | 'totalPassages' | 'entity' | 'alias' | 'term' | 'df'>;

export interface NamedEntity extends QuestionEntity {
  /** Documents that have the key as alias, with the alias weights. */
  readonly alias: { readonly documents: Uint32Array; readonly weights: Float32Array } | undefined;
  /** Sum of idf over all words of the name. */
  readonly mass: number;
}

export interface QuestionTerm {
  readonly stem: string;
  /** Term of the index, -1 when the collection lacks it. */
  readonly id: number;
  readonly df: number;
  readonly idf: number;
  /** Part of a name in the question. */
  readonly entity: boolean;
}

export interface Analysis {
  readonly question: string;
  /** The question without the names in it; the whole question when nothing else is left. */
  readonly unnamed: string;
  readonly entities: readonly NamedEntity[];
  /** Entity numbers named, distinct, in order of appearance. */
  readonly known: Uint32Array;
  readonly terms: readonly QuestionTerm[];
  /** Sum of the terms' idf; at least 1e-9. */
  readonly mass: number;
}

function languagesOf(index: QuestionLexicon): string[] {
  const codes = index.languages
    .filter(({ passages }, i) => i === 0 || passages >= LANGUAGE_SHARE * index.totalPassages)
    .slice(0, MOST_LANGUAGES)
    .map(({ code }) => code);
  return codes.length > 0 ? codes : ['und'];
}

interface Match {
  readonly key: string;
  readonly from: number;
  readonly to: number;
  /** The key stands for another name (a demonym), so its words stay ordinary terms. */
  readonly replaced: boolean;
}

/** The longest name that starts at token `from`, if any. */
function matchAt(index: QuestionLexicon, tokens: Tokens, stop: ReadonlySet<string>, from: number): Match | undefined {
  for (let length = Math.min(LONGEST_NAME, tokens.count - from); length > 0; length--) {
    const words = tokens.words.slice(from, from + length);
    const first = words[0]!;
    // A capitalised article may be part of a title's key only after it is cut, so both forms are tried.
    const whole = words.join(' ');
    const cut = spanKey(tokens, from, from + length);
    const key = isKnown(index, whole) ? whole : cut !== whole && isKnown(index, cut) ? cut : undefined;
    if (key === undefined || words.every((word) => stop.has(word))) continue;
    let capitals = 0;
    for (let i = from; i < from + length; i++) if (tokens.shape[i] !== 0) capitals++;
    if (length === 1 && (!isNameWord(tokens, from) || (from === 0 && SENTENCE_HEADS.has(first)))) continue;
    if (length > 1 && capitals === 0 && length < 3 && !isNameWord(tokens, from)) continue;
    if (stop.has(first) && !ARTICLES.has(first) && index.alias(key) === undefined) continue;
    const country = countryKey(key);
    if (country !== key && index.entity(country) >= 0) return { key: country, from, to: from + length, replaced: true };
    return { key, from, to: from + length, replaced: false };
  }
  return undefined;
}

/** A capitalised word, or one of at least two characters in a script without case. */
function isNameWord(tokens: Tokens, at: number): boolean {
  const word = tokens.words[at]!;
  return tokens.shape[at] === 1 || (tokens.shape[at] === 0 && word.length > 1 && word === word.toUpperCase());
}

function isKnown(index: QuestionLexicon, key: string): boolean {
  return index.entity(key) >= 0 || index.alias(key) !== undefined;
}

function withoutNames(question: string, tokens: Tokens, named: Uint8Array): string {
  let rest = '';
  let at = 0;
  for (let i = 0; i < tokens.count; i++) {
    if (named[i] === 0) continue;
    rest += question.slice(at, tokens.start[i]);
    at = tokens.end[i]!;
  }
  rest += question.slice(at);
  return /[\p{L}\p{N}]/u.test(rest) ? rest : question;
}

/** Analyses a question. Characters outside every name and term (punctuation, function words) are ignored. */
export function analyseQuestion(index: QuestionLexicon, question: string): Analysis {
  const tokens = tokenise(question);
  const languages = languagesOf(index);
  const language = languages[0]!;
  const stop = stopWords(language);
  const idfOf = (term: number): number => inverseDocumentFrequency(index.totalPassages, term < 0 ? 0 : index.df(term));

  const matches: Match[] = [];
  for (let at = 0; at < tokens.count; ) {
    const match = matchAt(index, tokens, stop, at);
    if (match !== undefined) matches.push(match);
    at = match?.to ?? at + 1;
  }

  const covered = new Uint8Array(tokens.count);
  const named = new Uint8Array(tokens.count);
  for (const { from, to, replaced } of matches) {
    covered.fill(1, from, to);
    if (!replaced) named.fill(1, from, to);
  }
  const runs = capitalRuns(question, tokens, 0, tokens.count);
  for (let i = 0; i < runs.length; i += 2) {
    const [from, to] = [runs[i]!, runs[i + 1]!];
    if (!covered.subarray(from, to).every((x) => x === 1)) named.fill(1, from, to);
  }

  const entities = matches.map(({ key, from, to }): NamedEntity => {
    let mass = 0;
    for (const word of key.split(' ')) mass += idfOf(index.term(stem(word, language)));
    return {
      key,
      start: tokens.start[from]!,
      end: tokens.end[to - 1]!,
      entity: index.entity(key),
      alias: index.alias(key),
      mass,
    };
  });

  const namedWords = new Set(tokens.words.filter((_, i) => named[i] === 1));
  let terms = questionTerms(tokens, languages, (found) => index.term(found) >= 0).map(
    ({ stem: found, word }): QuestionTerm => {
      const id = index.term(found);
      return { stem: found, id, df: id < 0 ? 0 : index.df(id), idf: idfOf(id), entity: namedWords.has(word) };
    },
  );
  if (terms.length > MOST_TERMS) {
    const rarest = new Set([...terms].sort((a, b) => b.idf - a.idf || (a.stem < b.stem ? -1 : 1)).slice(0, MOST_TERMS));
    terms = terms.filter((term) => rarest.has(term));
  }
  let mass = 0;
  for (const { idf } of terms) mass += idf;
  const known = [...new Set(entities.map(({ entity }) => entity).filter((entity) => entity >= 0))];
  return {
    question,
    unnamed: withoutNames(question, tokens, named),
    entities,
    known: Uint32Array.from(known),
    terms,
    mass: Math.max(mass, 1e-9),
  };
}
