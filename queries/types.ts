/** Types of the query side, shared by library, CLI and HTTP. */

/** Bounds what a question may see; all conditions must hold. Nothing outside is read, cited or walked through. */
export interface Filter {
  /** Document ids or uris. */
  readonly documents?: readonly string[] | undefined;
  /** The document has every one of these tags. */
  readonly tags?: readonly string[] | undefined;
  /** Metadata equality (arrays: contains) or range, by key. */
  readonly metadata?:
    | Readonly<
        Record<
          string,
          | string
          | number
          | boolean
          | { readonly gte?: number | string | undefined; readonly lte?: number | string | undefined }
        >
      >
    | undefined;
  /** Inclusive bounds on the document's date, ISO 8601 or a prefix ("2024-05"). */
  readonly dateFrom?: string | undefined;
  readonly dateTo?: string | undefined;
}

/** Signals of question and corpus, each in 0..1 (retrieval.md, "The scorer that does not lose"). */
export interface ContextSignals {
  readonly bestPassageCoverage: number;
  readonly bestSentenceCoverage: number;
  readonly titledNameShare: number;
  readonly margin: number;
  readonly linkedShare: number;
  readonly knownEntities: number;
  readonly foreign: number;
  readonly length: number;
}

export interface QuestionEntity {
  readonly key: string;
  /** Characters of the question. */
  readonly start: number;
  readonly end: number;
  /** Entity number in the index, -1 when only an alias. */
  readonly entity: number;
}

/** A ranked passage. */
export interface Hit {
  /** Number in the index of this generation. */
  readonly passage: number;
  readonly passageId: string;
  readonly documentId: string;
  /** Final score; greater is better; comparable within one question only. */
  readonly score: number;
  /** Features of the last stage, in the order of `LAST_FEATURES`. */
  readonly features: Float64Array;
  /** Best predecessor on the way: the passage that links to this one, with the reason, or none. */
  readonly via?: {
    readonly passage: number;
    readonly kind: 'link' | 'entity' | 'residual';
    readonly entity?: number;
    readonly row?: number;
  };
}

export interface Retrieval {
  readonly question: string;
  readonly hits: readonly Hit[];
  readonly entities: readonly QuestionEntity[];
  /** Distinct terms of the question with their idf; a term that the collection lacks has df 0. */
  readonly terms: readonly {
    readonly stem: string;
    readonly idf: number;
    readonly df: number;
    readonly entity: boolean;
  }[];
  readonly signals: ContextSignals;
  /** The question's vector. */
  readonly vector: Float32Array;
  readonly timings: Readonly<Record<string, number>>;
}

export interface Citation {
  /** 1-based, as in `[n]` of the answer. */
  readonly n: number;
  readonly documentId: string;
  readonly uri: string;
  readonly title: string;
  readonly page?: number;
  /** `quote` is exactly characters start..end of the document's text. */
  readonly start: number;
  readonly end: number;
  readonly quote: string;
}

export interface PathStep {
  readonly kind: 'question' | 'entity' | 'passage';
  /** `question`, `e:key` or a passage id. */
  readonly id: string;
  readonly label: string;
  readonly why: string;
  /** Id of the step that it was reached from; absent at the question. */
  readonly from?: string;
}

export interface AnswerPassage {
  readonly id: string;
  readonly documentId: string;
  readonly start: number;
  readonly end: number;
  readonly score: number;
  readonly text: string;
}

/** The one answer object of CLI, HTTP and library. */
export interface Answer {
  readonly question: string;
  /** Sentences with `[n]` markers; when abstained, what was found nearest and what is missing. */
  readonly answer: string;
  /** The short span that answers, where the question's type shows one; part of one of the quotes. */
  readonly span?: string;
  readonly abstained: boolean;
  /** Calibrated probability that the documents answer, 0..1. */
  readonly confidence: number;
  readonly citations: readonly Citation[];
  readonly path: readonly PathStep[];
  readonly passages: readonly AnswerPassage[];
  readonly warnings: readonly string[];
  readonly usage: {
    readonly promptTokens: number;
    readonly completionTokens: number;
    readonly model?: string;
    readonly estimated?: boolean;
  };
  /** Milliseconds by step. */
  readonly timings: Readonly<Record<string, number>>;
}
