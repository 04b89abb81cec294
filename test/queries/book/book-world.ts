/** What the tests of the query book run it on: the examples, with a document hidden and a few statements told twice or in doubt. */
import { join } from 'node:path';
import { Hopwise } from '../../../app/index.js';
import { type BookQuery, bookParams } from '../../../queries/index.js';
import { packageRoot } from '../../../src/assets.js';
import type { CypherLens, CypherParams, CypherValue } from '../../../src/index.js';

export const COLLECTION = 'book';

/** Parameters without a default, such that every query has rows. */
const GIVEN: Readonly<Record<string, CypherParams>> = {
  bridges: { one: 'Ines Marlowe', other: 'Port Ellery' },
  'facts-of': { entity: 'the Ines Marlowe' },
  'how-linked': { one: 'Ines Marlowe', other: 'Port Ellery' },
  'passages-with-both': { one: 'Ines Marlowe', other: 'Edda Kovic' },
  provenance: { one: 'Tobias Renn', other: 'Port Ellery' },
  'reading-order': { uri: 'halvard-coast/ines-marlowe.md' },
  'sources-of': { subject: 'Tobias Renn', predicate: 'be born in' },
  timeline: { entity: 'Tobias Renn' },
  triangles: { least: 1 },
};

export async function makeBookWorld(store: string): Promise<void> {
  await using hopwise = await Hopwise.open({ store, collection: COLLECTION });
  await hopwise.ingest(join(packageRoot(), 'examples', 'halvard-coast'));
  await hopwise.ingestGiven([
    {
      uri: 'talk/rumours.txt',
      content:
        'Rumours of the coast\n\nTobias Renn was born in Port Ellery. Ines Marlowe was born in Norhaven. Tobias Renn did not marry Ines Marlowe. Edda Kovic may have visited Norhaven.',
    },
    { uri: 'talk/alone.txt', content: 'Alone\n\nZephyrine Quill wrote to Bartholomew Ombry.' },
    { uri: 'talk/hidden.txt', content: 'Hidden\n\nHanna Velde built a harbour in Tolland in 1880.' },
  ]);
  await hopwise.setEnabled(['talk/hidden.txt'], false);
}

export interface BookRows {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly CypherValue[])[];
}

export async function runBookQuery(lens: CypherLens, query: BookQuery, given?: CypherParams): Promise<BookRows> {
  const params = bookParams(query, given ?? GIVEN[query.name] ?? {});
  await using result = await lens.explore(COLLECTION, query.cypher, params, {
    rows: 10_000,
    timeoutMs: 60_000,
    memoryMb: 1024,
  });
  const rows: (readonly CypherValue[])[] = [];
  for await (const row of result.rows) rows.push(row);
  return { columns: result.columns, rows };
}
