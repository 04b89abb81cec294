/** Public ids of nodes: the same on every store, unlike the numbers that an engine gives them. */
import { entityId } from '../../graph-schema/index.js';

/**
 * @param labels in any order
 * @returns id of a Document or Passage, `e:` + key of an Entity or Value, `c:` + name of a Collection; of anything else
 *   the first of `id`, `key` and `name` that it has, behind its labels
 */
export function publicNodeId(labels: readonly string[], properties: Readonly<Record<string, unknown>>): string {
  const text = (key: string): string | undefined => {
    const value = properties[key];
    return typeof value === 'string' ? value : undefined;
  };
  if (labels.includes('Document') || labels.includes('Passage')) return text('id') ?? '';
  if (labels.includes('Entity') || labels.includes('Value')) return entityId(text('key') ?? '');
  if (labels.includes('Collection')) return `c:${text('name') ?? ''}`;
  return `${[...labels].sort().join(':')}:${text('id') ?? text('key') ?? text('name') ?? ''}`;
}
