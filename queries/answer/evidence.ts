/** Evidence: what the ranked passages say, cut into sentences, with how much of the question each covers. */
import type { DocumentRecord, Mention, PassageRecord } from '../../graph-schema/index.js';
import { nameKey } from '../../src/graph/name-key.js';
import type { GraphStore } from '../../src/ports/index.js';
import { detectLanguage, splitSentences, stem, stopWords, type Tokens, tokenise } from '../../src/text/index.js';
import type { Hit, Retrieval } from '../types.js';
import type { QuestionAnalysis } from './analyse-question.js';
import { headerOf, lineSpans } from './table-rows.js';

export interface EvidenceSentence {
  readonly passage: EvidencePassage;
  /** 0-based in its passage. */
  readonly index: number;
  /** Characters of the passage's text. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** Offsets are those of `text`. */
  readonly tokens: Tokens;
  /** Its folded words joined by one blank, with a blank at either end: a name stands in it as ` key `. */
  readonly words: string;
  /** Stem of each token, empty for a stop word. */
  readonly stems: readonly string[];
  /** Share of the question's idf mass in the sentence, 0..1. */
  readonly coverage: number;
  /** The same with the passage's title added to the sentence. */
  readonly titledCoverage: number;
  /** Share of the asked relation words that the sentence or a word of the same relation shows, 0..1. */
  readonly targetCoverage: number;
  /** The same for the words that lead to the next hop. */
  readonly bridgeCoverage: number;
}

export interface EvidencePassage {
  readonly hit: Hit;
  /** 0-based. */
  readonly rank: number;
  /** exp(score - best score), 0..1. */
  readonly weight: number;
  readonly record: PassageRecord;
  readonly document: DocumentRecord;
  readonly mentions: readonly Mention[];
  readonly sentences: readonly EvidenceSentence[];
  /** Key of the title without a bracketed qualifier, and of the whole title. */
  readonly titleKey: string;
  readonly fullTitleKey: string;
  /** Of the title, the headings above the passage and the header of its table. */
  readonly titleStems: ReadonlySet<string>;
  /** The question names the document. */
  readonly named: boolean;
  /** Share of the question's idf mass in passage and title, 0..1. */
  readonly coverage: number;
  /** Of the question's vector to its best sentence; NaN when not measured. */
  readonly similarity: number;
}

export interface Evidence {
  readonly question: QuestionAnalysis;
  readonly retrieval: Retrieval;
  readonly passages: readonly EvidencePassage[];
  /** Idf by stem of the question. */
  readonly idf: ReadonlyMap<string, number>;
  readonly idfMass: number;
}

/** Title without a bracketed qualifier: "Human Flow (film)" - "Human Flow". */
export function bareTitle(title: string): string {
  return title.replace(/\s*[([（][^()[\]（）]*[)\]）]?\s*$/u, '').trim() || title;
}

function languageOf(question: QuestionAnalysis, text: string): string {
  return question.english ? 'en' : detectLanguage(text);
}

/** Stems of tokens, empty for stop words. */
export function stemsOf(tokens: Tokens, language: string): string[] {
  const stop = stopWords(language);
  return tokens.words.map((word) => (stop.has(word) ? '' : stem(word, language)));
}

function massOf(idf: ReadonlyMap<string, number>, found: ReadonlySet<string>): number {
  let sum = 0;
  for (const [word, weight] of idf) if (found.has(word)) sum += weight;
  return sum;
}

/** Two stems of one root: equal, or a common beginning of five letters ("direct", "director"). */
export function sameRoot(a: string, b: string): boolean {
  return a === b || (a.length >= 5 && b.length >= 5 && a.slice(0, 5) === b.slice(0, 5));
}

/** True when one of the stems is the word, of its root, or speaks of the same relation. */
export function saysRelation(relation: QuestionAnalysis['relations'][number], stems: Iterable<string>): boolean {
  for (const other of stems) {
    if (other !== '' && (sameRoot(relation.stem, other) || relation.related.has(other))) return true;
  }
  return false;
}

function relationShare(question: QuestionAnalysis, role: 'bridge' | 'target', stems: ReadonlySet<string>): number {
  const words = question.relations.filter((relation) => relation.role === role);
  if (words.length === 0) return 0;
  return words.filter((relation) => saysRelation(relation, stems)).length / words.length;
}

export interface EvidenceSource {
  readonly store: GraphStore;
  readonly collection: string;
  /** Of the index that the hits are of. */
  readonly generation: number;
}

/** What the store holds of the hits. */
export interface HitRecord {
  readonly hit: Hit;
  readonly record: PassageRecord;
  readonly document: DocumentRecord;
  readonly mentions: readonly Mention[];
  /** Greatest dot product of the question's vector and the passage's sentences; absent when not measured. */
  readonly similarity?: number;
}

/**
 * Reads passages, documents and mentions of the hits; undefined when one of them is gone, because a writer went on
 * since the index was read: the caller asks again with the newer index.
 */
export async function readHits(
  source: EvidenceSource,
  hits: readonly Hit[],
): Promise<readonly HitRecord[] | undefined> {
  const { store, collection, generation } = source;
  const { passages, documents } = await store.evidence(collection, {
    passages: hits.map((hit) => hit.passageId),
    documents: [...new Set(hits.map((hit) => hit.documentId))],
    generation,
  });
  const passageById = new Map(passages.map((held) => [held.passage.id, held]));
  const documentById = new Map(documents.map((document) => [document.id, document]));
  const found: HitRecord[] = [];
  for (const hit of hits) {
    const held = passageById.get(hit.passageId);
    const document = documentById.get(hit.documentId);
    if (held === undefined || document === undefined) return undefined;
    found.push({ hit, record: held.passage, document, mentions: held.mentions });
  }
  return found;
}

/** [start, end) of each sentence, flat; a row of a table is one. */
function sentenceSpans({ text, context }: PassageRecord, language: string): readonly number[] {
  if (headerOf(context) === undefined) return splitSentences(text, language);
  const lines = lineSpans(text);
  const spans: number[] = [];
  for (let i = 0; i < lines.length; i += 2) {
    const [start, end] = [lines[i]!, lines[i + 1]!];
    const line = text.slice(start, end);
    if (line.includes(' | ')) spans.push(start, end);
    else for (const at of splitSentences(line, language)) spans.push(start + at);
  }
  return spans;
}

/** Cuts the passages into sentences and measures them against the question; pure. */
export function buildEvidence(
  question: QuestionAnalysis,
  retrieval: Retrieval,
  records: readonly HitRecord[],
): Evidence {
  const idf = new Map(retrieval.terms.map((term) => [term.stem, term.idf]));
  let idfMass = 0;
  for (const term of retrieval.terms) idfMass += term.idf;
  const best = records[0]?.hit.score ?? 0;
  const names = new Set(question.names.map((name) => nameKey(name.text)));
  for (const entity of retrieval.entities) names.add(entity.key);
  const share = (found: ReadonlySet<string>): number => (idfMass === 0 ? 0 : massOf(idf, found) / idfMass);

  const passages = records.map(
    ({ hit, record, document, mentions, similarity = Number.NaN }, rank): EvidencePassage => {
      const language = languageOf(question, record.text);
      const titleStems = new Set(stemsOf(tokenise(`${document.title} ${record.context}`), language));
      titleStems.delete('');
      const sentences: EvidenceSentence[] = [];
      const all = new Set(titleStems);
      const titleKey = nameKey(bareTitle(document.title));
      const fullTitleKey = nameKey(document.title);
      const passage: EvidencePassage & { coverage: number } = {
        hit,
        rank,
        weight: Math.exp(Math.min(0, hit.score - best)),
        record,
        document,
        mentions,
        sentences,
        titleKey,
        fullTitleKey,
        titleStems,
        named: names.has(titleKey) || names.has(fullTitleKey),
        similarity,
        coverage: 0,
      };
      const spans = sentenceSpans(record, language);
      for (let i = 0; i + 1 < spans.length; i += 2) {
        const [start, end] = [spans[i]!, spans[i + 1]!];
        const text = record.text.slice(start, end);
        const tokens = tokenise(text);
        const stems = stemsOf(tokens, language);
        const found = new Set(stems);
        for (const word of stems) if (word !== '') all.add(word);
        const titled = new Set([...found, ...titleStems]);
        sentences.push({
          passage,
          index: i / 2,
          start,
          end,
          text,
          tokens,
          words: ` ${tokens.words.join(' ')} `,
          stems,
          coverage: share(found),
          titledCoverage: share(titled),
          targetCoverage: relationShare(question, 'target', found),
          bridgeCoverage: relationShare(question, 'bridge', found),
        });
      }
      passage.coverage = share(all);
      return passage;
    },
  );
  return { question, retrieval, passages, idf, idfMass };
}
