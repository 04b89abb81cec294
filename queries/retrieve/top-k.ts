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

  /** The least score kept; -Infinity while not full. */
  get least(): number {
    return this.size < this.k ? Number.NEGATIVE_INFINITY : (this.scores[0] ?? Number.POSITIVE_INFINITY);
  }

  offer(id: number, score: number): void {
    if (this.size < this.k) {
      this.up(this.size++, id, score);
    } else if (this.k > 0 && isWorse(this.ids[0]!, this.scores[0]!, id, score)) {
      sink(this.ids, this.scores, this.size, id, score);
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
    const ids = this.ids.slice(0, this.size);
    const scores = this.scores.slice(0, this.size);
    // The root is the worst: put last, again and again, over a heap that shrinks.
    for (let end = this.size - 1; end > 0; end--) {
      const id = ids[end]!;
      const score = scores[end]!;
      ids[end] = ids[0]!;
      scores[end] = scores[0]!;
      sink(ids, scores, end, id, score);
    }
    return { ids, scores };
  }

  private up(from: number, id: number, score: number): void {
    const { ids, scores } = this;
    let at = from;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!isWorse(id, score, ids[parent]!, scores[parent]!)) break;
      ids[at] = ids[parent]!;
      scores[at] = scores[parent]!;
      at = parent;
    }
    ids[at] = id;
    scores[at] = score;
  }
}

function isWorse(idA: number, scoreA: number, idB: number, scoreB: number): boolean {
  return scoreA < scoreB || (scoreA === scoreB && idA > idB);
}

/** Puts an entry in the place of the root of a heap of `size` entries. */
function sink(ids: Uint32Array, scores: Float64Array, size: number, id: number, score: number): void {
  let at = 0;
  for (;;) {
    let child = 2 * at + 1;
    if (child >= size) break;
    const right = child + 1;
    if (right < size && isWorse(ids[right]!, scores[right]!, ids[child]!, scores[child]!)) child = right;
    if (!isWorse(ids[child]!, scores[child]!, id, score)) break;
    ids[at] = ids[child]!;
    scores[at] = scores[child]!;
    at = child;
  }
  ids[at] = id;
  scores[at] = score;
}
