/** Shapes of the chunks that the clause reader reads. Token numbers are those of the passage. */
import type { NameRun } from './sentence-tokens.js';

/** A noun phrase. `from`..`to` are its tokens without the determiner. */
export interface NounPhrase {
  readonly kind: 'name' | 'date' | 'quantity' | 'noun' | 'pronoun';
  readonly from: number;
  readonly to: number;
  /** Lower-case determiner or possessive pronoun; empty when bare. */
  readonly determiner: string;
  /** Token of the determiner. */
  readonly determinerAt?: number;
  /** Token of the head. */
  readonly head: number;
  /** The name that is the head. */
  readonly name?: NameRun;
  /** Common noun in front of a name: "psychologist" in "psychologist Carl Rogers". */
  readonly role?: { readonly from: number; readonly to: number };
  /** "X" in "X's wife". */
  readonly possessor?: NounPhrase;
}

/** A verb with its auxiliaries and adverbs. */
export interface VerbGroup {
  readonly from: number;
  readonly to: number;
  /** "be" + participle in the passive, else the lemma. */
  readonly predicate: string;
  readonly lemma: string;
  readonly passive: boolean;
  readonly copula: boolean;
  /** finite: has a tense; bare: a past form without auxiliary (finite or reduced); ing, infinitive: without subject of its own. */
  readonly form: 'finite' | 'bare' | 'ing' | 'infinitive';
  readonly negated: boolean;
  readonly hedged: boolean;
  /** "also", "formerly" ... in front: a participle, not a past tense. */
  readonly naming: boolean;
  /** Participle as written, for a reduced passive. */
  readonly participle: string;
}

export type Chunk =
  | { readonly kind: 'phrase'; readonly from: number; readonly to: number; readonly phrase: NounPhrase }
  | { readonly kind: 'verb'; readonly from: number; readonly to: number; readonly verb: VerbGroup }
  | {
      readonly kind:
        | 'preposition'
        | 'comma'
        | 'and'
        | 'break'
        | 'open'
        | 'close'
        | 'relative'
        | 'subordinator'
        | 'adjective';
      readonly from: number;
      readonly to: number;
      /** Lower case. */
      readonly word: string;
    };
