/**
 * What an analysis of a question looks up, fetched from the store: the analysis is run, what it asked for and is not
 * known yet is read in one batch, until it asks for nothing more.
 */
import type { NamedBy, SearchView } from '../../src/ports/passage-search.js';
import { termHash } from '../../src/search/term-hash.js';
import { type Analysis, analyseQuestion, type QuestionLexicon } from '../retrieve/analyse-question.js';

export interface QuestionLookups {
  readonly names: ReadonlyMap<string, NamedBy>;
  /** Passages that hold a term, by hash. */
  readonly terms: Map<number, number>;
  readonly analysis: Analysis;
}

const NOTHING: NamedBy = { entity: -1, df: 0, claims: [] };
const NO_DOCUMENTS = { documents: new Uint32Array(0), weights: new Float32Array(0) };

class Lexicon implements QuestionLexicon {
  readonly names = new Map<string, NamedBy>();
  readonly terms = new Map<number, number>();
  readonly askedNames = new Set<string>();
  readonly askedTerms = new Set<number>();
  readonly languages: QuestionLexicon['languages'];
  readonly totalPassages: number;
  private readonly hashes: number[] = [];

  constructor({ statistics }: SearchView) {
    this.languages = statistics.languages;
    this.totalPassages = statistics.passages;
  }

  entity(key: string): number {
    return this.named(key).entity;
  }

  alias(key: string): typeof NO_DOCUMENTS | undefined {
    return this.named(key).claims.length > 0 ? NO_DOCUMENTS : undefined;
  }

  term(stem: string): number {
    const hash = termHash(stem);
    const df = this.terms.get(hash);
    if (df === undefined) this.askedTerms.add(hash);
    if ((df ?? 0) === 0) return -1;
    return this.hashes.push(hash) - 1;
  }

  df(term: number): number {
    return this.terms.get(this.hashes[term]!)!;
  }

  private named(key: string): NamedBy {
    const found = this.names.get(key);
    if (found === undefined) this.askedNames.add(key);
    return found ?? NOTHING;
  }
}

export async function lookUpQuestion(view: SearchView, question: string): Promise<QuestionLookups> {
  const lexicon = new Lexicon(view);
  for (;;) {
    const analysis = analyseQuestion(lexicon, question);
    const keys = [...lexicon.askedNames];
    const hashes = [...lexicon.askedTerms];
    if (keys.length === 0 && hashes.length === 0) return { names: lexicon.names, terms: lexicon.terms, analysis };
    lexicon.askedNames.clear();
    lexicon.askedTerms.clear();
    const [named, frequencies] = [await view.names(keys), await view.frequencies(hashes)];
    keys.forEach((key, i) => {
      lexicon.names.set(key, named[i]!);
    });
    hashes.forEach((hash, i) => {
      lexicon.terms.set(hash, frequencies[i]!);
    });
  }
}
