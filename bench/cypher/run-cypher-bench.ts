/** `hopwise bench cypher DIR...`: the lens over a corpus of a given size. */
import { createExtractor, ingest, textSource } from '../../ingest/index.js';
import { UsageError } from '../../src/errors.js';
import { DEFAULT_LIMITS } from '../../src/limits.js';
import { loadStaticEmbedder } from '../../src/models/index.js';
import { type BenchDocument, loadBenchSet } from '../retrieval/bench-set.js';
import { ingestSet } from '../retrieval/ingest-set.js';
import { growCorpus } from '../speed/generate-documents.js';
import { type LensFigures, measureLens } from './measure-lens.js';

export interface CypherBenchOptions {
  /** Folders whose corpora are pooled; generated documents fill up. */
  readonly folders: readonly string[];
  /** Documents; default 10,000. */
  readonly documents?: number | undefined;
  readonly json?: boolean | undefined;
  readonly print: (line: string) => void;
}

const DOCUMENTS = 10_000;

/** @throws UsageError without folders */
export async function runCypherBench(options: CypherBenchOptions): Promise<LensFigures> {
  const { folders, documents: count = DOCUMENTS, json = false, print } = options;
  if (folders.length === 0)
    throw new UsageError('NO_FOLDERS', 'No benchmark folder was given.', { remedy: 'Name folders with corpus.jsonl.' });
  const documents: BenchDocument[] = [];
  for (const [i, folder] of folders.entries()) {
    const set = await loadBenchSet(folder);
    documents.push(...set.documents.map((document) => ({ ...document, id: `${i}-${document.id}` })));
  }
  const embedder = await loadStaticEmbedder();
  const set = { name: 'cypher', folder: '', documents: growCorpus(documents, count), questions: [], unanswerable: [] };
  await using ingested = await ingestSet(set, embedder);
  const { store, folder, cache } = ingested;
  const [info] = await store.collections();
  const collection = info?.name ?? '';
  const change = async (): Promise<void> => {
    const context = {
      store,
      embedder,
      index: cache,
      extractor: createExtractor(),
      clock: () => new Date(),
      limits: DEFAULT_LIMITS,
    };
    const source = textSource({ uri: 'one-more.txt', content: 'Ines Marlowe was born in Port Ellery in 1911.' });
    await ingest(
      context,
      (async function* () {
        yield source;
      })(),
      { collection },
    );
  };
  const figures = await measureLens({ store, folder, collection }, change, () => performance.now());
  const counts = info?.counts;
  if (json) print(JSON.stringify({ ...counts, ...figures }));
  else print(format(counts, figures));
  return figures;
}

function format(counts: Readonly<Record<string, number>> | undefined, figures: LensFigures): string {
  const size = ['passages', 'entities', 'mentions', 'relations'].map((name) => `${counts?.[name] ?? 0} ${name}`);
  return [
    `lens over ${size.join(', ')}`,
    `built from nothing       ${figures.buildSeconds.toFixed(1)} s, CPU ${figures.buildCpuSeconds.toFixed(1)} s, file ${figures.fileMb.toFixed(0)} MB`,
    `one document more        ${figures.updateSeconds.toFixed(1)} s, CPU ${figures.updateCpuSeconds.toFixed(1)} s`,
    `first of a new process   ${figures.coldMs.toFixed(0)} ms`,
    ...Object.entries(figures.statements).map(([name, ms]) => `${name.padEnd(24)} ${ms.toFixed(1)} ms`),
  ].join('\n');
}
