/** Search: ranked passages with the words that matched, without an answer. */
import type { MetadataValue } from '../graph-schema/index.js';
import { detectLanguage, tokenise } from '../src/text/index.js';
import { stemsOf } from './answer/evidence.js';
import { gatherHits } from './answer/gather.js';
import { checkK, checkQuestion } from './check-question.js';
import type { QueryContext } from './query-context.js';
import type { SourceOptions } from './store-search/source.js';
import type { Filter } from './types.js';

export interface SearchOptions extends SourceOptions {
  readonly collection: string;
  /** 1..limits.maxK, default 10. */
  readonly k?: number | undefined;
  readonly filter?: Filter | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface SearchHit {
  readonly id: string;
  readonly documentId: string;
  readonly uri: string;
  readonly title: string;
  readonly page?: number;
  /** Heading path or table header. */
  readonly context: string;
  /** Characters of the document's text. */
  readonly start: number;
  readonly end: number;
  readonly score: number;
  readonly text: string;
  /** Characters of `text` that are words of the query, [start, end), ascending. */
  readonly highlights: readonly (readonly [start: number, end: number])[];
  readonly tags: readonly string[];
  readonly metadata: Readonly<Record<string, MetadataValue>>;
}

export interface SearchResult {
  readonly query: string;
  readonly hits: readonly SearchHit[];
  /** Milliseconds by step: `match` where the index in memory was the source, `read` where the store was. */
  readonly timings: Readonly<Record<string, number>>;
}

function highlightsOf(text: string, wanted: ReadonlySet<string>): [number, number][] {
  const tokens = tokenise(text);
  const plain = stemsOf(tokens, detectLanguage(text));
  const english = stemsOf(tokens, 'en');
  const spans: [number, number][] = [];
  for (let i = 0; i < tokens.count; i++) {
    if (wanted.has(plain[i]!) || wanted.has(english[i]!)) spans.push([tokens.start[i]!, tokens.end[i]!]);
  }
  return spans;
}

/**
 * Ranks the passages of a collection for a query.
 * @throws UsageError for an empty or over-long query or a `k` out of range; NotFoundError for an unknown collection or
 * a document that the filter names; ModelError from an embeddings endpoint
 */
export async function search(context: QueryContext, query: string, options: SearchOptions): Promise<SearchResult> {
  const started = context.now();
  const wanted = checkQuestion(query, context.limits);
  const k = checkK(options.k, context.limits);
  const { retrieval, records } = await gatherHits(context, wanted, { ...options, k });
  const stems = new Set(retrieval.terms.map((term) => term.stem));
  return {
    query: wanted,
    hits: records.map(({ hit, record, document }) => ({
      id: record.id,
      documentId: document.id,
      uri: document.uri,
      title: document.title,
      ...(record.page === undefined ? {} : { page: record.page }),
      context: record.context,
      start: record.start,
      end: record.end,
      score: hit.score,
      text: record.text,
      highlights: highlightsOf(record.text, stems),
      tags: document.tags,
      metadata: document.metadata,
    })),
    timings: { ...retrieval.timings, total: context.now() - started },
  };
}
