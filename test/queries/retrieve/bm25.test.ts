import assert from 'node:assert/strict';
import { analyseQuestion } from '../../../queries/retrieve/analyse-question.js';
import { QuestionView } from '../../../queries/retrieve/question-view.js';
import { terms } from '../../../src/text/index.js';
import { smallSet } from './small-set.js';

describe('BM25 over the index', () => {
  it('gives the scores of the formula, title counted three times', async () => {
    const { set, index, lines } = await smallSet();
    const documents = set.documents.map(({ id, title, text }) => {
      const counted = [title, title, title, text].flatMap((part) => terms(part, 'en'));
      return { id, counted };
    });
    const mean = documents.reduce((sum, { counted }) => sum + counted.length, 0) / documents.length;
    for (const { question } of set.questions) {
      const view = new QuestionView(index, analyseQuestion(index, question), undefined, 100);
      const scores = new Map(
        Array.from(view.ranked.ids, (p, i) => [lines[index.documentOf[p]!]!, view.ranked.scores[i]!]),
      );
      for (const { id, counted } of documents) {
        let expected = 0;
        for (const term of new Set(terms(question, 'en'))) {
          const df = documents.filter((document) => document.counted.includes(term)).length;
          const tf = counted.filter((word) => word === term).length;
          const idf = Math.log(1 + (documents.length - df + 0.5) / (df + 0.5));
          expected += (idf * tf * 2.2) / (tf + 1.2 * (0.25 + (0.75 * counted.length) / mean));
        }
        assert.ok(
          Math.abs((scores.get(id) ?? 0) - expected) < 1e-4,
          `${question}: ${id} ${scores.get(id)} ${expected}`,
        );
      }
      view.release();
    }
  });
});
