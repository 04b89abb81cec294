/** Logistic regression by Newton's method with L2 on standardised features; deterministic. */

export interface LogisticRecord {
  readonly mean: readonly number[];
  readonly scale: readonly number[];
  /** Bias last. */
  readonly weights: readonly number[];
}

/** Solves A x = b for a positive definite A (n x n, row-major) by Cholesky. */
function solvePositive(a: Float64Array, b: Float64Array): Float64Array {
  const n = b.length;
  const l = Float64Array.from(a);
  for (let j = 0; j < n; j++) {
    for (let i = j; i < n; i++) {
      let sum = l[i * n + j]!;
      for (let k = 0; k < j; k++) sum -= l[i * n + k]! * l[j * n + k]!;
      l[i * n + j] = i === j ? Math.sqrt(Math.max(sum, 1e-12)) : sum / l[j * n + j]!;
    }
  }
  const x = Float64Array.from(b);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) x[i]! -= l[i * n + k]! * x[k]!;
    x[i]! /= l[i * n + i]!;
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) x[i]! -= l[k * n + i]! * x[k]!;
    x[i]! /= l[i * n + i]!;
  }
  return x;
}

const ITERATIONS = 25;

/**
 * Fits P(label = 1). `weights` weigh the rows; `l2` is added per weight (not the bias), relative to the total weight
 * of the rows.
 */
export function fitLogistic(
  rows: readonly Float64Array[],
  labels: readonly number[],
  weights: readonly number[],
  l2: number,
): LogisticRecord {
  const width = rows[0]?.length ?? 0;
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const mean = new Float64Array(width);
  const scale = new Float64Array(width);
  rows.forEach((row, r) => {
    for (let f = 0; f < width; f++) mean[f]! += (weights[r]! * row[f]!) / total;
  });
  rows.forEach((row, r) => {
    for (let f = 0; f < width; f++) scale[f]! += (weights[r]! * (row[f]! - mean[f]!) ** 2) / total;
  });
  for (let f = 0; f < width; f++) scale[f] = Math.sqrt(scale[f]!) || 1;

  const n = width + 1;
  const w = new Float64Array(n);
  const x = new Float64Array(n);
  for (let step = 0; step < ITERATIONS; step++) {
    const gradient = new Float64Array(n);
    const hessian = new Float64Array(n * n);
    rows.forEach((row, r) => {
      for (let f = 0; f < width; f++) x[f] = (row[f]! - mean[f]!) / scale[f]!;
      x[width] = 1;
      let z = 0;
      for (let f = 0; f < n; f++) z += w[f]! * x[f]!;
      const p = 1 / (1 + Math.exp(-z));
      const weight = weights[r]! / total;
      for (let i = 0; i < n; i++) {
        gradient[i]! += weight * (p - labels[r]!) * x[i]!;
        const curve = weight * p * (1 - p) * x[i]!;
        for (let j = 0; j < n; j++) hessian[i * n + j]! += curve * x[j]!;
      }
    });
    for (let f = 0; f < width; f++) {
      gradient[f]! += l2 * w[f]!;
      hessian[f * n + f]! += l2;
    }
    hessian[n * n - 1]! += 1e-9;
    const move = solvePositive(hessian, gradient);
    for (let i = 0; i < n; i++) w[i]! -= move[i]!;
    if (move.every((value) => Math.abs(value) < 1e-8)) break;
  }
  const round = (value: number): number => Number(value.toPrecision(8));
  return { mean: Array.from(mean, round), scale: Array.from(scale, round), weights: Array.from(w, round) };
}
