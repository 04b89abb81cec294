/** Distances in tokens between a span and what is marked in its sentence. */

/** Tokens beyond which nothing counts as near. */
export const FAR = 20;

/** Tokens from a span that starts at `from` back to the last marked token, FAR when there is none near. */
export function back(marks: Uint8Array, from: number): number {
  for (let d = 1; d <= FAR && from - d >= 0; d++) if (marks[from - d] === 1) return d;
  return FAR;
}

/** Tokens from a span that ends before `to` to the next marked token. */
export function ahead(marks: Uint8Array, to: number): number {
  for (let d = 1; d <= FAR && to + d - 1 < marks.length; d++) if (marks[to + d - 1] === 1) return d;
  return FAR;
}

/** 1 next to it, 0 from FAR on. */
export const closeness = (distance: number): number => (distance >= FAR ? 0 : Math.exp(-(distance - 1) / 4));
