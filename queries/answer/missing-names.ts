/** What of the question the documents hold nothing on: what an abstention reports as missing. */
import { tokenise } from '../../src/text/index.js';
import { type Evidence, saysRelation, stemsOf } from './evidence.js';

const MOST_WORDS = 4;

/** Names of which some word stands in no passage of the evidence; without such, words that the evidence does not say. */
export function missingNames(evidence: Evidence): readonly string[] {
  const found = new Set<string>();
  for (const passage of evidence.passages) {
    for (const stem of passage.titleStems) found.add(stem);
    for (const sentence of passage.sentences) for (const stem of sentence.stems) found.add(stem);
  }
  const { question } = evidence;
  if (!question.english) return [];
  const lacks = (text: string): boolean =>
    stemsOf(tokenise(text), 'en').some((stem) => stem !== '' && !found.has(stem));
  const names = question.names.map((name) => name.text).filter(lacks);
  if (names.length > 0) return [...new Set(names)];
  return question.relations
    .filter((relation) => !saysRelation(relation, found))
    .map((relation) => relation.word)
    .slice(0, MOST_WORDS);
}
