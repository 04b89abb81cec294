/** A plain BM25, to measure beside hopwise: a term's postings in arrays, scores in one array, nothing else. */
import { terms } from '../../src/text/index.js';
import type { BenchDocument } from '../retrieval/bench-set.js';

const K1 = 1.2;
const B = 0.75;

export class PlainBm25 {
  private readonly postings = new Map<string, { readonly documents: number[]; readonly counts: number[] }>();
  private readonly lengths: number[] = [];
  private total = 0;

  constructor(documents: readonly BenchDocument[]) {
    documents.forEach(({ title, text }, document) => {
      const counts = new Map<string, number>();
      let length = 0;
      for (const term of terms(`${title}\n${text}`, 'en')) {
        counts.set(term, (counts.get(term) ?? 0) + 1);
        length++;
      }
      for (const [term, count] of counts) {
        let posting = this.postings.get(term);
        if (posting === undefined) {
          posting = { documents: [], counts: [] };
          this.postings.set(term, posting);
        }
        posting.documents.push(document);
        posting.counts.push(count);
      }
      this.lengths.push(length);
      this.total += length;
    });
  }

  /** The k best documents. */
  search(question: string, k: number): number[] {
    const n = this.lengths.length;
    const mean = this.total / Math.max(1, n);
    const scores = new Float64Array(n);
    for (const term of new Set(terms(question, 'en'))) {
      const posting = this.postings.get(term);
      if (posting === undefined) continue;
      const df = posting.documents.length;
      const idf = Math.log(1 + (n - df + 0.5) / (df + 0.5));
      posting.documents.forEach((document, i) => {
        const tf = posting.counts[i]!;
        scores[document]! += (idf * tf * (K1 + 1)) / (tf + K1 * (1 - B + (B * this.lengths[document]!) / mean));
      });
    }
    const found: number[] = [];
    scores.forEach((score, document) => {
      if (score > 0) found.push(document);
    });
    return found.sort((a, b) => scores[b]! - scores[a]! || a - b).slice(0, k);
  }
}
