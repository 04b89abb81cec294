/** Entity types as small numbers in columns: 0 is "no rule spoke", n is ENTITY_TYPES[n - 1]. */
import { ENTITY_TYPES, type EntityType } from '../../graph-schema/index.js';

export function typeNumber(type: EntityType | undefined): number {
  return type === undefined ? 0 : ENTITY_TYPES.indexOf(type) + 1;
}

export function typeOfNumber(number: number): EntityType | undefined {
  return ENTITY_TYPES[number - 1];
}
