/**
 * A collection as the lines of an export, of one generation. Entities are folded from the mentions exported, as the
 * format defines them; `check` compares them with the nodes.
 */
import { NodeFold } from '../../graph/node-fold.js';
import type { EntityView } from '../../ports/index.js';
import { documentLine, exportLines, passageLine } from '../transfer/export-lines.js';
import { compareTexts } from './indexed-text.js';
import { type DocumentEntry, mentionsOfEntry, toBundle } from './read-bundles.js';
import { readAllSources, readFailures } from './read-documents.js';
import { toDocumentRecord } from './rows.js';
import { atRest, readSnapshot } from './snapshot.js';
import { Spool } from './spool.js';
import type { Run } from './statement.js';

export async function* exportCollection(run: Run, collection: string): AsyncGenerator<string> {
  const spool = new Spool<DocumentEntry>();
  try {
    const request = { since: -1, refolded: true, texts: true, mentions: true, data: true };
    const { now, rest } = await readSnapshot(run, collection, await atRest(run, collection), request, spool, async () =>
      Promise.all([readFailures(run, collection), readAllSources(run, collection)]),
    );
    const [failures, sources] = rest;
    const ids = spool.keys.sort(compareTexts);
    const folds = new Map<string, NodeFold>();
    yield* exportLines({
      info: now.info,
      ingestedAt: ids.map((id) => spool.get(id)!.document.ingestedAt),
      failures,
      documents: documentsOf(ids, spool, folds),
      sources,
      entities: entitiesOf(folds),
    });
  } finally {
    spool[Symbol.dispose]();
  }
}

function* documentsOf(
  ids: readonly string[],
  spool: Spool<DocumentEntry>,
  folds: Map<string, NodeFold>,
): Generator<string> {
  for (const id of ids) yield* documentLines(spool.get(id)!, folds);
}

/** Of the folds as they are when the first is asked for. */
function* entitiesOf(folds: ReadonlyMap<string, NodeFold>): Generator<EntityView> {
  for (const key of [...folds.keys()].sort(compareTexts)) yield viewOf(key, folds.get(key)!);
}

function* documentLines(entry: DocumentEntry, folds: Map<string, NodeFold>): Generator<string> {
  yield documentLine(toDocumentRecord(entry.document), entry.text);
  const mentioned = new Set<NodeFold>();
  for (const passage of entry.passages) {
    const mentions = mentionsOfEntry(passage);
    for (const { key, surface, type, spans } of mentions) {
      const fold = folds.get(key) ?? new NodeFold();
      folds.set(key, fold);
      fold.addMention({ surface, type, count: Math.max(1, spans.length) });
      mentioned.add(fold);
    }
    yield passageLine(toBundle(passage), mentions);
  }
  for (const fold of mentioned) fold.addDocuments(1);
}

function viewOf(key: string, fold: NodeFold): EntityView {
  const view = fold.view();
  if (view?.label !== 'Entity') throw new Error(`nothing mentions ${key}`);
  const { label: _label, ...shown } = view;
  return { key, ...shown };
}
