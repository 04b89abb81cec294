/** Lists of many passages laid one behind the other. */
import type { Lists } from '../index/invert.js';

/** @param addend is added to every item of a list; default 0 */
export function joinLists(lists: readonly Uint32Array[], addend: (list: number) => number = () => 0): Lists {
  const start = new Uint32Array(lists.length + 1);
  for (let i = 0; i < lists.length; i++) start[i + 1] = start[i]! + lists[i]!.length;
  const items = new Uint32Array(start[lists.length]!);
  for (let i = 0; i < lists.length; i++) {
    const list = lists[i]!;
    const more = addend(i);
    if (more === 0) items.set(list, start[i]!);
    else for (let j = 0, at = start[i]!; j < list.length; j++, at++) items[at] = list[j]! + more;
  }
  return { start, items };
}

export function listOf({ start, items }: Lists, i: number): Uint32Array {
  return items.subarray(start[i]!, start[i + 1]!);
}
