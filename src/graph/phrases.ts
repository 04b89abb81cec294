/** Whether passages hold one of some phrases, in any spelling that could make it a name. */
import { JoinedNames } from './joined-names.js';
import { SHAPE, type TableColumns } from './table-columns.js';
import type { WordTable } from './word-table.js';
import { WORD_FLAGS } from './word-table.js';
import { WordTrie } from './word-trie.js';

export class Phrases {
  private readonly trie = new WordTrie();
  private readonly ends = new Set<number>();
  private readonly joined: JoinedNames<true>;
  /** 1 for words that a phrase may begin with: most tokens are passed over by one look. */
  private readonly begins: Uint8Array;

  /** @param keys words joined by one blank; a phrase with a word that the table does not know occurs nowhere */
  constructor(
    private readonly words: WordTable,
    keys: readonly string[],
  ) {
    this.joined = new JoinedNames(words);
    this.begins = new Uint8Array(words.words.length);
    for (const key of keys) {
      this.joined.add(key, true);
      const numbers = key.split(' ').map((word) => words.find(word));
      if (numbers.includes(-1)) continue;
      this.ends.add(this.trie.plant(numbers));
      this.begins[numbers[0]!] = 1;
    }
    if (this.joined.size === 0) return;
    words.flags.forEach((flags, word) => {
      if ((flags & WORD_FLAGS.unsegmented) !== 0) this.begins[word] = 1;
    });
  }

  /** True when some phrase stands in the slot with a capital or digit in its first three words, or in a script without case. */
  occurIn(columns: TableColumns, slot: number): boolean {
    const { tokenStart, tokenWords, tokenShapes } = columns;
    const end = tokenStart[slot + 1]!;
    for (let at = tokenStart[slot]!; at < end; at++) {
      if (this.begins[tokenWords[at]!] === 0) continue;
      if (this.joined.longest(tokenWords, tokenShapes, at, end, () => true) > 0) return true;
      let node = this.trie.root(tokenWords[at]!);
      if (node === 0) continue;
      let named = false;
      for (let i = at; ; ) {
        named ||=
          i - at >= 2 ||
          (tokenShapes[i]! & SHAPE) !== 0 ||
          (this.words.flags[tokenWords[i]!]! & WORD_FLAGS.caseless) !== 0;
        if (named && this.ends.has(node)) return true;
        if (++i >= end) break;
        node = this.trie.step(node, tokenWords[i]!);
        if (node < 0) break;
      }
    }
    return false;
  }
}
