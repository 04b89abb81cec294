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
  readonly pos: PartOfSpeech[];
  /** Tokens whose tag was changed into a verb's: their lemma is not the tagger's. */
  readonly mended: Set<number>;
  /** UTF-16 offsets in the text given. */
  readonly start: Uint32Array;
  readonly end: Uint32Array;
  /** Lemma of a token, as its tag was when the text was tagged. */
  lemma(token: number): string;
}

/** Tags one English text. */
export type Tagger = (text: string) => TaggedTokens;

/** The tagger keeps every word it ever saw (about 300 bytes each): it is made anew after so many texts. */
const RENEW_AFTER_TEXTS = 20_000;

/** Loads the model (about 110 ms of CPU, 60 MB). */
export function loadTagger(): Tagger {
  // Both packages are CommonJS; requiring them here keeps the load out of every process that does not ingest.
  const require = createRequire(import.meta.url);
  const winkNlp = require('wink-nlp') as typeof import('wink-nlp').default;
  const model = require('wink-eng-lite-web-model') as typeof import('wink-eng-lite-web-model').default;
  let nlp: WinkMethods = winkNlp(model, ['pos']);
  let texts = 0;
  return (text) => {
    if (++texts > RENEW_AFTER_TEXTS) {
      nlp = winkNlp(model, ['pos']);
      texts = 1;
    }
    return tag(nlp, text);
  };
}

function tag({ readDoc, its }: WinkMethods, text: string): TaggedTokens {
  const tokens = readDoc(text).tokens();
  const value = tokens.out(its.value) as string[];
  const pos = tokens.out(its.pos) as PartOfSpeech[];
  const start = new Uint32Array(value.length);
  const end = new Uint32Array(value.length);
  /** Number in the tagger's document of each token kept, when one was left out. */
  let numbers: number[] | undefined;
  let count = 0;
  let at = 0;
  for (let i = 0; i < value.length; i++) {
    const written = value[i]!;
    // The tagger drops some characters (byte-order marks among blanks): find each token again from where the last ended.
    while (text.charCodeAt(at) === BLANK) at++;
    const from = text.startsWith(written, at) ? at : text.indexOf(written, at);
    if (from < 0) {
      numbers ??= Array.from({ length: count }, (_, n) => n);
      continue;
    }
    value[count] = written;
    pos[count] = pos[i]!;
    numbers?.push(i);
    start[count] = from;
    at = from + written.length;
    end[count] = at;
    count++;
  }
  value.length = count;
  return {
    count,
    value,
    word: value.map((written) => written.toLowerCase()),
    pos,
    mended: new Set(),
    start,
    end,
    lemma: (token) =>
      tokens.itemAt(numbers?.[token] ?? token).out(its.lemma as Parameters<typeof tokens.out>[0]) as string,
  };
}

const BLANK = 0x20;
