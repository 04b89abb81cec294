/** What a question asks for: kind, class of the answer, relation words in the order of the reasoning, names, options. */
import { stem, stopWords, type Tokens, tokenise } from '../../src/text/index.js';
import { type ChoiceQuestion, findChoice } from './find-choice.js';
import { type AnswerClass, classOfNoun, relatedStems } from './question-lexicon.js';
import { type NameSpan, questionNames } from './question-names.js';
import { type TaggedWord, tagQuestion } from './tag-question.js';

export interface RelationWord {
  readonly word: string;
  readonly stem: string;
  /** Stems of words that speak of the same relation. */
  readonly related: ReadonlySet<string>;
  /** `bridge`: leads from the name in the question to what the answer is asked of; `target`: what is asked. */
  readonly role: 'bridge' | 'target';
}

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
const LINKS = new Set('of by the a an in for from to with film song movie book album novel band'.split(' '));
const RELATIVISERS = new Set(
  'who whom whose which that where when was were is are did does do has have had if'.split(' '),
);

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
 * Where the question asks: the first word, else a capitalised question word (a second sentence asks), else one after a
 * preposition ("in what city"), else "what", else any. "The city where he died" asks nothing.
 */
function questionWordAt(tokens: Tokens): number {
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

/** Token range of the noun phrase after "which" or "what": up to the first verb, preposition or name. */
function focusRange(tokens: Tokens, tags: readonly (TaggedWord | undefined)[], at: number): [from: number, to: number] {
  let from = at + 1;
  if (AUXILIARIES.has(tokens.words[from] ?? '')) {
    // "What is the date of ...": the noun phrase after the auxiliary.
    from += 1;
  }
  while (from < tokens.count && /^(?:the|a|an|type|kind|sort|name|of|was|is)$/.test(tokens.words[from]!)) from++;
  let to = from;
  while (to < tokens.count && to - from < 5) {
    const tag = tags[to];
    const word = tokens.words[to]!;
    if (WH.has(word) || AUXILIARIES.has(word) || stopWords('en').has(word)) break;
    if (tag !== undefined && (tag.function || (tag.verb && !tag.noun && to > from))) break;
    to++;
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

/** Content words outside names, with their role by position relative to the first name they lead to. */
function relationWords(
  tokens: Tokens,
  names: readonly NameSpan[],
  skip: ReadonlySet<number>,
  possessive: ReadonlySet<number>,
): RelationWord[] {
  const stop = stopWords('en');
  const inName = new Uint8Array(tokens.count);
  for (const name of names) inName.fill(1, name.from, name.to);
  const content = (i: number): boolean => inName[i] === 0 && !stop.has(tokens.words[i]!) && !skip.has(i);
  const bridge = new Set<number>();
  // "the director of film [X]": the noun only says what the name is.
  const apposed = new Set<number>();
  for (const name of names) {
    // "date of birth of the performer of song [X]": the segment next to the name bridges, the rest is asked.
    let left = name.from;
    while (left > 0 && !RELATIVISERS.has(tokens.words[left - 1]!) && inName[left - 1] === 0) left--;
    let i = name.from - 1;
    while (i >= left && LINKS.has(tokens.words[i]!)) apposed.add(i--);
    while (i >= left && tokens.words[i] !== 'of' && tokens.words[i] !== 'by') {
      if (content(i)) bridge.add(i);
      i--;
    }
    if (possessive.has(name.to - 1))
      for (let j = name.to; j < tokens.count && j < name.to + 2 && content(j); j++) bridge.add(j);
  }
  const words: number[] = [];
  for (let i = 0; i < tokens.count; i++) if (content(i) && !apposed.has(i)) words.push(i);
  const all = words.every((i) => bridge.has(i));
  return words.map((i) => {
    const word = tokens.words[i]!;
    const root = stem(word, 'en');
    return { word, stem: root, related: relatedStems(root), role: !all && bridge.has(i) ? 'bridge' : 'target' };
  });
}

/**
 * Analyses a question. `recognised` are the characters of entities that retrieval found in it.
 * The tagger is only loaded for a question that asks which or what.
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

  const possessive = new Set<number>();
  for (let i = 0; i < tokens.count; i++)
    if (/^['’]s?\b/.test(question.slice(tokens.end[i]!, tokens.end[i]! + 2))) possessive.add(i);
  const choice = findChoice(question, tokens, names);
  if (choice !== undefined || polar) {
    const relations = relationWords(tokens, names, new Set(), possessive);
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
  // Only "which" and "what" need to know where their noun phrase ends.
  const tags = takesNoun ? alignTags(question, tokens, await tagQuestion(question)) : [];
  const [from, to] = takesNoun ? focusRange(tokens, tags, asked.at) : [0, 0];
  const focus = tokens.words.slice(from, to).map((word) => stem(word, 'en'));
  return {
    ...base,
    kind: 'open',
    class: openClass(asked.word, focus, tokens.words),
    focus,
    relations: relationWords(tokens, names, new Set([asked.at]), possessive),
  };
}
