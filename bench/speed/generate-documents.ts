/** Documents made from real ones, to grow a corpus: sentences of different documents under a new title, names exchanged. */
import { seededRandom } from '../../queries/evaluate/index.js';
import { splitSentences } from '../../src/text/index.js';
import type { BenchDocument } from '../retrieval/bench-set.js';

/** Share of capitalised words that are exchanged for another document's. */
const EXCHANGED = 0.5;
const MOST_SENTENCES = 6;

/** `documents`, then as many generated ones as make `count`; the same for the same input. */
export function growCorpus(documents: readonly BenchDocument[], count: number): BenchDocument[] {
  const random = seededRandom(1);
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)]!;
  const sentences: string[] = [];
  const names: string[] = [];
  for (const { title, text } of documents) {
    names.push(...(title.match(/\p{Lu}[\p{L}\p{M}]+/gu) ?? []));
    const spans = splitSentences(text, 'en');
    for (let i = 0; i < spans.length; i += 2) sentences.push(text.slice(spans[i]!, spans[i + 1]!));
  }
  const grown = documents.slice(0, count);
  while (grown.length < count) {
    const title = `${pick(names)} ${pick(names)}${random() < 0.3 ? ` ${pick(names)}` : ''}`;
    const parts = [`${title} is known from ${pick(names)}.`];
    const length = 2 + Math.floor(random() * (MOST_SENTENCES - 1));
    while (parts.length < length) {
      parts.push(
        pick(sentences).replace(/(?<=\s)\p{Lu}[\p{L}\p{M}]+/gu, (name) => (random() < EXCHANGED ? pick(names) : name)),
      );
    }
    grown.push({ id: `generated-${grown.length}`, title, text: parts.join(' ') });
  }
  return grown;
}
