/** One vector for a passage, where an index takes one only. */
import type { QuantisedVectors } from '../ports/index.js';

/** Mean of the sentence rows at unit length; undefined when it is zero. */
export function meanVector({ dimensions, scale, rows }: QuantisedVectors): number[] | undefined {
  const sum = new Float64Array(dimensions);
  for (let row = 0; row < scale.length; row++) {
    for (let j = 0; j < dimensions; j++) sum[j]! += scale[row]! * rows[row * dimensions + j]!;
  }
  let square = 0;
  for (const component of sum) square += component * component;
  if (square === 0) return undefined;
  const factor = 1 / Math.sqrt(square);
  return Array.from(sum, (component) => component * factor);
}
