/** Keeps the k greatest of a stream of numbered scores in a bounded heap; ties go to the smaller number. */
export class TopK {
  private readonly ids: Uint32Array;
  private readonly scores: Float64Array;
  private size = 0;

  constructor(private readonly k: number) {
    this.ids = new Uint32Array(k);
    this.scores = new Float64Array(k);
  }

  /** True when the heap is full and `score` cannot enter it, whatever its number. */
  refuses(score: number): boolean {
    return this.size === this.k && (this.k === 0 || score < this.scores[0]!);
  }

  offer(id: number, score: number): void {
    if (this.size < this.k) {
      this.up(this.size++, id, score);
    } else if (this.k > 0 && this.worse(this.ids[0]!, this.scores[0]!, id, score)) {
      this.down(id, score);
    }
  }

  /** Empties the heap for the next stream. */
  clear(): void {
    this.size = 0;
  }

  /** Appends the numbers kept to `list`, in no order. */
  appendTo(list: number[]): void {
    for (let i = 0; i < this.size; i++) list.push(this.ids[i]!);
  }

  /** Greatest score first, ties by number. */
  sorted(): { readonly ids: Uint32Array; readonly scores: Float64Array } {
    const order = Array.from({ length: this.size }, (_, i) => i).sort(
      (a, b) => this.scores[b]! - this.scores[a]! || this.ids[a]! - this.ids[b]!,
    );
    return {
      ids: Uint32Array.from(order, (i) => this.ids[i]!),
      scores: Float64Array.from(order, (i) => this.scores[i]!),
    };
  }

  private worse(idA: number, scoreA: number, idB: number, scoreB: number): boolean {
    return scoreA < scoreB || (scoreA === scoreB && idA > idB);
  }

  private up(from: number, id: number, score: number): void {
    const { ids, scores } = this;
    let at = from;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.worse(id, score, ids[parent]!, scores[parent]!)) break;
      ids[at] = ids[parent]!;
      scores[at] = scores[parent]!;
      at = parent;
    }
    ids[at] = id;
    scores[at] = score;
  }

  private down(id: number, score: number): void {
    const { ids, scores, size } = this;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= size) break;
      const right = child + 1;
      if (right < size && this.worse(ids[right]!, scores[right]!, ids[child]!, scores[child]!)) child = right;
      if (!this.worse(ids[child]!, scores[child]!, id, score)) break;
      ids[at] = ids[child]!;
      scores[at] = scores[child]!;
      at = child;
    }
    ids[at] = id;
    scores[at] = score;
  }
}
