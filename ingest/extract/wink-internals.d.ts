/** Parts of wink-nlp that the tagger puts together itself; the package exports only all of them at once. */

declare module 'wink-nlp/src/cache.js' {
  /** The model's lexicon; texts by number. */
  export interface Lexemes {
    /** Number of a text, or four numbers (lexeme, expansion, lemma, tag) for each part of a contraction. */
    lookup(text: string): readonly number[] | null;
    value(lexeme: number): string;
    normal(lexeme: number): number;
    /** Normal form of a contraction's part. */
    nox(expansion: number): number;
    mappedSpelling(lexeme: number): number;
    posOf(lexeme: number): number;
    intrinsicSize(): number;
  }
  const makeLexemes: (core: unknown, featureFn: unknown) => Lexemes;
  export default makeLexemes;
}

declare module 'wink-nlp/src/tokenizer.js' {
  export interface TokenSink {
    _addToken(text: string, category: number): boolean;
    /** 0 when the text is not known. */
    _addTokenIfInCache(text: string): number;
    isLexeme(text: string): unknown;
  }
  const makeTokeniser: (
    expressions: unknown,
    categories: unknown,
    preserve: unknown,
  ) => (sink: TokenSink, text: string) => void;
  export default makeTokeniser;
}

declare module 'wink-nlp/src/compile-trex.js' {
  const compileExpressions: (expressions: unknown) => unknown;
  export default compileExpressions;
}

declare module 'wink-nlp/src/automaton.js' {
  import type { Lexemes } from 'wink-nlp/src/cache.js';

  export interface Automaton {
    importJSON(machine: unknown): void;
    recognize<T>(
      tags: readonly number[],
      transform: (tag: number, lexemes: Lexemes, parameter: T, at: number) => number,
      parameter: T,
    ): unknown[];
  }
  const makeAutomaton: (lexemes: Lexemes, outside: string) => Automaton;
  export default makeAutomaton;
}

declare module 'wink-nlp/src/its.js' {
  import type { Lexemes } from 'wink-nlp/src/cache.js';

  const its: {
    lemma(token: number, document: { tokens: readonly number[]; cache: Lexemes }, addons: unknown): string;
  };
  export default its;
}
