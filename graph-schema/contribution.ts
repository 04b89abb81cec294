/**
 * A contribution is what one passage says and it alone decides. The graph is a fold over contributions and holds no
 * fact that no contribution supports; what depends on the whole collection (gazetteer matches, links, document
 * frequencies) is part of the fold, not of a contribution.
 */
import type { EntityType } from './labels.js';

/** [start, end) in UTF-16 code units of the passage's text. */
export type Span = readonly [start: number, end: number];

/** A name that the passage's own title or lead gives to its document. Only a document's first passage gives aliases. */
export interface Alias {
  /** Normalised key: folded tokens joined by one blank, without a leading article. */
  readonly key: string;
  readonly surface: string;
  /** 0..1: 1 title or lead subject, .7 acronym, .6 "also known as" or first+last name, .5 part before a comma. */
  readonly weight: number;
  /** Type of what the document is about, as its title and lead tell it. */
  readonly type?: EntityType;
}

/** A candidate mention by the passage's own orthography (capital run, quoted title, script-specific run). */
export interface Run {
  readonly span: Span;
  /** Type by the run's own form and close context, if some rule speaks. */
  readonly type?: EntityType;
}

/** One end of a relation: a mention or a value (date, number, common noun). */
export interface RelationEnd {
  /** Normalised key, as of an entity. */
  readonly key: string;
  /** As written; for a resolved pronoun, the name it stands for. */
  readonly surface: string;
  /** Where it is written in the passage (the pronoun itself when resolved). Absent when the end is the document's title. */
  readonly span?: Span;
  /** `entity`: a name; `value`: date, quantity or common noun, kept as a literal. */
  readonly kind: 'entity' | 'value';
  readonly type?: EntityType;
}

/** A statement found by open information extraction in one sentence. */
export interface Relation {
  readonly subject: RelationEnd;
  /** Lemma with preposition, lower case: "be born in", "found", "be". */
  readonly predicate: string;
  readonly object: RelationEnd;
  /** The whole clause that says so. */
  readonly evidence: Span;
  /** 0..1 */
  readonly confidence: number;
  readonly negated: boolean;
  readonly hedged: boolean;
}

export interface Contribution {
  readonly passageId: string;
  /** Name and version of what extracted it, e.g. "rules/1"; another version makes the passage due again. */
  readonly extractor: string;
  /** ISO 639-1 of the passage, or "und". */
  readonly language: string;
  /** Sentence spans in order, flat [s0,e0,s1,e1...], covering all tokens of the text. */
  readonly sentences: readonly number[];
  readonly runs: readonly Run[];
  readonly aliases: readonly Alias[];
  readonly relations: readonly Relation[];
}

/** A mention after the fold: gazetteer matches and runs over the whole collection's aliases. */
export interface Mention {
  /** Key of the entity. */
  readonly key: string;
  /** The most frequent spelling in the passage, ties by code unit order. */
  readonly surface: string;
  readonly type: EntityType;
  /** Sorted spans in the passage's text; empty when only the title names it. */
  readonly spans: readonly Span[];
  /** The passage's title or heading names the entity (ABOUT). */
  readonly about: boolean;
}
