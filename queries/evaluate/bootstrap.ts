/** Paired bootstrap of a mean difference (Efron and Tibshirani, "An Introduction to the Bootstrap", 1993), seeded. */
import { seededRandom } from './seeded-random.js';

export interface BootstrapInterval {
  readonly mean: number;
  /** 2.5 and 97.5 per cent quantiles of the resampled mean. */
  readonly low: number;
  readonly high: number;
}

const RESAMPLES = 2000;

/**
 * 95 per cent interval of the mean of `differences`, one a question (a paired comparison), or of any values.
 * @param seed of the resampling; the same seed gives the same interval
 */
export function bootstrapMean(differences: readonly number[], seed = 0, resamples = RESAMPLES): BootstrapInterval {
  const n = differences.length;
  if (n === 0) return { mean: 0, low: 0, high: 0 };
  const mean = differences.reduce((a, b) => a + b, 0) / n;
  const random = seededRandom(seed);
  const means = new Float64Array(resamples);
  for (let r = 0; r < resamples; r++) {
    let sum = 0;
    for (let i = 0; i < n; i++) sum += differences[Math.floor(random() * n)]!;
    means[r] = sum / n;
  }
  means.sort();
  const at = (q: number): number => means[Math.min(resamples - 1, Math.floor(q * resamples))]!;
  return { mean, low: at(0.025), high: at(0.975) };
}
