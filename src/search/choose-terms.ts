/** Which terms of a question are matched in the store: a full-text index pays for every posting of every term. */
import type { MatchTerm } from '../ports/passage-search.js';

/** Postings looked at for a question, about. */
const BUDGET = 40_000;
/** Terms that are matched however frequent. */
const ALWAYS = 2;

/** The rarest terms whose postings fit into the budget, at least two, rarest first; terms that nothing holds are left out. */
export function chooseTerms(terms: readonly MatchTerm[]): readonly MatchTerm[] {
  const rarest = terms.filter(({ df }) => df > 0).sort((a, b) => a.df - b.df || (a.stem < b.stem ? -1 : 1));
  let left = BUDGET;
  return rarest.filter(({ df }, i) => {
    left -= df;
    return i < ALWAYS || left >= 0;
  });
}
