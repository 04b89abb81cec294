/** Names in a question: what retrieval recognised, quoted titles, and runs of capitalised words. */
import { stopWords, type Tokens } from '../../src/text/index.js';
import { tokensCovering } from './tokens-covering.js';

/** [from, to) in tokens of the question. */
export interface NameSpan {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

const CONNECTIVES = new Set('of the de la le du des di da del della van von der den al bin ibn and & in on'.split(' '));
const ASKING = new Set('who whom whose what when where which why how'.split(' '));
const QUESTION_WORDS = new Set(
  'who whom whose what when where which why how is are was were do does did has have had can could will would should in on at by for from to of the if'.split(
    ' ',
  ),
);

function quoted(question: string, tokens: Tokens): NameSpan[] {
  const spans: NameSpan[] = [];
  for (const match of question.matchAll(/["“«]([^"”»]{2,80})["”»]/gu)) {
    const [start, end] = [match.index, match.index + match[0].length];
    let from = 0;
    while (from < tokens.count && tokens.start[from]! < start) from++;
    let to = from;
    while (to < tokens.count && tokens.end[to]! <= end) to++;
    if (to > from) spans.push({ from, to, text: match[1]! });
  }
  return spans;
}

/** Characters [start, end), with the closing bracket of one opened in them: "Wolf Totem (Film)". */
function wholeBracket(question: string, start: number, end: number): string {
  const text = question.slice(start, end);
  return text.lastIndexOf('(') > text.lastIndexOf(')') && question[end] === ')' ? `${text})` : text;
}

/** Capital runs, inner connectives allowed; question words never belong to one. */
function capitalRuns(question: string, tokens: Tokens, splitAtAnd: boolean): NameSpan[] {
  const spans: NameSpan[] = [];
  const stop = stopWords('en');
  const capital = (i: number): boolean =>
    tokens.shape[i] === 1 &&
    !ASKING.has(tokens.words[i]!) &&
    !(i === 0 && (QUESTION_WORDS.has(tokens.words[i]!) || stop.has(tokens.words[i]!)));
  for (let i = 0; i < tokens.count; i++) {
    if (!capital(i)) continue;
    let to = i + 1;
    for (let j = to; j < tokens.count && j - to < 3; j++) {
      if (/[,;:?!]/.test(question.slice(tokens.end[j - 1]!, tokens.start[j]!))) break;
      if (capital(j) || (tokens.shape[j] === 2 && j === to)) to = j + 1;
      else if (!CONNECTIVES.has(tokens.words[j]!) || (splitAtAnd && tokens.words[j] === 'and')) break;
    }
    spans.push({ from: i, to, text: wholeBracket(question, tokens.start[i]!, tokens.end[to - 1]!) });
    i = to - 1;
  }
  return spans;
}

/**
 * Names without overlap, in order; what retrieval recognised goes before quotes, quotes before runs.
 * `splitAtAnd`: "Are A and B ..." names two, not one.
 */
export function questionNames(
  question: string,
  tokens: Tokens,
  recognised: readonly { readonly start: number; readonly end: number }[],
  splitAtAnd: boolean,
): readonly NameSpan[] {
  const known: NameSpan[] = [];
  // A name in small letters counts only where nothing in the question is capitalised ("who directed human flow").
  const cased = tokens.shape.subarray(1).includes(1);
  for (const { start, end } of recognised) {
    if (cased && !/[\p{Lu}\p{Lt}\p{Lo}\p{N}]/u.test(question.slice(start, end))) continue;
    const [from, to] = tokensCovering(tokens, start, end);
    if (to > from) known.push({ from, to, text: question.slice(start, end) });
  }
  const chosen: NameSpan[] = [];
  for (const span of [...known, ...quoted(question, tokens), ...capitalRuns(question, tokens, splitAtAnd)]) {
    if (chosen.every((other) => span.to <= other.from || span.from >= other.to)) chosen.push(span);
  }
  return chosen.sort((a, b) => a.from - b.from);
}
