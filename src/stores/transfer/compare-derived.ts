/** Holds what an export says was derived (entities, counts) to what the loaded rows give. */
import type { CollectionInfo, EntityView } from '../../ports/index.js';
import { brokenLine } from './broken-line.js';
import { entityLine } from './export-lines.js';
import type { ImportStep } from './read-export.js';

type Counts = CollectionInfo['counts'];

/**
 * @param next the store's entity in turn, in the order of the export
 * @throws SourceError `IMPORT_BROKEN` naming line and field
 */
export function compareDerived(
  step: Extract<ImportStep, { kind: 'entity' | 'end' }>,
  next: IteratorResult<EntityView, unknown>,
  counts: Counts,
): void {
  if (step.kind === 'entity') {
    if (next.done === true || entityLine(next.value) !== entityLine(step.entity))
      throw brokenLine(step.line, 'the entity differs from what the passages give', 'key');
    return;
  }
  if (next.done !== true) throw brokenLine(step.line, `the entity ${next.value.key} is missing before the end`, 'kind');
  for (const [kind, count] of Object.entries(step.counts)) {
    if (counts[kind as keyof Counts] !== count)
      throw brokenLine(step.line, `the export holds another number of ${kind}`, `counts.${kind}`);
  }
}
