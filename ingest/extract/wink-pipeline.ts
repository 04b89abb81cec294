/**
 * wink-nlp's tokeniser and part-of-speech tagger without the rest of its pipeline, and with a memory: what stands
 * between two blanks is cut and looked up once, however often it comes. Tags are what a new `winkNLP(model, ['pos'])` gives;
 * one that has read other texts before cuts some words otherwise ("bachelor's", once it met it before a comma), so that
 * what it says of a text would depend on the order of documents. Here only the model's own lexicon decides.
 */
import { createRequire } from 'node:module';
import type { PartOfSpeech } from 'wink-nlp';
import type { Lexemes } from 'wink-nlp/src/cache.js';
import type { TokenSink } from 'wink-nlp/src/tokenizer.js';
import { detached } from '../../src/text/detached.js';

/** A token by itself. */
export interface Lexeme {
  /** As written. */
  readonly value: string;
  /** Lower case. */
  readonly word: string;
  /** Number of its normal form in the lexicon; `intrinsicSize` or more when it has none. */
  readonly normal: number;
  /** The likeliest tag. */
  readonly tag: number;
  /** The part of a contraction has this tag whatever stands around it; 0 elsewhere. */
  readonly fixedTag: number;
  /** What the tagger's patterns see in place of a tag; 0 when they see the tag. */
  readonly hint: number;
  /** wink's description of a token that the lexicon holds: lexeme, part of a contraction, its tag and lemma, flags. */
  readonly packed: Packed | undefined;
}

type Packed = readonly [lexeme: number, expansion: number, bits: number, flags: number];

export interface WinkPipeline {
  readonly partsOfSpeech: readonly PartOfSpeech[];
  tokens(text: string): Lexeme[];
  /** Numbers of `partsOfSpeech`. */
  tags(tokens: readonly Lexeme[]): number[];
  lemma(token: Lexeme, tag: number): string;
}

type Lexicon = Pick<Lexemes, 'lookup' | 'intrinsicSize' | 'posOf'>;

interface Model {
  core(): {
    readonly packing: { readonly config: unknown };
    readonly trex: unknown;
    readonly preserve: unknown;
    readonly tcat: { readonly hash: unknown };
    readonly features: {
      readonly lexeme: { readonly hash: Readonly<Record<string, number | undefined>> };
      readonly pos: { readonly list: readonly PartOfSpeech[] };
    };
  };
  pos(): {
    readonly machines: readonly unknown[];
    readonly transformers: readonly [(tag: number, lexemes: Lexemes, packed: Packed, at: number) => number];
    updater(found: unknown[], lexemes: Lexemes, tags: number[], normals: readonly number[]): void;
  };
  featureFn(config: unknown): { pos(text: string, category: number, lexicon: Lexicon): number };
  readonly addons: { lemmatize(word: string, partOfSpeech: PartOfSpeech, lexemes: Lexemes): string };
}

/** Bits of a packed token, as in wink-nlp's constants. */
const LEMMA_BITS = 20;
const TAG_MASK = 0x3f00000;
const SPACE_BITS = 16;

/** Tag of what the lexicon has none for: NOUN. */
const UNKNOWN_TAG = 8;

/** Pieces remembered; all are forgotten when it is full. */
const CAPACITY = 60_000;

/** Loads the model (60 MB). Both packages are CommonJS: required here, they stay out of every process that does not ingest. */
export function loadWinkPipeline(): WinkPipeline {
  const require = createRequire(import.meta.url);
  const model = require('wink-eng-lite-web-model') as unknown as Model;
  const makeLexemes = require('wink-nlp/src/cache.js') as typeof import('wink-nlp/src/cache.js').default;
  const makeTokeniser = require('wink-nlp/src/tokenizer.js') as typeof import('wink-nlp/src/tokenizer.js').default;
  const makeAutomaton = require('wink-nlp/src/automaton.js') as typeof import('wink-nlp/src/automaton.js').default;
  const compile = require('wink-nlp/src/compile-trex.js') as typeof import('wink-nlp/src/compile-trex.js').default;
  const its = require('wink-nlp/src/its.js') as typeof import('wink-nlp/src/its.js').default;

  const core = model.core();
  const { machines, transformers, updater } = model.pos();
  const partsOfSpeech = core.features.pos.list;
  const numberOf = core.features.lexeme.hash;
  const lexemes = makeLexemes(core, model.featureFn);
  const outside = lexemes.intrinsicSize();
  const features = model.featureFn(core.packing.config);
  const lexicon: Lexicon = { ...lexemes, lookup: (text) => lexemes.lookup(text) ?? [outside] };
  const tokenise = makeTokeniser(compile(core.trex), core.tcat.hash, core.preserve);
  const automata = machines.map((machine) => {
    const automaton = makeAutomaton(lexemes, lexemes.value(0));
    automaton.importJSON(machine);
    return automaton;
  });

  const known = (packed: Packed): Lexeme => {
    const [lexeme, expansion, bits] = packed;
    const value = lexemes.value(lexeme);
    const fixedTag = (bits & TAG_MASK) >>> LEMMA_BITS;
    return {
      value,
      word: value.toLowerCase(),
      normal: expansion === 0 ? lexemes.normal(lexeme) : lexemes.nox(expansion),
      tag: bits === 0 ? lexemes.posOf(lexemes.mappedSpelling(lexeme)) || UNKNOWN_TAG : fixedTag,
      fixedTag,
      // It gives back the tag when it has no hint: a tag that does not exist comes back for none.
      hint: Math.max(0, transformers[0](-1, lexemes, packed, 0)),
      packed,
    };
  };
  const unknown = (text: string, category: number): Lexeme => {
    const value = detached(text);
    const word = value.toLowerCase();
    const lower = numberOf[word];
    const normal = lower === undefined ? outside : lexemes.mappedSpelling(lower);
    const tag = features.pos(value, category, lexicon) || UNKNOWN_TAG;
    return { value, word, normal, tag, fixedTag: 0, hint: 0, packed: undefined };
  };

  /** Tokens of the piece being cut. */
  let cut: Lexeme[] = [];
  const byNumber: Lexeme[] = [];
  const knownAlone = (lexeme: number): Lexeme => {
    byNumber[lexeme] ??= known([lexeme, 0, 0, 0]);
    return byNumber[lexeme];
  };
  const sink: TokenSink = {
    _addToken: (text, category) => {
      const number = numberOf[text];
      return cut.push(number === undefined ? unknown(text, category) : knownAlone(number)) > 0;
    },
    _addTokenIfInCache: (text) => {
      const found = lexemes.lookup(text);
      if (found === null) return 0;
      if (found.length === 1) cut.push(knownAlone(found[0]!));
      for (let i = 0; i + 3 < found.length; i += 4) {
        const [lexeme, expansion, lemma, tag] = found.slice(i, i + 4) as [number, number, number, number];
        cut.push(known([lexeme, expansion << SPACE_BITS, lemma | (tag << LEMMA_BITS), 0]));
      }
      return 1;
    },
    isLexeme: (text) => lexemes.lookup(text),
  };

  const pieces = new Map<string, Lexeme | readonly Lexeme[]>();
  const cutPiece = (piece: string): Lexeme | readonly Lexeme[] => {
    cut = [];
    tokenise(sink, piece);
    if (pieces.size >= CAPACITY) pieces.clear();
    const tokens = cut.length === 1 ? cut[0]! : cut;
    pieces.set(detached(piece), tokens);
    return tokens;
  };

  const seen = (tag: number, _lexemes: Lexemes, tokens: readonly Lexeme[], at: number): number =>
    tokens[at]!.hint || tag;

  return {
    partsOfSpeech,
    tokens: (text) => {
      const tokens: Lexeme[] = [];
      forEachPiece(text, (piece) => {
        const found = pieces.get(piece) ?? cutPiece(piece);
        if (!Array.isArray(found)) tokens.push(found as Lexeme);
        else for (const token of found as readonly Lexeme[]) tokens.push(token);
      });
      return tokens;
    },
    tags: (tokens) => {
      const tags = tokens.map(({ tag }) => tag);
      const normals = tokens.map(({ normal }) => normal);
      for (const automaton of automata) updater(automaton.recognize(tags, seen, tokens), lexemes, tags, normals);
      for (let i = 0; i < tags.length; i++) tags[i] = tokens[i]!.fixedTag || tags[i]!;
      return tags;
    },
    lemma: ({ packed, normal, word }, tag) => {
      if (packed === undefined) {
        const normalised = normal < outside ? lexemes.value(normal) : word;
        return model.addons.lemmatize(normalised, partsOfSpeech[tag]!, lexemes);
      }
      const [lexeme, expansion, bits] = packed;
      const tagged = [lexeme, expansion, bits === 0 ? tag << LEMMA_BITS : bits, 0];
      return its.lemma(0, { tokens: tagged, cache: lexemes }, model.addons);
    },
  };
}

const OTHER = 0;
const BLANK = 1;
const BREAK = 2;

function kindOf(unit: number): number {
  if (unit > 0x20 && unit < 0xa0) return OTHER;
  if (unit === 0x20 || unit === 0xa0) return BLANK;
  if (unit === 0x0a || unit === 0x0d || unit === 0x09) return BREAK;
  const blank =
    (unit >= 0x2002 && unit <= 0x2005) || unit === 0x2009 || unit === 0x200a || unit === 0x202f || unit === 0x205f;
  return blank ? BLANK : OTHER;
}

/** Runs of what is no blank, and runs of line breaks and tabs, in text order; wink's own first cut. */
function forEachPiece(text: string, take: (piece: string) => void): void {
  let from = 0;
  while (from < text.length) {
    const kind = kindOf(text.charCodeAt(from));
    let to = from + 1;
    while (to < text.length && kindOf(text.charCodeAt(to)) === kind) to++;
    if (kind !== BLANK) take(text.slice(from, to));
    from = to;
  }
}
