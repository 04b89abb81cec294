/**
 * The way to an answer as a graph: the question, the steps of its path, the documents of its passages, the answer itself,
 * and what else those passages say of the entities shown.
 */
import { type DocumentRecord, entityId, type Mention, type PassageRecord } from '../../graph-schema/index.js';
import { nameKey } from '../../src/graph/name-key.js';
import type { GraphStore, RelationView } from '../../src/index.js';
import type { Answer, PathStep } from '../types.js';
import { edgeId, joinByStatements } from './join-nodes.js';
import { type Picture, type PictureEdge, type PictureGraph, pictureGraph, type Quote } from './picture-graph.js';
import { Sources } from './quote.js';

export interface AnswerGraphOptions {
  readonly collection: string;
  /** Nodes shown at most; the path is always shown whole. */
  readonly limit: number;
}

const PLAIN: Omit<PictureEdge, 'kind'> = {
  label: '',
  weight: 1,
  confidence: 1,
  negated: false,
  hedged: false,
  quotes: [],
};

export async function answerGraph(store: GraphStore, answer: Answer, options: AnswerGraphOptions): Promise<Picture> {
  const steps = answer.path;
  const sources = new Sources(store, options.collection);
  const passageIds = steps.filter(({ kind }) => kind === 'passage').map(({ id }) => id);
  await sources.load(passageIds);
  const mentions = await sources.mentionsOf(passageIds);
  const drawn = new AnswerPicture(answer, sources, mentions);
  for (const step of steps) drawn.addStep(step);
  for (const id of passageIds) drawn.addDocument(id);
  drawn.addAnswer();
  const keys = drawn.addShared(options.limit);
  await drawn.addStatements(store, options.collection, keys, new Set(passageIds));
  const shown = answer.abstained ? 'not answered by the documents' : answer.answer.replaceAll(/\s+/g, ' ');
  return { graph: drawn.graph, title: answer.question, subtitle: shown };
}

class AnswerPicture {
  readonly graph: PictureGraph = pictureGraph();

  constructor(
    private readonly answer: Answer,
    private readonly sources: Sources,
    private readonly mentions: ReadonlyMap<string, ReadonlyMap<string, Mention>>,
  ) {}

  addStep(step: PathStep): void {
    const { id, kind, label, from, why } = step;
    const passage = this.sources.passages.get(id);
    if (this.graph.hasNode(id)) return;
    this.graph.addNode(id, {
      label: kind === 'passage' ? passageLabel(passage, this.numbersOf(id)) : label,
      type: kind === 'entity' ? this.typeOf(id.slice(2)) : kind,
      kind,
      focus: true,
      weight: 3,
      facts: kind === 'passage' ? passageFacts(passage) : [],
    });
    if (from === undefined || !this.graph.hasNode(from)) return;
    this.graph.addDirectedEdgeWithKey(edgeId(from, id), from, id, {
      ...PLAIN,
      kind: 'path',
      label: shortReason(why),
      weight: 2,
      quotes: this.quotesOf(step),
    });
  }

  /** Numbers of the citations from the passage. */
  private numbersOf(passageId: string): number[] {
    return this.citationsOf(passageId).map(({ n }) => n);
  }

  private citationsOf(passageId: string): Answer['citations'] {
    const passage = this.sources.passages.get(passageId);
    if (passage === undefined) return [];
    return this.answer.citations.filter(
      ({ documentId, start, end }) => documentId === passage.documentId && start < passage.end && end > passage.start,
    );
  }

  /** What a step rests on: the sentences cited from its passage, and the place that names its entity. */
  private quotesOf({ id, from, kind }: PathStep): Quote[] {
    const passageId = kind === 'passage' ? id : (from ?? '');
    const other = kind === 'passage' ? (from ?? '') : id;
    const mention = this.mentions.get(passageId)?.get(other.slice(2));
    const quotes: (Quote | undefined)[] = [];
    if (mention !== undefined && mention.spans.length > 0)
      quotes.push(this.sources.quote(passageId, mention.spans.slice(0, 1)));
    if (kind === 'passage') {
      const passage = this.sources.passages.get(id);
      for (const { start, end } of this.citationsOf(id))
        if (passage !== undefined) quotes.push(this.sources.quote(id, [[start - passage.start, end - passage.start]]));
    }
    const seen = new Set<number>();
    return quotes.filter((quote) => quote !== undefined && !seen.has(quote.start) && seen.add(quote.start)) as Quote[];
  }

  private typeOf(key: string): Mention['type'] {
    for (const list of this.mentions.values()) {
      const type = list.get(key)?.type;
      if (type !== undefined && type !== 'other') return type;
    }
    return 'other';
  }

  addDocument(passageId: string): void {
    const passage = this.sources.passages.get(passageId);
    const document = passage && this.sources.documents.get(passage.documentId);
    if (document === undefined) return;
    if (!this.graph.hasNode(document.id)) {
      const node = { label: document.title, type: 'document', kind: 'document', focus: false, weight: 1 } as const;
      this.graph.addNode(document.id, { ...node, facts: documentFacts(document) });
    }
    const edge = { ...PLAIN, kind: 'part', label: '', quotes: this.wholePassage(passageId) } as const;
    this.graph.mergeUndirectedEdgeWithKey(edgeId(document.id, passageId), document.id, passageId, edge);
  }

  private wholePassage(passageId: string): Quote[] {
    const quote = this.sources.quote(passageId, []);
    return quote === undefined ? [] : [quote];
  }

  /** The span that answers as a node beside the passage that it was read in. */
  addAnswer(): void {
    const { span } = this.answer;
    if (span === undefined || this.answer.abstained) return;
    const key = nameKey(span);
    for (const [passageId, list] of this.mentions) {
      const mention = list.get(key);
      const passage = this.sources.passages.get(passageId);
      const at = passage?.text.indexOf(span) ?? -1;
      if ((mention === undefined && at < 0) || this.citationsOf(passageId).length === 0) continue;
      if (!this.graph.hasNode(entityId(key))) {
        const kind = mention === undefined ? 'value' : 'entity';
        this.graph.addNode(entityId(key), {
          label: span,
          type: mention?.type ?? 'other',
          kind,
          focus: true,
          weight: 3,
          facts: [['', 'the answer']],
        });
      }
      const spans = mention?.spans.slice(0, 1) ?? [];
      const quote = this.sources.quote(passageId, spans.length > 0 ? spans : [[at, at + span.length]]);
      const id = edgeId(passageId, entityId(key));
      if (!this.graph.hasEdge(id)) {
        this.graph.addDirectedEdgeWithKey(id, passageId, entityId(key), {
          ...PLAIN,
          kind: 'path',
          label: 'answers',
          weight: 2,
          quotes: quote === undefined ? [] : [quote],
        });
      }
    }
  }

  /** Other entities of the passages: those that several mention first, then those said most of, as many as fit. */
  addShared(limit: number): readonly string[] {
    const counts = new Map<string, { passages: number; spans: number; mention: Mention }>();
    for (const list of this.mentions.values()) {
      for (const mention of list.values()) {
        const seen = counts.get(mention.key) ?? { passages: 0, spans: 0, mention };
        seen.passages += 1;
        seen.spans += mention.spans.length;
        counts.set(mention.key, seen);
      }
    }
    const rest = [...counts]
      .filter(([key, { mention }]) => !this.graph.hasNode(entityId(key)) && mention.type !== 'other')
      .sort(([a, m], [b, n]) => n.passages - m.passages || n.spans - m.spans || (a < b ? -1 : 1))
      .slice(0, Math.max(0, limit - this.graph.order));
    for (const [key, { passages, mention }] of rest) {
      const node = { label: mention.surface, type: mention.type, kind: 'entity', focus: false } as const;
      this.graph.addNode(entityId(key), { ...node, weight: passages, facts: [] });
    }
    for (const [passageId, list] of this.mentions) {
      for (const [key, { spans }] of list) {
        const id = edgeId(passageId, entityId(key));
        if (!this.graph.hasNode(entityId(key)) || this.graph.hasEdge(id)) continue;
        const quote = this.sources.quote(passageId, spans.slice(0, 1));
        const edge = { ...PLAIN, kind: 'mention', quotes: quote === undefined ? [] : [quote] } as const;
        this.graph.addUndirectedEdgeWithKey(id, passageId, entityId(key), edge);
      }
    }
    return [...counts.keys()].filter((key) => this.graph.hasNode(entityId(key))).sort();
  }

  /** What the passages state of two entities shown. */
  async addStatements(
    store: GraphStore,
    collection: string,
    keys: readonly string[],
    passageIds: ReadonlySet<string>,
  ): Promise<void> {
    const found: RelationView[] = keys.length === 0 ? [] : [...(await store.relationsOf(collection, keys, 1000))];
    const shown = found.filter(
      ({ subject, object, passageId }) =>
        passageIds.has(passageId) &&
        this.graph.hasNode(entityId(subject.key)) &&
        this.graph.hasNode(entityId(object.key)),
    );
    joinByStatements(this.graph, shown, new Map(), this.sources);
  }
}

function passageLabel(passage: PassageRecord | undefined, numbers: readonly number[]): string {
  const cited = numbers.map((n) => `[${n}] `).join('');
  if (passage === undefined) return `${cited}passage`;
  const page = passage.page === undefined ? '' : `, page ${passage.page}`;
  return `${cited}passage ${passage.ordinal + 1}${page}`;
}

function passageFacts(passage: PassageRecord | undefined): [string, string][] {
  if (passage === undefined) return [];
  const facts: [string, string][] = [['characters', `${passage.start}–${passage.end}`]];
  if (passage.context !== '') facts.push(['under', passage.context]);
  facts.push(['text', passage.text]);
  return facts;
}

function documentFacts({ uri, date, mediaType }: DocumentRecord): [string, string][] {
  return [['uri', uri], ['kind', mediaType], ...(date === undefined ? [] : [['date', date] as [string, string]])];
}

/** The reason of a step without its quotation, which is shown on its own. */
function shortReason(why: string): string {
  if (why.startsWith('the question names')) return 'names';
  if (why.startsWith('document titled')) return 'titles';
  if (why.startsWith('shares') || why.startsWith('close')) return 'close to';
  if (why.startsWith('another passage')) return 'same document';
  return 'mentions';
}
