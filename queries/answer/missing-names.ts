/** Names of the question on which the documents hold nothing: what an abstention reports as missing. */

import { tokenise } from '../../src/text/index.js';
import type { Evidence } from './evidence.js';
import { stemsOf } from './evidence.js';

/** Names, then words, whose rarest term no passage of the evidence holds; in the order of the question. */
export function missingNames(evidence: Evidence): readonly string[] {
  const found = new Set<string>();
  for (const passage of evidence.passages) {
    for (const stem of passage.titleStems) found.add(stem);
    for (const sentence of passage.sentences) for (const stem of sentence.stems) found.add(stem);
  }
  const { question, retrieval } = evidence;
  const unknown = new Set(
    retrieval.terms.filter((term) => term.df === 0 || !found.has(term.stem)).map((term) => term.stem),
  );
  const lacks = (text: string): boolean =>
    stemsOf(tokenise(text), 'en').some((stem) => stem !== '' && unknown.has(stem));
  const names = question.names.map((name) => name.text).filter(lacks);
  if (names.length > 0) return [...new Set(names)];
  return question.relations
    .filter((relation) => unknown.has(relation.stem))
    .map((relation) => relation.word)
    .slice(0, 4);
}
