/** `openie_gpt35.json` beside a corpus: the entities and triples that GPT-3.5 gave for the same passages. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { SourceError } from '../../src/errors.js';

const FILE = 'openie_gpt35.json';

const RECORDED = z.object({
  docs: z.array(
    z.object({
      title: z.string(),
      text: z.string(),
      extracted_entities: z.array(z.unknown()),
      extracted_triples: z.array(z.unknown()),
    }),
  ),
});

export interface RecordedPassage {
  readonly title: string;
  readonly text: string;
  readonly entities: readonly string[];
  /** [subject, predicate, object]; what GPT-3.5 gave in another shape is left out. */
  readonly triples: readonly (readonly [subject: string, predicate: string, object: string])[];
}

/**
 * Reads the recorded triples of a folder.
 * @throws SourceError when the file is missing or of another shape
 */
export async function readRecordedTriples(folder: string): Promise<RecordedPassage[]> {
  const path = join(folder, FILE);
  const broken = (message: string, cause: unknown): SourceError =>
    new SourceError('BENCH_TRIPLES', `${path} ${message}`, {
      place: { uri: path },
      remedy: `bench extraction compares with ${FILE}: {"docs": [{title, text, extracted_entities, extracted_triples}]}.`,
      cause,
    });
  const json = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw broken('cannot be read.', cause);
  });
  let value: unknown;
  try {
    // Python writes a missing average as NaN, which JSON does not know.
    value = JSON.parse(json.replace(/: NaN(?=[,}])/g, ': null'));
  } catch (cause) {
    throw broken('is not JSON.', cause);
  }
  const parsed = RECORDED.safeParse(value);
  if (!parsed.success) throw broken('has another shape.', parsed.error);
  return parsed.data.docs.map(({ title, text, extracted_entities, extracted_triples }) => ({
    title,
    text,
    entities: extracted_entities.filter((entity) => typeof entity === 'string'),
    triples: extracted_triples.flatMap((triple) => {
      const [subject, predicate, object] = Array.isArray(triple) && triple.length === 3 ? (triple as unknown[]) : [];
      return typeof subject === 'string' && typeof predicate === 'string' && typeof object === 'string'
        ? [[subject, predicate, object] as const]
        : [];
    }),
  }));
}
