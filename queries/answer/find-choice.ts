/** Questions that choose between two names: "Which came first, A or B?", "Who is older, A or B?". */
import type { Tokens } from '../../src/text/index.js';
import type { NameSpan } from './question-names.js';

export interface ChoiceQuestion {
  readonly options: readonly [string, string];
  /** What is compared and which end wins; absent when the options are told apart by a property. */
  readonly by?: { readonly measure: 'date' | 'number' | 'lifetime'; readonly pick: 'least' | 'greatest' };
}

/** Words that compare; the documents need not say them. */
export const COMPARING =
  /^(?:first|earlier|earliest|older|oldest|elder|eldest|before|later|latest|younger|youngest|newer|newest|last|recent|recently|more|most|less|least|fewer|fewest|longer|longest|shorter|shortest|larger|largest|bigger|biggest|higher|highest|lower|lowest|taller|tallest|smaller|smallest|came|come|out)$/;

const EARLIEST = /\b(?:first|earlier|earliest|older|oldest|before|elder|eldest)\b/i;
const LATEST = /\b(?:later|latest|younger|youngest|last|recent|recently|newer|newest)\b/i;
const MOST =
  /\b(?:more|most|larger|largest|bigger|biggest|higher|highest|taller|tallest|longer|longest|greater|greatest|farther|heavier)\b/i;
const LEAST = /\b(?:fewer|fewest|less|least|smaller|smallest|lower|lowest|shorter|shortest|lighter)\b/i;

function comparison(text: string): ChoiceQuestion['by'] {
  const lived = /\bliv(?:ed|es?)\b/i.test(text);
  if (lived && MOST.test(text)) return { measure: 'lifetime', pick: 'greatest' };
  if (lived && LEAST.test(text)) return { measure: 'lifetime', pick: 'least' };
  if (/\bmore recent/i.test(text)) return { measure: 'date', pick: 'greatest' };
  if (EARLIEST.test(text)) return { measure: 'date', pick: 'least' };
  if (LATEST.test(text)) return { measure: 'date', pick: 'greatest' };
  if (MOST.test(text)) return { measure: 'number', pick: 'greatest' };
  if (LEAST.test(text)) return { measure: 'number', pick: 'least' };
  return undefined;
}

function tidy(text: string): string {
  return text.replace(/^[\s,:;"“]+(?:between\s+)?/, '').replace(/[\s,?.!"”]+$/, '');
}

/** The two options around the last "or", or undefined when the question offers none. */
export function findChoice(question: string, tokens: Tokens, names: readonly NameSpan[]): ChoiceQuestion | undefined {
  let at = tokens.words.lastIndexOf('or');
  while (at > 0 && names.some((name) => name.from < at && at < name.to)) at = tokens.words.lastIndexOf('or', at - 1);
  if (at <= 0 || at === tokens.count - 1) return undefined;
  const after = question.slice(tokens.end[at]!);
  const before = question.slice(0, tokens.start[at]!).replace(/,\s*$/, '');
  const cut = Math.max(before.lastIndexOf(', '), before.lastIndexOf(': '), before.lastIndexOf('? '));
  const last = names.filter((span) => span.to <= at).at(-1);
  const next = names.find((span) => span.from > at);
  let left = cut < 0 ? '' : tidy(before.slice(cut + 1));
  let right = tidy(after);
  let rest = before.slice(0, Math.max(0, cut));
  if (cut < 0) {
    // "Was A or B born first?": the options are the names on either side, the rest compares.
    if (last === undefined || last.to < at - 1) return undefined;
    left = last.text;
    rest = question.slice(0, tokens.start[last.from]!);
    if (next !== undefined && next.from === at + 1) {
      right = next.text;
      rest += question.slice(tokens.end[next.to - 1]!);
    }
  }
  // "before or after", "two or three": an option is a name or a short phrase, not a clause.
  if (left === '' || right === '' || left.length > 100 || right.length > 100) return undefined;
  const named = names.some((span) => right.includes(span.text)) || names.some((span) => left.includes(span.text));
  if (!named && cut < 0) return undefined;
  const by = comparison(rest);
  return { options: [left, right], ...(by === undefined ? {} : { by }) };
}
