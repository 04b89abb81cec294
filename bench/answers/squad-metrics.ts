/** Exact match and F1 of short answers as SQuAD's evaluation computes them (Rajpurkar et al., 2016). */

/** Lower case, punctuation and articles dropped, white space on one blank. */
export function normaliseAnswer(text: string): string {
  return text
    .toLowerCase()
    .replace(/[!-/:-@[-`{-~‘’´–—]/g, '')
    .replace(/\b(?:a|an|the)\b/g, ' ')
    .split(/\s+/)
    .filter((word) => word !== '')
    .join(' ');
}

function wordsOf(text: string): string[] {
  return normaliseAnswer(text)
    .split(' ')
    .filter((word) => word !== '');
}

/** Harmonic mean of precision and recall of the words in common, 0..1. */
export function answerF1(predicted: string, gold: string): number {
  const left = wordsOf(predicted);
  const right = wordsOf(gold);
  const counts = new Map<string, number>();
  for (const word of right) counts.set(word, (counts.get(word) ?? 0) + 1);
  let shared = 0;
  for (const word of left) {
    const count = counts.get(word) ?? 0;
    if (count > 0) {
      shared++;
      counts.set(word, count - 1);
    }
  }
  if (shared === 0) return 0;
  const precision = shared / left.length;
  const recall = shared / right.length;
  return (2 * precision * recall) / (precision + recall);
}

export interface AnswerScore {
  readonly em: number;
  readonly f1: number;
}

/** The best of several gold answers; 0 when there is none. */
export function scoreAnswer(predicted: string, golds: readonly string[]): AnswerScore {
  const normal = normaliseAnswer(predicted);
  const em = normal !== '' && golds.some((gold) => normaliseAnswer(gold) === normal) ? 1 : 0;
  return { em, f1: golds.reduce((best, gold) => Math.max(best, answerF1(predicted, gold)), em) };
}

/** True when one of the answers stands, normalised, in the text. */
export function holdsAnswer(text: string, golds: readonly string[]): boolean {
  const words = ` ${normaliseAnswer(text)} `;
  return golds.some((gold) => {
    const normal = normaliseAnswer(gold);
    return normal !== '' && words.includes(` ${normal} `);
  });
}
