/** The k passages of the greatest scores, kept in a heap while passages are offered in ascending order. */
export class TopPassages {
  private readonly scores: Float64Array;
  private readonly passages: Uint32Array;
  private size = 0;

  constructor(readonly k: number) {
    this.scores = new Float64Array(k);
    this.passages = new Uint32Array(k);
  }

  /** Score below which nothing enters any more. */
  get least(): number {
    if (this.size < this.k) return Number.NEGATIVE_INFINITY;
    return this.scores[0] ?? Number.POSITIVE_INFINITY;
  }

  /** Of equal scores the passage offered first stays. */
  offer(passage: number, score: number): void {
    if (this.size < this.k) {
      this.rise(this.size++, passage, score);
    } else if (this.k > 0 && score > this.scores[0]!) {
      this.sink(passage, score);
    }
  }

  /** The passages kept, in no order. */
  held(): Uint32Array {
    return this.passages.slice(0, this.size);
  }

  /** Greatest first, ties by passage; empties the heap. */
  sorted(): { passages: Uint32Array; scores: Float64Array } {
    const passages = new Uint32Array(this.size);
    const scores = new Float64Array(this.size);
    // The root is the worst, again and again.
    for (let end = this.size - 1; end >= 0; end--) {
      passages[end] = this.passages[0]!;
      scores[end] = this.scores[0]!;
      this.size = end;
      this.sink(this.passages[end]!, this.scores[end]!);
    }
    return { passages, scores };
  }

  /** Whether entry i goes before (score, passage): the root is the one to lose first. */
  private isWorse(i: number, passage: number, score: number): boolean {
    return this.scores[i]! < score || (this.scores[i]! === score && this.passages[i]! > passage);
  }

  private place(at: number, passage: number, score: number): void {
    this.scores[at] = score;
    this.passages[at] = passage;
  }

  private rise(start: number, passage: number, score: number): void {
    let at = start;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (this.isWorse(parent, passage, score)) break;
      this.place(at, this.passages[parent]!, this.scores[parent]!);
      at = parent;
    }
    this.place(at, passage, score);
  }

  private sink(passage: number, score: number): void {
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= this.size) break;
      const right = child + 1;
      if (right < this.size && this.isWorse(right, this.passages[child]!, this.scores[child]!)) child = right;
      if (!this.isWorse(child, passage, score)) break;
      this.place(at, this.passages[child]!, this.scores[child]!);
      at = child;
    }
    this.place(at, passage, score);
  }
}
