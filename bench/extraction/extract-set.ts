/** Takes the corpus of a benchmark folder through the product's own path: reader, splitter, description, extractor, fold. */
import type { Contribution, Mention, PassageRecord } from '../../graph-schema/index.js';
import { createExtractor, EXTRACTOR } from '../../ingest/index.js';
import { describeDocument } from '../../ingest/pipeline/describe-document.js';
import { draftDocument } from '../../ingest/pipeline/draft-document.js';
import { makeRecipe } from '../../ingest/pipeline/recipe.js';
import { readSource } from '../../ingest/read/read-source.js';
import { MentionFold } from '../../src/graph/mention-fold.js';
import type { IndexDocument } from '../../src/index/index-source.js';
import { DEFAULT_LIMITS } from '../../src/limits.js';
import type { QuantisedVectors } from '../../src/ports/index.js';
import type { BenchDocument } from '../retrieval/bench-set.js';

export interface ExtractedPassage {
  readonly passage: PassageRecord;
  readonly contribution: Contribution;
  readonly mentions: readonly Mention[];
}

export interface ExtractedDocument {
  readonly id: string;
  readonly title: string;
  readonly passages: readonly ExtractedPassage[];
}

export interface ExtractedSet {
  /** In the order of the corpus; lines that the product's reader leaves out are missing. */
  readonly documents: readonly ExtractedDocument[];
  /** Milliseconds of process CPU for description and extraction, the tagger's load included. */
  readonly cpuMs: number;
  readonly characters: number;
}

const URI = 'corpus.jsonl';
const NO_VECTORS: QuantisedVectors = { dimensions: 0, scale: new Float32Array(0), rows: new Int8Array(0) };

/** Extracts a whole corpus; gazetteer matches are those of the finished collection. */
export async function extractSet(corpus: readonly BenchDocument[], signal?: AbortSignal): Promise<ExtractedSet> {
  const lines = corpus.map(({ id, title, text }) => JSON.stringify({ id, title, text })).join('\n');
  const bytes = new TextEncoder().encode(`${lines}\n`);
  const recipe = makeRecipe({ collection: 'bench' }, EXTRACTOR);
  const extractor = createExtractor();
  const put: IndexDocument[] = [];
  let cpu = 0;
  let characters = 0;
  for await (const read of readSource({ uri: URI, bytes, extension: 'jsonl' }, { limits: DEFAULT_LIMITS })) {
    signal?.throwIfAborted();
    if ('error' in read) continue;
    const draft = draftDocument(read, { uri: URI, size: bytes.length, modified: undefined, given: undefined }, recipe);
    const start = process.cpuUsage();
    const described = [...describeDocument(draft, recipe, extractor)];
    const { user, system } = process.cpuUsage(start);
    cpu += user + system;
    characters += read.text.length;
    const document = { ...draft.record, enabled: true, ingestedAt: '' };
    put.push({ document, passages: described.map((passage) => ({ ...passage, vectors: NO_VECTORS })) });
  }
  const mentions = MentionFold.empty().apply({ put, remove: [] });
  const documents = put.map(({ document, passages }) => ({
    id: document.uri.slice(URI.length + 1),
    title: document.title,
    passages: passages.map(({ passage, contribution }) => ({
      passage,
      contribution,
      mentions: mentions.get(passage.id) ?? [],
    })),
  }));
  return { documents, cpuMs: cpu / 1000, characters };
}
