/** Bulk part-of-speech tagging (wink-nlp with its English model), loaded at first use, with offsets into the text given. */
import { createRequire } from 'node:module';
import type { PartOfSpeech, WinkMethods } from 'wink-nlp';

/** Tokens of one text as parallel arrays, in text order. */
export interface TaggedTokens {
  readonly count: number;
  /** As written. */
  readonly value: readonly string[];
  /** Lower case. */
  readonly word: readonly string[];
  readonly lemma: string[];
  readonly pos: PartOfSpeech[];
  /** UTF-16 offsets in the text given. */
  readonly start: Uint32Array;
  readonly end: Uint32Array;
}

/** Tags one English text. Holds nothing of the text afterwards. */
export type Tagger = (text: string) => TaggedTokens;

/** Loads the model (about 110 ms of CPU, 60 MB). */
export function loadTagger(): Tagger {
  // Both packages are CommonJS; requiring them here keeps the load out of every process that does not ingest.
  const require = createRequire(import.meta.url);
  const winkNlp = require('wink-nlp') as typeof import('wink-nlp').default;
  const model = require('wink-eng-lite-web-model') as typeof import('wink-eng-lite-web-model').default;
  const nlp: WinkMethods = winkNlp(model, ['pos']);
  const { its } = nlp;
  return (text) => {
    const tokens = nlp.readDoc(text).tokens();
    const value = tokens.out(its.value) as string[];
    const pos = tokens.out(its.pos) as PartOfSpeech[];
    const lemma = tokens.out(its.lemma as Parameters<typeof tokens.out>[0]) as string[];
    const start = new Uint32Array(value.length);
    const end = new Uint32Array(value.length);
    let count = 0;
    let at = 0;
    for (let i = 0; i < value.length; i++) {
      // The tagger drops some characters (byte-order marks among blanks): find each token again from where the last ended.
      const from = text.startsWith(value[i]!, at) ? at : text.indexOf(value[i]!, at);
      if (from < 0) continue;
      value[count] = value[i]!;
      pos[count] = pos[i]!;
      lemma[count] = lemma[i]!;
      start[count] = from;
      end[count] = from + value[i]!.length;
      at = end[count]!;
      count++;
    }
    value.length = count;
    return { count, value, word: value.map((v) => v.toLowerCase()), lemma, pos, start, end };
  };
}
