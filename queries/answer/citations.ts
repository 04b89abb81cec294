/** Citations: numbered quotes whose characters are exactly those of the document's text. */
import type { Citation } from '../types.js';
import type { EvidenceSentence } from './evidence.js';

/** The citation of one sentence; `n` from 1. */
export function citationOf(sentence: EvidenceSentence, n: number): Citation {
  const { record, document } = sentence.passage;
  return {
    n,
    documentId: document.id,
    uri: document.uri,
    title: document.title,
    ...(record.page === undefined ? {} : { page: record.page }),
    start: record.start + sentence.start,
    end: record.start + sentence.end,
    quote: record.text.slice(sentence.start, sentence.end),
  };
}

/** Citations in the order given, numbered from 1. */
export function citationsOf(sentences: readonly EvidenceSentence[]): readonly Citation[] {
  return sentences.map((sentence, i) => citationOf(sentence, i + 1));
}
