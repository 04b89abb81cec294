/** Cuts a streamed answer into sentences that end with their citations. */

const END =
  /(?:[.!?。！？।؟]["'”’)]*(?:\s*\[\d+(?:\s*[,;]\s*\d+)*\])*|(?:\s*\[\d+(?:\s*[,;]\s*\d+)*\])+[.!?。！？।؟]?)(?=\s+(?!\[)|$)|\n+/gu;
const ABBREVIATION = /(?:^|[\s(])(?:\p{Lu}|Mr|Mrs|Ms|Dr|St|Jr|Sr|vs|No|Gen|Prof|Inc|Ltd|Co|ca|e\.g|i\.e|etc)\.$/u;

/** Collects pieces; `push` gives the sentences that are surely whole, `end` what is left. */
export class SentenceStream {
  #buffer = '';

  push(piece: string): readonly string[] {
    this.#buffer += piece;
    return this.#cut(false);
  }

  end(): readonly string[] {
    const whole = this.#cut(true);
    const rest = this.#buffer.trim();
    this.#buffer = '';
    return rest === '' ? whole : [...whole, rest];
  }

  #cut(atEnd: boolean): string[] {
    const sentences: string[] = [];
    let from = 0;
    for (const match of this.#buffer.matchAll(END)) {
      const to = match.index + match[0].length;
      // What follows may still be a marker of this sentence.
      if (!atEnd && to >= this.#buffer.trimEnd().length) break;
      const sentence = this.#buffer.slice(from, to).trim();
      if (ABBREVIATION.test(sentence)) continue;
      if (sentence !== '') sentences.push(sentence);
      from = to;
    }
    this.#buffer = this.#buffer.slice(from);
    return sentences;
  }
}
