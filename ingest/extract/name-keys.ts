/** Keys of names, kept while they last: most names and nouns of a corpus come again and again. */
import { countryKey } from '../../src/graph/demonyms.js';
import { nameKey } from '../../src/graph/name-key.js';
import type { TaggedTokens } from './tagger.js';

/** Names kept at most; the memory is forgotten whole when it is full. */
const CAPACITY = 20_000;

export class NameKeys {
  readonly #plain = new Map<string, string>();

  /** Folded words of a name or value. */
  plain(surface: string): string {
    let key = this.#plain.get(surface);
    if (key === undefined) {
      if (this.#plain.size >= CAPACITY) this.#plain.clear();
      key = nameKey(surface);
      this.#plain.set(surface, key);
    }
    return key;
  }

  /** Key of the entity that a name stands for: a demonym's is its country. */
  entity(surface: string): string {
    return countryKey(this.plain(surface));
  }
}

/** Key of tokens that are lower-case ASCII words or numbers, without a look at their text; undefined for others. */
export function plainKey(tokens: TaggedTokens, from: number, to: number): string | undefined {
  let key = '';
  for (let i = from; i < to; i++) {
    const word = tokens.word[i]!;
    if (word === '-') continue;
    for (let c = 0; c < word.length; c++) {
      const unit = word.charCodeAt(c);
      if (!((unit >= 0x61 && unit <= 0x7a) || (unit >= 0x30 && unit <= 0x39))) return undefined;
    }
    key += key === '' ? word : ` ${word}`;
  }
  return /^(?:the|an?) /.test(key) ? undefined : key;
}
