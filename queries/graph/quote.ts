/** Quotations of a picture: the sentence of a passage that says something, with what it says marked. */
import type { DocumentRecord, Mention, PassageRecord, Span } from '../../graph-schema/index.js';
import type { GraphStore, RelationView } from '../../src/index.js';
import { detectLanguage, splitSentences } from '../../src/text/index.js';
import type { Quote } from './picture-graph.js';

/** Characters of a quotation; a longer sentence is cut around what is marked. */
const MOST_CHARS = 420;
/** Keys, ids and passages asked of the store at once. */
const BATCH = 200;

/** Passages and their documents by id, read in batches. */
export class Sources {
  readonly passages = new Map<string, PassageRecord>();
  readonly documents = new Map<string, DocumentRecord>();

  constructor(
    private readonly store: GraphStore,
    private readonly collection: string,
  ) {}

  async load(passageIds: Iterable<string>): Promise<void> {
    const wanted = [...new Set(passageIds)].filter((id) => !this.passages.has(id)).sort();
    for (let i = 0; i < wanted.length; i += BATCH) {
      const passages = await this.store.passages(this.collection, wanted.slice(i, i + BATCH));
      for (const passage of passages) this.passages.set(passage.id, passage);
      const unknown = new Set(passages.map(({ documentId }) => documentId).filter((id) => !this.documents.has(id)));
      for (const record of await this.store.documentRecords(this.collection, [...unknown].sort()))
        this.documents.set(record.id, record);
    }
  }

  /** Mentions of passages by id of the passage and key, passages in id order. */
  async mentionsOf(passageIds: Iterable<string>): Promise<ReadonlyMap<string, ReadonlyMap<string, Mention>>> {
    const ids = [...new Set(passageIds)].sort();
    const lists: (readonly Mention[])[] = [];
    for (let i = 0; i < ids.length; i += BATCH)
      lists.push(...(await this.store.mentionsOfEach(this.collection, ids.slice(i, i + BATCH))));
    return new Map(ids.map((id, i) => [id, new Map(lists[i]!.map((mention) => [mention.key, mention]))]));
  }

  /** The sentences of the passage that hold the spans, with the spans marked; undefined when the passage is gone. */
  quote(passageId: string, spans: readonly Span[]): Quote | undefined {
    const passage = this.passages.get(passageId);
    const document = passage && this.documents.get(passage.documentId);
    if (passage === undefined || document === undefined) return undefined;
    const sorted = [...spans].sort(([a, b], [c, d]) => a - c || b - d);
    const [from, to] = bounds(passage.text, sorted);
    const marks: [number, number][] = [];
    for (const [start, end] of sorted) {
      const last = marks.at(-1);
      const [a, b] = [Math.max(start, from) - from, Math.min(end, to) - from];
      if (b <= a) continue;
      if (last !== undefined && a <= last[1]) last[1] = Math.max(last[1], b);
      else marks.push([a, b]);
    }
    return {
      text: passage.text.slice(from, to),
      marks,
      title: document.title,
      uri: document.uri,
      ...(passage.page === undefined ? {} : { page: passage.page }),
      start: passage.start + from,
      end: passage.start + to,
    };
  }

  statement(relation: RelationView): Quote | undefined {
    const quote = this.quote(relation.passageId, [relation.evidence]);
    return (
      quote && {
        ...quote,
        statement: `${relation.subject.surface} · ${relation.predicate} · ${relation.object.surface}`,
        confidence: relation.confidence,
        negated: relation.negated,
        hedged: relation.hedged,
      }
    );
  }
}

/** From the sentence of the first span to that of the last, cut to the characters allowed. */
function bounds(text: string, spans: readonly Span[]): [number, number] {
  const first = spans[0]?.[0] ?? 0;
  const last = spans.reduce((end, [, to]) => Math.max(end, to), first);
  let from = 0;
  let to = text.length;
  const sentences = splitSentences(text, detectLanguage(text));
  for (let i = 0; i + 1 < sentences.length; i += 2) {
    if (sentences[i]! <= first) from = sentences[i]!;
    if (sentences[i + 1]! >= last) {
      to = sentences[i + 1]!;
      break;
    }
  }
  if (to - from <= MOST_CHARS) return [from, to];
  const start = Math.max(from, Math.min(first - 60, to - MOST_CHARS));
  return [wordStart(text, start, from), wordEnd(text, Math.min(to, start + MOST_CHARS), to)];
}

/** Moves a cut to a blank near it, so that neither words nor surrogate pairs are cut. */
function wordStart(text: string, at: number, least: number): number {
  for (let i = at; i > Math.max(least, at - 40); i--) if (/\s/.test(text[i - 1] ?? '')) return i;
  return at > least && isLowSurrogate(text, at) ? at + 1 : at;
}

function wordEnd(text: string, at: number, most: number): number {
  for (let i = at; i < Math.min(most, at + 40); i++) if (/\s/.test(text[i] ?? '')) return i;
  return at < most && isLowSurrogate(text, at) ? at + 1 : at;
}

function isLowSurrogate(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code <= 0xdfff;
}
