/** Lists in columns: group g holds items[start[g]] .. items[start[g + 1]]. */
export interface Lists {
  readonly start: Uint32Array;
  readonly items: Uint32Array;
}

/**
 * Turns group -> items into item -> groups by counting sort; the groups of an item come ascending.
 * @param count items are 0 .. count - 1
 * @param onPlace told of each place in turn: item number `from` of the input went to `to` of the output
 */
export function invert(lists: Lists, count: number, onPlace?: (from: number, to: number) => void): Lists {
  const { start, items } = lists;
  const outStart = new Uint32Array(count + 1);
  for (let i = 0; i < items.length; i++) outStart[items[i]! + 1]!++;
  for (let i = 0; i < count; i++) outStart[i + 1]! += outStart[i]!;
  const next = outStart.slice(0, count);
  const out = new Uint32Array(items.length);
  for (let g = 0; g + 1 < start.length; g++) {
    for (let i = start[g]!; i < start[g + 1]!; i++) {
      const at = next[items[i]!]!++;
      out[at] = g;
      onPlace?.(i, at);
    }
  }
  return { start: outStart, items: out };
}
