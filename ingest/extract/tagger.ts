/** Bulk part-of-speech tagging (wink-nlp with its English model), loaded at first use, with offsets into the text given. */
import type { PartOfSpeech } from 'wink-nlp';
import { loadWinkPipeline, type WinkPipeline } from './wink-pipeline.js';

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

/** Loads the model (about 100 ms of CPU, 60 MB). */
export function loadTagger(): Tagger {
  const pipeline = loadWinkPipeline();
  return (text) => tag(pipeline, text);
}

function tag(pipeline: WinkPipeline, text: string): TaggedTokens {
  const lexemes = pipeline.tokens(text);
  const tags = pipeline.tags(lexemes);
  const start = new Uint32Array(lexemes.length);
  const end = new Uint32Array(lexemes.length);
  let count = 0;
  let at = 0;
  for (let i = 0; i < lexemes.length; i++) {
    const written = lexemes[i]!.value;
    // The tagger drops some characters (byte-order marks among blanks): find each token again from where the last ended.
    while (text.charCodeAt(at) === BLANK) at++;
    const from = text.startsWith(written, at) ? at : text.indexOf(written, at);
    if (from < 0) continue;
    lexemes[count] = lexemes[i]!;
    tags[count] = tags[i]!;
    start[count] = from;
    at = from + written.length;
    end[count] = at;
    count++;
  }
  lexemes.length = count;
  tags.length = count;
  return {
    count,
    value: lexemes.map(({ value }) => value),
    word: lexemes.map(({ word }) => word),
    pos: tags.map((number) => pipeline.partsOfSpeech[number]!),
    mended: new Set(),
    start,
    end,
    lemma: (token) => pipeline.lemma(lexemes[token]!, tags[token]!),
  };
}

const BLANK = 0x20;
