/** Quality of abstention and calibration of the confidence. */

export interface Judged {
  readonly answerable: boolean;
  /** Probability that the documents answer. */
  readonly confidence: number;
  readonly abstained: boolean;
  /** Weight in the figures. */
  readonly weight: number;
}

export interface AbstainFigures {
  /** Of class abstain, 0..1. */
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  readonly accuracy: number;
  /** Area under the ROC curve of the confidence. */
  readonly auc: number;
  /** Expected calibration error over ten bins (Guo et al., "On calibration of modern neural networks", 2017). */
  readonly ece: number;
  readonly bins: readonly {
    readonly low: number;
    readonly weight: number;
    readonly confidence: number;
    readonly answerable: number;
  }[];
}

const BINS = 10;

/** Weights that make both classes count the same. */
export function balance<T extends { readonly answerable: boolean }>(
  items: readonly T[],
): (T & { readonly weight: number })[] {
  const answerable = items.filter((item) => item.answerable).length;
  const others = items.length - answerable;
  return items.map((item) => ({
    ...item,
    weight: item.answerable ? (answerable === 0 ? 0 : 1 / answerable) : others === 0 ? 0 : 1 / others,
  }));
}

function areaUnderCurve(items: readonly Judged[]): number {
  const sorted = [...items].sort((a, b) => a.confidence - b.confidence);
  let below = 0;
  let area = 0;
  let positives = 0;
  let negatives = 0;
  for (let i = 0; i < sorted.length; ) {
    let j = i;
    let up = 0;
    let down = 0;
    while (j < sorted.length && sorted[j]!.confidence === sorted[i]!.confidence) {
      if (sorted[j]!.answerable) up += sorted[j]!.weight;
      else down += sorted[j]!.weight;
      j++;
    }
    area += up * (below + down / 2);
    below += down;
    positives += up;
    negatives += down;
    i = j;
  }
  return positives * negatives === 0 ? 0 : area / (positives * negatives);
}

export function abstainFigures(items: readonly Judged[]): AbstainFigures {
  let right = 0;
  let wrong = 0;
  let missed = 0;
  let total = 0;
  let correct = 0;
  const bins = Array.from({ length: BINS }, (_, b) => ({ low: b / BINS, weight: 0, confidence: 0, answerable: 0 }));
  for (const { answerable, abstained, confidence, weight } of items) {
    total += weight;
    if (abstained && !answerable) right += weight;
    if (abstained && answerable) wrong += weight;
    if (!abstained && !answerable) missed += weight;
    if (abstained !== answerable) correct += weight;
    const bin = bins[Math.min(BINS - 1, Math.floor(confidence * BINS))]!;
    bin.weight += weight;
    bin.confidence += weight * confidence;
    if (answerable) bin.answerable += weight;
  }
  const ratio = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);
  const precision = ratio(right, right + wrong);
  const recall = ratio(right, right + missed);
  return {
    precision,
    recall,
    f1: ratio(2 * precision * recall, precision + recall),
    accuracy: ratio(correct, total),
    auc: areaUnderCurve(items),
    ece: ratio(
      bins.reduce((sum, bin) => sum + Math.abs(bin.confidence - bin.answerable), 0),
      total,
    ),
    bins: bins.map((bin) => ({
      low: bin.low,
      weight: ratio(bin.weight, total),
      confidence: ratio(bin.confidence, bin.weight),
      answerable: ratio(bin.answerable, bin.weight),
    })),
  };
}
