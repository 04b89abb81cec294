import type { Tokens } from '../../src/text/index.js';

/** Tokens [from, to) that characters [start, end) touch; none when from = to. */
export function tokensCovering(tokens: Tokens, start: number, end: number): readonly [from: number, to: number] {
  let from = 0;
  while (from < tokens.count && tokens.end[from]! <= start) from++;
  let to = from;
  while (to < tokens.count && tokens.start[to]! < end) to++;
  return [from, to];
}
