/** Packs units into passages of about the target length, by dynamic programming over the places to cut. */
import { STRETCH } from './split.js';
import type { Unit } from './units.js';

/** What cutting inside a paragraph costs, beside the squared relative distance of each passage from the target. */
const INSIDE_BLOCK = 0.1;

/**
 * Ranges of units, flat [from0, to0, from1, ...], in order and covering all. The sum over passages of
 * (words / target - 1)^2, plus `INSIDE_BLOCK` for each cut inside a block, is the least possible with no passage over
 * `STRETCH` times the target (a single longer unit stands alone). So a tail is short only where nothing can join it.
 */
export function pack(units: readonly Unit[], targetWords: number): number[] {
  const n = units.length;
  const cost = new Float64Array(n + 1).fill(Number.POSITIVE_INFINITY);
  const from = new Int32Array(n + 1);
  cost[0] = 0;
  for (let end = 1; end <= n; end++) {
    let words = 0;
    for (let start = end - 1; start >= 0; start--) {
      words += units[start]!.words;
      if (words > STRETCH * targetWords && start < end - 1) break;
      const off = words / targetWords - 1;
      const here = cost[start]! + off * off + (start > 0 && !units[start]!.opensBlock ? INSIDE_BLOCK : 0);
      if (here < cost[end]!) {
        cost[end] = here;
        from[end] = start;
      }
    }
  }
  const ranges: number[] = [];
  for (let end = n; end > 0; end = from[end]!) ranges.push(end, from[end]!);
  return ranges.reverse();
}
