/** Indexes a benchmark set in memory by the product's own splitter, description, embedder and fold. */
import { documentId, type PassageRecord, passageId } from '../../graph-schema/index.js';
import { embedPassages } from '../../ingest/pipeline/embed-passages.js';
import { paragraphs } from '../../ingest/read/paragraphs.js';
import { DEFAULT_SPLIT, type SplitOptions } from '../../ingest/split/split.js';
import { splitDocument } from '../../ingest/split/split-document.js';
import { describePassage } from '../../src/graph/describe-passage.js';
import { buildIndex } from '../../src/index/build-index.js';
import type { IndexDocument } from '../../src/index/index-source.js';
import type { RetrievalIndex } from '../../src/index/retrieval-index.js';
import type { Embedder } from '../../src/ports/index.js';
import { detectLanguage } from '../../src/text/index.js';
import type { BenchDocument, BenchSet } from './bench-set.js';

const COLLECTION = 'bench';

export interface IndexedSet {
  readonly set: BenchSet;
  readonly index: RetrievalIndex;
  /** Line id of each document number. */
  readonly lines: readonly string[];
}

async function indexDocument(document: BenchDocument, embedder: Embedder, split: SplitOptions): Promise<IndexDocument> {
  const { text, blocks } = paragraphs(document.text);
  const uri = `corpus.jsonl#${document.id}`;
  const id = documentId(COLLECTION, uri);
  const { title } = document;
  const read = {
    part: `#${document.id}`,
    title,
    text,
    mediaType: 'application/json',
    blocks,
    metadata: {},
    tags: [],
    warnings: [],
  };
  const passages = splitDocument(read, title, split).map((piece, ordinal): PassageRecord => {
    const own = text.slice(piece.start, piece.end);
    const { start, end, context } = piece;
    return { id: passageId(id, ordinal, context, own), documentId: id, ordinal, start, end, text: own, context };
  });
  const described = passages.map((passage) => {
    const language = detectLanguage(passage.text);
    return { language, ...describePassage({ ...passage, title, language }) };
  });
  const vectors = await embedPassages(
    passages.map((passage, i) => ({ title, text: passage.text, sentences: described[i]!.sentences })),
    embedder,
  );
  return {
    document: {
      id,
      uri,
      title,
      mediaType: 'application/json',
      contentHash: '',
      size: text.length,
      metadata: {},
      tags: [],
      enabled: true,
      ingestedAt: '',
      warnings: [],
    },
    passages: passages.map((passage, i) => ({
      passage,
      contribution: { passageId: passage.id, extractor: 'bench', ...described[i]!, relations: [] },
      vectors: vectors[i]!,
    })),
  };
}

/** Index of all documents of a set, without a store. */
export async function indexSet(set: BenchSet, embedder: Embedder, split = DEFAULT_SPLIT): Promise<IndexedSet> {
  const documents: IndexDocument[] = [];
  for (const document of set.documents) documents.push(await indexDocument(document, embedder, split));
  const identity = {
    collection: COLLECTION,
    generation: 1,
    embedder: { id: embedder.id, dimensions: embedder.dimensions },
  };
  const index = buildIndex(identity, documents);
  const lineOf = new Map(set.documents.map(({ id }) => [documentId(COLLECTION, `corpus.jsonl#${id}`), id]));
  const lines = Array.from({ length: index.documentCount }, (_, d) => lineOf.get(index.documentId(d))!);
  return { set, index, lines };
}
