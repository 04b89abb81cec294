/** What a question asks for: kind, class of the answer, relation words in the order of the reasoning, names, options. */
import { stem, stopWords, type Tokens, tokenise } from '../../src/text/index.js';
import { type ChoiceQuestion, COMPARING, findChoice } from './find-choice.js';
import { type AnswerClass, classOfNoun } from './question-lexicon.js';
import { type NameSpan, questionNames } from './question-names.js';
import { type RelationWord, relationWords } from './relation-words.js';
import { type TaggedWord, tagQuestion } from './tag-question.js';

export type QuestionWord =
  | 'who'
  | 'when'
  | 'where'
  | 'which'
  | 'what'
  | 'how'
  | 'how many'
  | 'how long'
  | 'why'
  | 'none';

export interface QuestionAnalysis {
  readonly question: string;
  readonly tokens: Tokens;
  /** False when the question shows no English cue: then whole sentences answer. */
  readonly english: boolean;
  readonly kind: 'open' | 'yes-no' | 'choice';
  readonly word: QuestionWord;
  readonly class: AnswerClass;
  /** Stems of the noun phrase asked for ("which political party": polit, parti), head last. */
  readonly focus: readonly string[];
  readonly relations: readonly RelationWord[];
  readonly names: readonly NameSpan[];
  readonly choice?: ChoiceQuestion;
  /** Folded words of the question. */
  readonly words: ReadonlySet<string>;
}

const AUXILIARIES = new Set('is are was were do does did has have had can could will would should am'.split(' '));
const WH = new Set('who whom whose what when where which why how'.split(' '));

/** Tags of our tokens, found by walking both word lists in step. */
function alignTags(question: string, tokens: Tokens, tagged: readonly TaggedWord[]): (TaggedWord | undefined)[] {
  const tags: (TaggedWord | undefined)[] = new Array(tokens.count).fill(undefined);
  let cursor = 0;
  let i = 0;
  for (const word of tagged) {
    const at = question.indexOf(word.text, cursor);
    if (at < 0 || word.text === '') continue;
    cursor = at + word.text.length;
    while (i < tokens.count && tokens.start[i]! < at) i++;
    while (i < tokens.count && tokens.start[i]! < cursor) tags[i++] = word;
  }
  return tags;
}

const PREPOSITIONS = new Set('in on at by for from to of with into under during'.split(' '));

function isQuestionWord(tokens: Tokens, i: number): boolean {
  return WH.has(tokens.words[i] ?? '');
}

/**
 * Where the question asks: the last word ("... which was written by who?"), else the first, else a capitalised question
 * word (a second sentence asks), else one after a preposition ("in what city"), else "what", else any. "The city where
 * he died" asks nothing.
 */
function questionWordAt(tokens: Tokens): number {
  if (isQuestionWord(tokens, tokens.count - 1)) return tokens.count - 1;
  if (isQuestionWord(tokens, 0)) return 0;
  const all: number[] = [];
  for (let i = 0; i < tokens.count; i++) if (isQuestionWord(tokens, i)) all.push(i);
  return (
    all.find((i) => tokens.shape[i] === 1) ??
    all.find(
      (i) => PREPOSITIONS.has(tokens.words[i - 1] ?? '') && /^(?:what|which|whom|how)$/.test(tokens.words[i]!),
    ) ??
    all.find((i) => tokens.words[i] === 'what') ??
    all[0] ??
    -1
  );
}

function questionWord(tokens: Tokens): { word: QuestionWord; at: number } {
  const at = questionWordAt(tokens);
  if (at < 0) return { word: 'none', at };
  const word = tokens.words[at]!;
  const next = tokens.words[at + 1];
  if (word === 'how') {
    if (next === 'many' || next === 'much') return { word: 'how many', at };
    return { word: next === 'long' || next === 'old' ? 'how long' : 'how', at };
  }
  if (word === 'whom' || word === 'whose') return { word: 'who', at };
  return { word: word as QuestionWord, at };
}

const PAST =
  /(?:[a-z]{2}ed|^(?:won|wrote|built|made|led|held|began|became|sang|took|gave|ran|fought|drew|wore|taught))$/;
export const COPULAS: ReadonlySet<string> = new Set('is are was were'.split(' '));

/**
 * Token range after "which" or "what" up to the first function word: the noun phrase, and perhaps a verb after it. None
 * in "what did the firm finance" and "what caused the loss": there a thing is asked that the question has no noun for.
 */
function afterQuestionWord(tokens: Tokens, at: number): [from: number, to: number] {
  let from = at + 1;
  const next = tokens.words[from] ?? '';
  // "What is the date of ...": the noun phrase after the auxiliary.
  if (COPULAS.has(next)) from += 1;
  else if (AUXILIARIES.has(next)) return [from, from];
  else if (tokens.words[at] === 'what' && /^[a-z]{2,}ed$/.test(next) && classOfNoun(stem(next, 'en')) === undefined) {
    return [from, from];
  }
  while (from < tokens.count && /^(?:the|a|an|type|kind|sort|name|of|was|is)$/.test(tokens.words[from]!)) from++;
  let to = from;
  while (to < tokens.count && to - from < 5) {
    const word = tokens.words[to]!;
    if (WH.has(word) || AUXILIARIES.has(word) || stopWords('en').has(word)) break;
    to++;
  }
  return [from, to];
}

/**
 * Token range of the noun phrase asked for. A noun that the lexicon knows ends it ("which company built"); only where
 * there is none is the tagger asked for the first verb, since loading it takes a third of a second.
 */
async function focusRange(question: string, tokens: Tokens, at: number): Promise<[from: number, to: number]> {
  const [from, to] = afterQuestionWord(tokens, at);
  for (let i = to - 1; i >= from; i--) {
    // "Which company produced it" asks for no producer.
    if (i > from && PAST.test(tokens.words[i]!)) continue;
    if (classOfNoun(stem(tokens.words[i]!, 'en')) !== undefined) return [from, i + 1];
  }
  if (to - from < 2) return [from, to];
  // "Which engineer designed the tower": what ends the run before a function word is the verb.
  if (PAST.test(tokens.words[to - 1]!)) return [from, to - 1];
  const tags = alignTags(question, tokens, await tagQuestion(question));
  for (let i = from; i < to; i++) {
    const tag = tags[i];
    if (tag !== undefined && (tag.function || (tag.verb && !tag.noun && i > from))) return [from, i];
  }
  return [from, to];
}

function openClass(word: QuestionWord, focus: readonly string[], words: readonly string[]): AnswerClass {
  const head = focus.length > 0 ? classOfNoun(focus[focus.length - 1]!) : undefined;
  const first = focus.length > 0 ? classOfNoun(focus[0]!) : undefined;
  if (word === 'who') return 'person';
  if (word === 'when') return 'date';
  if (word === 'where') return 'place';
  if (word === 'why') return 'reason';
  if (word === 'how many') return 'number';
  if (word === 'how long') return words.includes('old') ? 'number' : 'duration';
  if (word === 'how') return 'thing';
  return head ?? first ?? 'thing';
}

/**
 * Analyses a question. `recognised` are the characters of entities that retrieval found in it.
 * The tagger is only loaded for a which- or what-question whose noun the lexicon does not know.
 */
export async function analyseQuestion(
  question: string,
  recognised: readonly { readonly start: number; readonly end: number }[],
): Promise<QuestionAnalysis> {
  const tokens = tokenise(question);
  const words = new Set(tokens.words);
  const asked = questionWord(tokens);
  const first = tokens.words[0] ?? '';
  const names = questionNames(question, tokens, recognised, AUXILIARIES.has(tokens.words[0] ?? ''));
  const polar = AUXILIARIES.has(first) && !/\bor\b/.test(question);
  const english = asked.word !== 'none' || AUXILIARIES.has(first);
  const base = { question, tokens, names, words, english, word: asked.word };
  if (!english) return { ...base, kind: 'open', class: 'thing', focus: [], relations: [] };

  const choice = findChoice(question, tokens, names);
  if (choice !== undefined || polar) {
    const all = relationWords({ question, tokens, names, focus: [0, 0], asked: asked.at });
    const relations = choice === undefined ? all : all.filter((relation) => !COMPARING.test(relation.word));
    return {
      ...base,
      kind: choice === undefined ? 'yes-no' : 'choice',
      class: choice === undefined ? 'yes-no' : 'thing',
      focus: [],
      relations,
      ...(choice === undefined ? {} : { choice }),
    };
  }
  const takesNoun = asked.word === 'which' || asked.word === 'what';
  const [from, to] = takesNoun ? await focusRange(question, tokens, asked.at) : [0, 0];
  const focus = tokens.words.slice(from, to).map((word) => stem(word, 'en'));
  return {
    ...base,
    kind: 'open',
    class: openClass(asked.word, focus, tokens.words),
    focus,
    relations: relationWords({ question, tokens, names, focus: [from, to], asked: asked.at }),
  };
}
