/** Function words that carry no topic; 88 for English (the list that retrieval was fitted with). */
const ENGLISH = new Set(
  "a an and are as at be been being but by can could did do does doing for from had has have having he her hers him his how i if in into is it its itself me my no nor not of on or our out s so some such t than that the their them then there these they this those to too up was we were what when where which while who whom whose why will with would you your also both during same".split(
    ' ',
  ),
);
const NONE: ReadonlySet<string> = new Set();

/** Stop words of a language (ISO 639-1), empty where none are kept. */
export function stopWords(language: string): ReadonlySet<string> {
  return language === 'en' || language === 'und' ? ENGLISH : NONE;
}
