/** BM25 (Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009) with Lucene's idf, and its bounds. */

const K1 = 1.2;
const B = 0.75;

/** A term counts less than this times its idf, however often a passage holds it. */
export const MOST_TERM_WEIGHT = K1 + 1;

/** What a passage's length adds below the line. */
export function lengthNorm(length: number, meanLength: number): number {
  return K1 * (1 - B + (B * length) / (meanLength > 0 ? meanLength : 1));
}

/** BM25 contribution of a term that a passage holds `frequency` times. */
export function termWeight(idf: number, frequency: number, norm: number): number {
  return (idf * frequency * (K1 + 1)) / (frequency + norm);
}

/** Lucene's inverse document frequency, never negative; a term that the collection lacks has df 0. */
export function inverseDocumentFrequency(passages: number, df: number): number {
  return Math.log(1 + (passages - df + 0.5) / (df + 0.5));
}

/** Classes of norms, so close that a class bounds its norms within a hundredth or two. */
export const CLASS_BITS = 8;
const CLASSES = 1 << CLASS_BITS;
/** Frequencies from here on have one bound. */
export const FREQUENT = 15;
const UNIT = 65_536;
const MOST = UNIT - 1;

/** Bounds of `termWeight` from above in 1/65,536 of `MOST_TERM_WEIGHT` times the idf, the greatest standing for all of it. */
export interface WeightBounds {
  /** By passage. */
  readonly classOf: Uint8Array;
  /** [frequency << CLASS_BITS | class], frequencies above `FREQUENT` as that. */
  readonly bounds: Uint16Array;
}

/** @param norms of all passages */
export function weightBounds(norms: Float32Array): WeightBounds {
  let low = Number.POSITIVE_INFINITY;
  let high = 0;
  for (let p = 0; p < norms.length; p++) {
    low = Math.min(low, norms[p]!);
    high = Math.max(high, norms[p]!);
  }
  const step = Math.log(high / low) / (CLASSES - 1);
  // The least norm of each class, in the numbers that norms are held in.
  const least = Float32Array.from({ length: CLASSES }, (_, c) => low * Math.exp(step * c));
  const classOf = new Uint8Array(norms.length);
  const perLog = step > 0 ? 1 / step : 0;
  for (let p = 0; p < norms.length; p++) {
    let at = Math.min(CLASSES - 1, Math.max(0, Math.floor(Math.log(norms[p]! / low) * perLog)));
    while (at > 0 && least[at]! > norms[p]!) at--;
    classOf[p] = at;
  }
  const bounds = new Uint16Array((FREQUENT + 1) << CLASS_BITS).fill(MOST);
  for (let frequency = 0; frequency < FREQUENT; frequency++) {
    for (let c = 0; c < CLASSES; c++) {
      const norm = c === 0 ? low : least[c]!;
      bounds[(frequency << CLASS_BITS) | c] = Math.min(MOST, Math.ceil((frequency / (frequency + norm)) * UNIT));
    }
  }
  return { classOf, bounds };
}
