/** Answers of a collection to fixed questions: they too must be those of a fresh build. */
import type { IngestContext } from '../../../ingest/index.js';
import { type Answer, ask, loadRanker } from '../../../queries/index.js';
import { COLLECTION } from './workbench.js';

const QUESTIONS = [
  'Where was Ada Lark born?',
  'Who founded the institute that the poet Tamsin Vale never visited?',
  'Which town lies on the coast of the country of Oslo?',
];

const ranker = loadRanker();

/** The whole answer objects; empty when the collection holds no passage to ask. */
export async function answersOf({ store, index, embedder, limits }: IngestContext): Promise<Answer[]> {
  if ((await store.collection(COLLECTION))?.counts.passages === 0) return [];
  const context = { store, index, embedder, limits, ranker: await ranker, now: () => 0 };
  const answers: Answer[] = [];
  for (const question of QUESTIONS) answers.push(await ask(context, question, { collection: COLLECTION, k: 5 }));
  return answers;
}
