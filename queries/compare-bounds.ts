/** The order that filters bound dates and metadata by. */
const ISO_DATE = /^\d{4}(?:-\d\d(?:-\d\d(?:[T ].*)?)?)?$/;

/**
 * Order of two ISO 8601 dates at the coarser precision of the two: "2024-05-17" and "2024-05" are equal, because a
 * prefix stands for its whole period.
 */
export function compareDates(a: string, b: string): number {
  const n = Math.min(a.length, b.length);
  const [x, y] = [a.slice(0, n), b.slice(0, n)];
  return x < y ? -1 : x > y ? 1 : 0;
}

/** Order of a stored value and a bound, or undefined when they cannot be compared. Numbers compare as numbers, also when stored as text. */
export function compareToBound(value: string | number | boolean, bound: string | number): number | undefined {
  if (typeof bound === 'number') {
    const number =
      typeof value === 'number' ? value : typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN;
    return Number.isNaN(number) ? undefined : number - bound;
  }
  if (typeof value === 'boolean') return undefined;
  const text = String(value);
  if (ISO_DATE.test(text) && ISO_DATE.test(bound)) return compareDates(text, bound);
  return text < bound ? -1 : text > bound ? 1 : 0;
}
