/**
 * Walks the graph where ranking alone did not reach: when a question leads from a name over bridges ("the designer of
 * the lighthouse kept by X"), the documents that the evidence's sentences name next to a bridge word are read too, and
 * of each document reached the passages that speak of what is asked.
 */
import type { RetrievalIndex } from '../../src/index/retrieval-index.js';
import type { Hit } from '../types.js';
import {
  buildEvidence,
  type Evidence,
  type EvidencePassage,
  type EvidenceSource,
  type HitRecord,
  readHits,
  saysRelation,
} from './evidence.js';
import { findSubject } from './find-subject.js';
import type { RelationWord } from './relation-words.js';
import { headerOf } from './table-rows.js';

/** Passages read beyond those retrieved. */
const MOST_WALKED = 12;
const PER_DOCUMENT = 4;
const LINKED_DOCUMENTS = 3;

export interface Walkable extends EvidenceSource {
  readonly index: RetrievalIndex;
  /** 1 = may be read. */
  readonly allowed: Uint8Array | undefined;
}

/** Documents that sentences of the passages name, where the sentence also speaks of the relations; in order. */
function linkedDocuments(
  index: RetrievalIndex,
  passages: readonly EvidencePassage[],
  relations: readonly RelationWord[],
): number[] {
  const found = new Set<number>();
  for (const { hit, record, sentences } of passages) {
    const { rows, documents } = index.linksFrom(hit.passage);
    // Rows of a table are cut otherwise than the index cuts it: there any of them may speak of the bridge.
    const isTable = headerOf(record.context) !== undefined;
    for (let i = 0; i < rows.length; i++) {
      const sentence = sentences[rows[i]! - index.sentenceStart[hit.passage]! - 1];
      const stems = isTable ? sentences.flatMap((row) => row.stems) : (sentence?.stems ?? []);
      if (!relations.some((relation) => saysRelation(relation, stems))) continue;
      found.add(documents[i]!);
    }
  }
  return [...found].slice(0, LINKED_DOCUMENTS);
}

class Walk {
  private walked = 0;
  private readonly seen: Set<number>;

  constructor(
    private readonly source: Walkable,
    public evidence: Evidence,
    private records: readonly HitRecord[],
  ) {
    this.seen = new Set(records.map(({ hit }) => hit.passage));
  }

  /** Question terms, and words of the asked relation, that a passage holds. */
  private matches(passage: number): number {
    const { index } = this.source;
    const { idf, question } = this.evidence;
    const stems = new Set(idf.keys());
    for (const { role, related } of question.relations)
      if (role === 'target') for (const stem of related) stems.add(stem);
    const wanted = new Set([...stems].map((stem) => index.term(stem)));
    const held = new Set<number>();
    for (let row = index.sentenceStart[passage]!; row < index.sentenceStart[passage + 1]!; row++) {
      for (const term of index.sentenceTerms(row)) if (wanted.has(term)) held.add(term);
    }
    return held.size;
  }

  /** Reads passages of a document that the evidence lacks; false when one is gone. */
  async read(document: number): Promise<boolean> {
    const { index, allowed } = this.source;
    const numbers: number[] = [];
    for (let p = index.passageStart[document]!; p < index.passageStart[document + 1]!; p++) {
      if (!this.seen.has(p) && (allowed === undefined || allowed[p] === 1)) numbers.push(p);
    }
    const chosen = numbers
      .map((passage) => ({ passage, matches: this.matches(passage) }))
      .sort((a, b) => b.matches - a.matches || a.passage - b.passage)
      .slice(0, Math.min(PER_DOCUMENT, MOST_WALKED - this.walked));
    if (chosen.length === 0) return true;
    const least = this.records.reduce((low, { hit }) => Math.min(low, hit.score), Number.POSITIVE_INFINITY);
    const hits = chosen.map(
      ({ passage }): Hit => ({
        passage,
        passageId: index.passageId(passage),
        documentId: index.documentId(document),
        score: least - 1,
        features: new Float64Array(0),
      }),
    );
    const read = await readHits(this.source, hits);
    if (read === undefined) return false;
    for (const { hit } of read) this.seen.add(hit.passage);
    this.walked += read.length;
    this.records = [...this.records, ...read];
    this.evidence = buildEvidence(this.evidence.question, this.evidence.retrieval, this.records);
    return true;
  }

  /** Follows the bridges from a name as far as they go; false when a passage is gone. */
  async follow(name: string, bridges: readonly RelationWord[]): Promise<boolean> {
    const { index } = this.source;
    const levels = [...new Set(bridges.map((relation) => relation.level))].sort((a, b) => a - b);
    for (const level of levels) {
      const known = bridges.filter((relation) => relation.level <= level);
      let subject = findSubject(this.evidence, name, known);
      if (!subject.complete) {
        const relations = bridges.filter((relation) => relation.level === level);
        for (const document of linkedDocuments(index, subject.passages, relations)) {
          if (!(await this.read(document))) return false;
        }
        subject = findSubject(this.evidence, name, known);
      }
      const reached = subject.passages[0];
      if (!subject.complete || reached === undefined) return true;
      if (!(await this.read(index.documentNumber(reached.document.id)))) return false;
    }
    return true;
  }
}

/** The evidence with what its bridges lead to; undefined when a passage is gone and all must be read anew. */
export async function walkBridges(
  source: Walkable,
  evidence: Evidence,
  records: readonly HitRecord[],
): Promise<Evidence | undefined> {
  const bridges = evidence.question.relations.filter((relation) => relation.role === 'bridge');
  if (bridges.length === 0) return evidence;
  const walk = new Walk(source, evidence, records);
  for (const { text } of evidence.question.names) if (!(await walk.follow(text, bridges))) return undefined;
  return walk.evidence;
}
