/**
 * A collection as the lines of an export, of one generation. Entities are folded from the mentions exported, as the
 * format defines them; `check` compares them with the nodes.
 */
import { NodeFold } from '../../graph/node-fold.js';
import type { EntityView } from '../../ports/index.js';
import {
  collectionLine,
  documentLine,
  endLine,
  entityLine,
  failureLine,
  headerLine,
  passageLine,
  sourceLine,
} from '../transfer/export-lines.js';
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
    yield headerLine({
      generation: now.info.generation,
      ingestedAt: ids.map((id) => spool.get(id)!.document.ingestedAt),
      failedAt: failures.map(({ failedAt }) => failedAt),
    });
    yield collectionLine(now.info);
    const folds = new Map<string, NodeFold>();
    for (const id of ids) yield* documentLines(spool.get(id)!, folds);
    for (const source of sources) yield sourceLine(source);
    yield* failures.map(failureLine);
    for (const key of [...folds.keys()].sort(compareTexts)) yield entityLine(viewOf(key, folds.get(key)!));
    yield endLine(now.info.counts);
  } finally {
    spool[Symbol.dispose]();
  }
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
