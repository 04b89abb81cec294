/** Writes assets/lexicon.txt: the word lists of compromise (MIT) that typing needs, one line a class, so that bulk ingest need not load it. */
import { writeFileSync } from 'node:fs';
import nlp from 'compromise';

const CLASSES = {
  female: 'FemaleName',
  male: 'MaleName',
  given: 'FirstName',
  occupation: 'Actor',
  verb: 'Infinitive',
  country: 'Country',
  region: 'Region',
  city: 'City',
  organisation: ['Organization', 'SportsTeam'],
};
const words = new Map();
for (const [word, tags] of Object.entries(nlp.model().one.lexicon)) {
  for (const tag of [tags].flat()) words.set(tag, [...(words.get(tag) ?? []), word]);
}
const lines = Object.entries(CLASSES).map(([name, tags]) => {
  const list = [...new Set([tags].flat().flatMap((tag) => words.get(tag) ?? []))].filter((w) =>
    /^[\p{L}\p{N} .'-]+$/u.test(w),
  );
  const singular = list.filter(
    (w) => name !== 'occupation' || !list.includes(w.replace(/ies$/, 'y').replace(/(?:es|s)$/, '')) || !w.endsWith('s'),
  );
  return `${name}:${singular.sort((a, b) => (a < b ? -1 : 1)).join('|')}`;
});
// past forms whose infinitive no ending tells: "swam=swim"
const irregular = (words.get('PastTense') ?? [])
  .filter((form) => /^[a-z]+$/.test(form) && !form.endsWith('ed'))
  .map((form) => `${form}=${nlp(`they ${form}`).verbs().toInfinitive().out('text').replace('they ', '').trim()}`)
  .filter((pair) => /^([a-z]+)=(?!\1$)[a-z]+$/.test(pair));
lines.push(`irregular:${[...new Set(irregular)].sort().join('|')}`);
writeFileSync(new URL('../assets/lexicon.txt', import.meta.url), `${lines.join('\n')}\n`);
