/**
 * `hopwise bench extraction DIR...`: entities and pairs (subject, object) of each passage against recorded GPT-3.5
 * triples. The recorded triples are no truth, only another reader: what it lacks counts against precision here, though
 * it may well be stated.
 */

import { basename, resolve } from 'node:path';
import { sample } from '../../queries/evaluate/index.js';
import { SourceError, UsageError } from '../../src/errors.js';
import type { BenchOptions } from '../bench-options.js';
import { loadBenchSet } from '../retrieval/bench-set.js';
import { type ExtractedDocument, extractSet } from './extract-set.js';
import {
  counterparts,
  distinctKeys,
  distinctPairs,
  keyOf,
  lenient,
  type Matcher,
  type Pair,
  samePair,
  strict,
} from './match.js';
import { type RecordedPassage, readRecordedTriples } from './recorded-triples.js';

/** `sample`: relations to print with their sentences; default none. */
export type ExtractionBenchOptions = BenchOptions;

export interface ExtractionRow {
  readonly set: string;
  readonly what: 'entities' | 'pairs';
  readonly rule: 'strict' | 'lenient';
  /** Passages compared. */
  readonly passages: number;
  readonly recorded: number;
  readonly found: number;
  /** Per cent of the recorded that were found, summed over passages. */
  readonly recall: number;
  /** Per cent of the found that are recorded. */
  readonly precision: number;
  /** Milliseconds of CPU per 500 characters for description and extraction. */
  readonly msPer500: number;
}

interface Counts {
  recorded: number;
  found: number;
  recalled: number;
  confirmed: number;
}

/** Names and values that the product knows of a document. */
function entitiesOf(document: ExtractedDocument): string[] {
  const keys: string[] = [];
  for (const { mentions, contribution } of document.passages) {
    for (const { key } of mentions) keys.push(key);
    for (const { subject, object } of contribution.relations) keys.push(subject.key, object.key);
  }
  return distinctKeys(keys);
}

function pairsOf(document: ExtractedDocument): Pair[] {
  return distinctPairs(
    document.passages.flatMap(({ contribution }) =>
      contribution.relations.map(({ subject, object }): Pair => [subject.key, object.key]),
    ),
  );
}

function count<T>(counts: Counts, recorded: readonly T[], found: readonly T[], same: (a: T, b: T) => boolean): void {
  counts.recorded += recorded.length;
  counts.found += found.length;
  counts.recalled += counterparts(recorded, found, same);
  counts.confirmed += counterparts(found, recorded, same);
}

/** Per cent to one decimal place. */
function share(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.round((1000 * part) / whole) / 10;
}

/** Compares the documents of a set with what is recorded of them. */
export function compareExtraction(
  pairs: Iterable<readonly [found: ExtractedDocument, recorded: RecordedPassage]>,
): Pick<ExtractionRow, 'what' | 'rule' | 'passages' | 'recorded' | 'found' | 'recall' | 'precision'>[] {
  const rules: readonly (readonly ['strict' | 'lenient', Matcher])[] = [
    ['strict', strict],
    ['lenient', lenient],
  ];
  const entities = rules.map((): Counts => ({ recorded: 0, found: 0, recalled: 0, confirmed: 0 }));
  const ends = rules.map((): Counts => ({ recorded: 0, found: 0, recalled: 0, confirmed: 0 }));
  let passages = 0;
  for (const [document, recorded] of pairs) {
    passages++;
    const recordedEntities = distinctKeys(recorded.entities.map(keyOf));
    const recordedPairs = distinctPairs(recorded.triples.map(([s, , o]): Pair => [keyOf(s), keyOf(o)]));
    const foundEntities = entitiesOf(document);
    const foundPairs = pairsOf(document);
    rules.forEach(([, match], i) => {
      count(entities[i]!, recordedEntities, foundEntities, match);
      count(ends[i]!, recordedPairs, foundPairs, (a, b) => samePair(match, a, b));
    });
  }
  return (['entities', 'pairs'] as const).flatMap((what) =>
    rules.map(([rule], i) => {
      const { recorded, found, recalled, confirmed } = (what === 'entities' ? entities : ends)[i]!;
      return {
        what,
        rule,
        passages,
        recorded,
        found,
        recall: share(recalled, recorded),
        precision: share(confirmed, found),
      };
    }),
  );
}

/**
 * Runs the benchmark on each folder; with `sample`, prints that many relations with their sentences for reading by eye.
 * @throws UsageError without a folder; SourceError when corpus or triples cannot be read
 */
export async function runExtractionBench(options: ExtractionBenchOptions): Promise<ExtractionRow[]> {
  const { folders, json = false, print, signal } = options;
  if (folders.length === 0)
    throw new UsageError('NO_FOLDER', 'bench extraction needs a folder.', {
      remedy: 'Name a folder that holds corpus.jsonl and openie_gpt35.json.',
    });
  const rows: ExtractionRow[] = [];
  for (const folder of folders) {
    const set = basename(resolve(folder));
    const recorded = new Map(
      (await readRecordedTriples(folder)).map((passage) => [`${passage.title}\n${passage.text}`, passage]),
    );
    const corpus = (await loadBenchSet(folder)).documents;
    const extracted = await extractSet(corpus, signal);
    const lines = new Map(corpus.map((line) => [line.id, line]));
    const compared = extracted.documents.flatMap((document) => {
      const line = lines.get(document.id);
      const passage = line === undefined ? undefined : recorded.get(`${line.title}\n${line.text}`);
      return passage === undefined ? [] : [[document, passage] as const];
    });
    if (compared.length === 0) {
      throw new SourceError('BENCH_TRIPLES', `${folder}: no line of the corpus has recorded triples.`, {
        place: { uri: folder },
        remedy: 'Title and text of the recorded passages must be those of the corpus.',
      });
    }
    const msPer500 = Math.round((extracted.cpuMs / extracted.characters) * 500_000) / 1000;
    const setRows = compareExtraction(compared).map((row) => ({ set, ...row, msPer500 }));
    rows.push(...setRows);
    if (json) for (const row of setRows) print(JSON.stringify(row));
    else printTable(setRows, print);
    if (options.sample !== undefined) printSample(extracted.documents, options.sample, options.seed ?? 0, print);
  }
  return rows;
}

function printTable(rows: readonly ExtractionRow[], print: (line: string) => void): void {
  const [first] = rows;
  if (first === undefined) return;
  print(`${first.set}: ${first.passages} passages, ${first.msPer500} ms CPU per 500 characters`);
  print('              recorded    found  recall  precision');
  for (const { what, rule, recorded, found, recall, precision } of rows) {
    print(
      `${what.padEnd(9)} ${rule.padEnd(8)} ${String(recorded).padStart(4)} ${String(found).padStart(8)} ${recall.toFixed(1).padStart(7)} ${precision.toFixed(1).padStart(10)}`,
    );
  }
  print('strict: equal folded keys; lenient: equal, or one contains the other as whole words; pairs are unordered');
}

/** Relations drawn at random, each with the sentence that it stands in. */
function printSample(
  documents: readonly ExtractedDocument[],
  size: number,
  seed: number,
  print: (line: string) => void,
): void {
  const all = documents.flatMap(({ title, passages }) =>
    passages.flatMap(({ passage, contribution }) =>
      contribution.relations.map((relation) => ({
        title,
        text: passage.text,
        sentences: contribution.sentences,
        relation,
      })),
    ),
  );
  sample(all, size, seed).forEach(({ title, text, sentences, relation }, i) => {
    const { subject, predicate, object, evidence, confidence, negated, hedged } = relation;
    let s = 0;
    while (s + 2 < sentences.length && sentences[s + 1]! <= evidence[0]) s += 2;
    const marks = `${negated ? ' NOT' : ''}${hedged ? ' HEDGED' : ''}`;
    print(`\n${i + 1}. (${subject.surface} |${marks} ${predicate} | ${object.surface}) ${confidence}`);
    print(`   [${title}] ${text.slice(sentences[s] ?? 0, Math.max(sentences[s + 1] ?? text.length, evidence[1]))}`);
  });
}
