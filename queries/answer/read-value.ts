/** Dates and numbers as values that can be compared. */

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');

/** [year, month, day]; 0 where it is not said. */
export type DateValue = readonly [year: number, month: number, day: number];

/** The date that a text writes ("12 March 1990", "March 12, 1990", "1990", "1990-03-12"), or undefined. */
export function readDate(text: string): DateValue | undefined {
  const iso = /\b(\d{4})-(\d\d)-(\d\d)\b/.exec(text);
  if (iso !== null) return [Number(iso[1]), Number(iso[2]), Number(iso[3])];
  const year = /(?<!\d)(\d{3,4})(?!\d)/.exec(text);
  if (year === null) return undefined;
  const month = /\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*/i.exec(text);
  const day = /(?<!\d)(\d{1,2})(?:st|nd|rd|th)?(?!\d)/.exec(text);
  const number = month === null ? 0 : MONTHS.indexOf(month[1]!.toLowerCase()) + 1;
  return [Number(year[1]), number, number === 0 || day === null ? 0 : Number(day[1])];
}

/** Order of two dates at the coarser precision of the two; 0 when that does not tell them apart. */
export function compareDateValues(a: DateValue, b: DateValue): number {
  for (let i = 0; i < 3; i++) {
    if (a[i] === 0 || b[i] === 0) return 0;
    if (a[i] !== b[i]) return a[i]! - b[i]!;
  }
  return 0;
}

const WORDS: Readonly<Record<string, number>> = Object.fromEntries(
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty'
    .split(' ')
    .map((word, i) => [word, i]),
);
const SCALES: Readonly<Record<string, number>> = {
  hundred: 1e2,
  thousand: 1e3,
  million: 1e6,
  billion: 1e9,
  trillion: 1e12,
};

/** The first number that a text writes, in digits or words, with its scale ("1.5 million"), or undefined. */
export function readNumber(text: string): number | undefined {
  const digits = /\d[\d,]*(?:\.\d+)?/.exec(text);
  const words = text.toLowerCase().split(/[^a-z]+/);
  const plain =
    digits === null
      ? words.map((word) => WORDS[word]).find((value) => value !== undefined)
      : Number(digits[0].replaceAll(',', ''));
  if (plain === undefined || Number.isNaN(plain)) return undefined;
  const scale = words.map((word) => SCALES[word]).find((value) => value !== undefined) ?? 1;
  return plain * scale;
}
