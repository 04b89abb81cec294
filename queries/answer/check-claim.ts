/** Whether a sentence that a model wrote stands in the evidence that it cites. */
import { capitalRuns } from '../../src/graph/capital-runs.js';
import { stem, stopWords, tokenise } from '../../src/text/index.js';
import { sameRoot, stemsOf } from './evidence.js';

/** Least share of the sentence's content words that the cited evidence, or the question, must hold. */
const LEAST_SUPPORT = 0.6;
const HONORIFICS = new Set('mr mrs ms miss dr prof professor sir lady lord saint st'.split(' '));
const NEGATION = /\b(?:not|never|no|none|neither|nor|without)\b|n['’]t\b/i;

export interface CitedText {
  readonly title: string;
  readonly context: string;
  readonly text: string;
}

export type ClaimFault =
  | { readonly kind: 'uncited' }
  | { readonly kind: 'unknown citation'; readonly n: number }
  | { readonly kind: 'unsupported'; readonly words: readonly string[] };

/** Numbers in `[n]` and `[n, m]`, in order, each once. */
export function citedNumbers(sentence: string): readonly number[] {
  const numbers: number[] = [];
  for (const match of sentence.matchAll(/\[(\d+(?:\s*[,;]\s*\d+)*)\]/g)) {
    for (const digits of match[1]!.split(/[,;]/)) numbers.push(Number(digits));
  }
  return [...new Set(numbers)];
}

/** The sentence without its markers, white space on one line. */
export function withoutMarkers(sentence: string): string {
  return sentence
    .replace(/\s*\[\d+(?:\s*[,;]\s*\d+)*\]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}

/**
 * Checks one sentence against the passages it cites (given by number): every number must stand in them, every name in
 * them or in the question, and most content words too. A negation must be theirs as well.
 * Returns the fault, or undefined when it is supported.
 */
export function checkClaim(
  sentence: string,
  evidence: ReadonlyMap<number, CitedText>,
  question: string,
): ClaimFault | undefined {
  const numbers = citedNumbers(sentence);
  if (numbers.length === 0) return { kind: 'uncited' };
  const sources: string[] = [];
  for (const n of numbers) {
    const source = evidence.get(n);
    if (source === undefined) return { kind: 'unknown citation', n };
    sources.push(source.title, source.context, source.text);
  }
  const cited = sources.join('\n');
  const claim = withoutMarkers(sentence);
  const tokens = tokenise(claim);
  const citedTokens = tokenise(cited);
  const citedWords = new Set(citedTokens.words);
  const citedStems = new Set(stemsOf(citedTokens, 'en'));
  const askedTokens = tokenise(question);
  const askedWords = new Set(askedTokens.words);
  const askedStems = new Set(stemsOf(askedTokens, 'en'));

  const missing: string[] = [];
  for (let i = 0; i < tokens.count; i++) {
    const word = tokens.words[i]!;
    if (/\p{N}/u.test(word) && !citedWords.has(word)) missing.push(word);
  }
  const runs = capitalRuns(claim, tokens, 0, tokens.count);
  for (let i = 0; i + 1 < runs.length; i += 2) {
    for (let t = runs[i]!; t < runs[i + 1]!; t++) {
      const word = tokens.words[t]!;
      if (HONORIFICS.has(word)) continue;
      const known =
        citedWords.has(word) || askedWords.has(word) || citedStems.has(stem(word, 'en')) || stopWords('en').has(word);
      if (!known) missing.push(word);
    }
  }
  const content = stemsOf(tokens, 'en').filter((word) => word !== '');
  const held = (word: string): boolean => {
    if (citedStems.has(word) || askedStems.has(word) || citedWords.has(word)) return true;
    for (const other of citedStems) if (sameRoot(word, other)) return true;
    return false;
  };
  const unheld = content.filter((word) => !held(word));
  const support = content.length === 0 ? 0 : 1 - unheld.length / content.length;
  if (missing.length > 0) return { kind: 'unsupported', words: [...new Set(missing)] };
  if (support < LEAST_SUPPORT) return { kind: 'unsupported', words: [...new Set(unheld)] };
  if (NEGATION.test(claim) && !NEGATION.test(cited) && !NEGATION.test(question))
    return { kind: 'unsupported', words: ['not'] };
  return undefined;
}

/** The fault in words, for the answer's warnings. */
export function describeFault(sentence: string, fault: ClaimFault): string {
  const shown = withoutMarkers(sentence);
  const quoted = shown.length > 120 ? `${shown.slice(0, 119)}…` : shown;
  switch (fault.kind) {
    case 'uncited':
      return `Removed a sentence of the model without a citation: "${quoted}"`;
    case 'unknown citation':
      return `Removed a sentence of the model that cites evidence [${fault.n}], which does not exist: "${quoted}"`;
    case 'unsupported':
      return `Removed a sentence of the model that its evidence does not support (${fault.words.join(', ')}): "${quoted}"`;
  }
}
