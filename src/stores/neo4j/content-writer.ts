/** Deletes and creates documents, passages and the relationships between them and their nodes. */
import type { MentionRow, StatementRow } from '../../graph/property-rows.js';
import type { NewContent } from './batch-content.js';
import { indexedValue } from './indexed-text.js';
import type { KnownNode } from './node-cache.js';
import type { Run } from './statement.js';
import * as statements from './statements/write-statements.js';
import type { StoredContent } from './stored-content.js';
import { int, ints, pieces } from './values.js';

/** Rows of one statement: memory of the server against round trips. */
const PASSAGES = 500;
const ROWS = 5_000;

/** Deletes what goes, but the nodes of entities and values. */
export async function deleteContent(
  run: Run,
  collection: string,
  stored: StoredContent,
  nodes: ReadonlyMap<string, KnownNode>,
): Promise<void> {
  const ends = stored.passages.flatMap(({ id, statements: gone }) =>
    gone.map(({ subject, object }) => ({
      passage: id,
      subject: nodes.get(subject.key)!.element,
      object: nodes.get(object.key)!.element,
    })),
  );
  const distinct = [...new Map(ends.map((row) => [`${row.passage} ${row.subject} ${row.object}`, row])).values()];
  const ids = stored.passages.map(({ id }) => id);
  const mentions = stored.refolded.flatMap(({ element, gone }) =>
    gone.length === 0 ? [] : [{ passage: element, keys: gone.map(({ key }) => indexedValue(key)) }],
  );
  await Promise.all([
    ...[...pieces(distinct, ROWS)].map((rows) => run(statements.DELETE_STATEMENTS, { rows })),
    ...[...pieces(ids, ROWS)].flatMap((some) => [
      run(statements.DELETE_STAGED, { collection, ids: some }),
      run(statements.DELETE_PASSAGES, { collection, ids: some }),
    ]),
    ...[...pieces(stored.documents, ROWS)].map((some) => run(statements.DELETE_DOCUMENTS, { collection, ids: some })),
    ...[...pieces(mentions, ROWS)].map((rows) => run(statements.DELETE_MENTIONS, { rows })),
  ]);
}

/** Creates what comes. Gives the element ids of passages made. */
export async function createPassages(
  run: Run,
  collection: string,
  content: NewContent,
): Promise<ReadonlyMap<string, string>> {
  const owners = new Map<string, string>();
  const documents = content.documents.map(({ properties, text }) => ({ document: properties, text }));
  const created = await Promise.all(
    [...pieces(documents, PASSAGES)].map((rows) =>
      run<{ readonly id: string; readonly element: string }>(statements.CREATE_DOCUMENTS, { collection, rows }),
    ),
  );
  for (const { id, element } of created.flat()) owners.set(id, element);
  const passages = content.documents.flatMap(({ id, passages: own }) =>
    own.map(({ row }) => ({ ...row, owner: owners.get(id)! })),
  );
  const made = await Promise.all(
    [...pieces(passages, PASSAGES)].map((rows) =>
      run<{ readonly id: string; readonly element: string }>(statements.CREATE_PASSAGES, { collection, rows }),
    ),
  );
  return new Map(made.flat().map(({ id, element }) => [id, element]));
}

/** Relationships between what is there now. */
export async function createRelationships(
  run: Run,
  collection: string,
  content: NewContent,
  stored: StoredContent,
  passages: ReadonlyMap<string, string>,
  nodes: ReadonlyMap<string, string>,
): Promise<void> {
  const own = content.documents.flatMap((document) => document.passages);
  const next = content.documents.flatMap(({ passages: list }) =>
    list.slice(1).map(({ id }, i) => ({ before: passages.get(list[i]!.id)!, after: passages.get(id)! })),
  );
  const mentions = [
    ...own.flatMap(({ id, mentions: come }) => come.map((row) => mentionRow(row, passages.get(id)!, nodes))),
    ...stored.refolded.flatMap(({ element, come }) => come.map((row) => mentionRow(row, element, nodes))),
  ];
  const about = mentions.filter((row) => row.about).map(({ passage, entity }) => ({ passage, entity }));
  const said = own.flatMap(({ statements: rows }) => rows.map((row) => statementRow(row, nodes)));
  await Promise.all([
    ...[...pieces(next, ROWS)].map((rows) => run(statements.CREATE_NEXT, { collection, rows })),
    ...[...pieces(mentions, ROWS)].map((rows) => run(statements.CREATE_MENTIONS, { collection, rows })),
    ...[...pieces(about, ROWS)].map((rows) => run(statements.CREATE_ABOUT, { collection, rows })),
    ...[...pieces(said, ROWS)].map((rows) => run(statements.CREATE_STATEMENTS, { collection, rows })),
  ]);
}

function mentionRow(
  { key, surface, type, count, spans, about }: MentionRow,
  passage: string,
  nodes: ReadonlyMap<string, string>,
) {
  return { passage, entity: nodes.get(key)!, surface, type, count: int(count), spans: ints(spans), about };
}

function statementRow(row: StatementRow, nodes: ReadonlyMap<string, string>) {
  const { type, subject, object, predicate, passage, document, position, start, end, ...rest } = row;
  return {
    type,
    subject: nodes.get(subject.key)!,
    object: nodes.get(object.key)!,
    predicate,
    passage,
    document,
    position: int(position),
    start: int(start),
    end: int(end),
    confidence: rest.confidence,
    negated: rest.negated,
    hedged: rest.hedged,
    extractor: rest.extractor,
  };
}
