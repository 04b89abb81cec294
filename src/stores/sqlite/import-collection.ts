/** Loads an export into a new collection, in one transaction: whole or not at all. */
import { UsageError } from '../../errors.js';
import type { CollectionInfo, EntityView } from '../../ports/index.js';
import { brokenLine } from '../transfer/broken-line.js';
import { compareDerived } from '../transfer/compare-derived.js';
import { type ImportStep, readExport } from '../transfer/read-export.js';
import { insertCollection } from './collection-rows.js';
import type { CollectionWriter } from './collection-writer.js';
import type { Connection } from './connection.js';
import { entitiesFrom } from './graph-queries.js';
import { requireCollection } from './queries.js';
import { toCollectionInfo } from './rows.js';
import type { SqliteWriter } from './sqlite-writer.js';

/**
 * Entities and counts of the export are derived: they are not stored but compared with what the loaded rows give, so a
 * file that was cut, mixed or edited by hand is refused instead of giving another graph.
 */
export function importCollection(
  lease: SqliteWriter,
  collection: string,
  lines: AsyncIterable<string>,
): Promise<CollectionInfo> {
  return lease.importing(async (connection, writerOf) => {
    let rows: CollectionWriter | undefined;
    let derived: Derived | undefined;
    try {
      for await (const step of readExport(collection, lines)) {
        if (step.kind === 'collection') {
          insertCollection(connection, collection, step.embedder);
          rows = writerOf(collection);
        } else if (step.kind === 'entity' || step.kind === 'end') {
          if (derived === undefined) {
            rows?.finish();
            derived = new Derived(connection, collection);
          }
          derived.compare(step);
        } else if (rows !== undefined) write(rows, step);
      }
    } finally {
      derived?.close();
    }
    return toCollectionInfo(requireCollection(connection, collection));
  });
}

function write(rows: CollectionWriter, step: Exclude<ImportStep, { kind: 'collection' | 'entity' | 'end' }>): void {
  switch (step.kind) {
    case 'document':
      try {
        rows.putDocument(step.stored);
        for (const [passageId, mentions] of step.mentions) rows.putMentions(passageId, mentions);
      } catch (error) {
        // What is wrong between records (a uri or an id given twice) shows only when they meet.
        throw error instanceof UsageError ? brokenLine(step.line, error.message) : error;
      }
      break;
    case 'source':
      rows.putSource(step.source);
      break;
    case 'failure':
      rows.putFailure(step.failure);
  }
}

/** What the store derives from the rows loaded, in the order of the export. */
class Derived {
  private readonly counts: CollectionInfo['counts'];
  private readonly entities: Iterator<EntityView>;

  constructor(connection: Connection, collection: string) {
    const row = requireCollection(connection, collection);
    this.counts = toCollectionInfo(row).counts;
    this.entities = entitiesFrom(connection, row.id, undefined, '');
  }

  /** Ends the statement that reads them. */
  close(): void {
    this.entities.return?.();
  }

  compare(step: Extract<ImportStep, { kind: 'entity' | 'end' }>): void {
    compareDerived(step, this.entities.next(), this.counts);
  }
}
