/**
 * Relations and types of one passage by rules over part-of-speech tags. English relations; other languages get types by
 * orthography alone (docs/extraction.md).
 */
import type { EntityType, Relation, Run } from '../../graph-schema/index.js';
import { chunkSentence } from './chunks.js';
import { readClauses } from './clauses.js';
import { inferTypes } from './infer-types.js';
import { NameKeys } from './name-keys.js';
import { RelationSink } from './relation-sink.js';
import { EndResolver } from './resolve-end.js';
import { isTabular, markTokens, titleRuns } from './sentence-tokens.js';
import { type DocumentSubject, subjectOf } from './subject.js';
import { loadTagger, type Tagger } from './tagger.js';
import { RunTyper } from './type-runs.js';

export { type DocumentSubject, subjectOf, typeOfDocument } from './subject.js';

/** Name and version for `Contribution.extractor`; raised when the rules change what they give. */
export const EXTRACTOR = 'rules/1';

export interface PassageToExtract {
  readonly title: string;
  readonly context: string;
  readonly text: string;
  /** Flat sentence spans of the text, as `describePassage` gives them. */
  readonly sentences: readonly number[];
  /** As `describePassage` gives them. */
  readonly runs: readonly Run[];
  /** ISO 639-1, or "und". */
  readonly language: string;
  /** 0-based position in the document. */
  readonly ordinal: number;
  /** What the document is about, from `subjectOf(title, first passage)`; made from the title alone when absent. */
  readonly subject?: DocumentSubject | undefined;
}

export interface Extraction {
  /** In the order in which the text states them. */
  readonly relations: Relation[];
  /** The runs given, each with its type where some rule speaks. */
  readonly runs: Run[];
}

export interface Extractor {
  /** What a document is about; `lead` is the text of its first passage. */
  subjectOf(title: string, lead: string): DocumentSubject;
  /** Pure: the same passage gives the same extraction. */
  extract(passage: PassageToExtract): Extraction;
}

/** An extractor; the tagger's model is loaded by its first English passage. */
export function createExtractor(): Extractor {
  let tagger: Tagger | undefined;
  const keys = new NameKeys();
  const typer = new RunTyper();
  return {
    subjectOf,
    extract: (passage) => {
      const { title, text, sentences, runs, language, ordinal } = passage;
      if (text === '') return { relations: [], runs: [...runs] };
      const subject = passage.subject ?? subjectOf(title, ordinal === 0 ? text : '');
      const typed = typer.type(text, runs, subject, language);
      if (language !== 'en') return { relations: [], runs: typed };
      tagger ??= loadTagger();
      const tokens = tagger(text);
      const marks = markTokens(tokens, sentences, [...typed, ...titleRuns(text, subject.surface)]);
      const resolver = new EndResolver(text, tokens, subject, keys);
      const sink = new RelationSink(tokens, resolver);
      for (const sentence of marks.sentences) {
        resolver.startSentence(tokens.start[sentence.to - 1]!);
        if (isTabular(sentence, marks)) continue;
        readClauses({ tokens, marks, chunks: chunkSentence(sentence, marks), sink, resolver });
      }
      const { relations, types } = inferTypes(sink.relations);
      return { relations, runs: types.size === 0 ? typed : typed.map((run) => withType(run, text, types, keys)) };
    },
  };
}

function withType(run: Run, text: string, types: ReadonlyMap<string, EntityType>, keys: NameKeys): Run {
  if (run.type !== undefined) return run;
  const type = types.get(keys.entity(text.slice(run.span[0], run.span[1])));
  return type === undefined ? run : { span: run.span, type };
}
