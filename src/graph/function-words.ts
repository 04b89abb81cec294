/** Closed word classes that names are cut at; folded forms, as the fitted retrieval was measured with. */

const set = (words: string): ReadonlySet<string> => new Set(words.split(' '));

/** Particles that stand inside a name ("University of Oxford", "Ludwig van Beethoven"). */
export const NAME_PARTICLES = set('of the de la le du des di da del della van von der den al bin ibn');

/** Words at which a longer name is also cut into its parts. */
export const CONNECTIVES = set(
  'of the de la le du des di da del della van von der den und y e el al bin ibn for and & in on at to',
);

/** Months and days of the week: alone they are dates, not names. */
export const CALENDAR = set(
  'january february march april may june july august september october november december ' +
    'monday tuesday wednesday thursday friday saturday sunday',
);

/** Words that are capitalised at the head of a sentence without being part of a name. */
export const SENTENCE_HEADS = set(
  'the a an in on at of for and but or as by from with to he she it they his her its their this that these those there ' +
    'who which what when where while after before during since until although however also one two three four first ' +
    'second many most some other both each such if not no i we you my our is was are were be has had did do does how ' +
    'why whose whom are can could would should will may',
);
