/**
 * The way through the graph from the question to the evidence: cheapest paths in the small graph of question, named and
 * shared entities, and chosen passages (Dijkstra by graphology), each step with its reason.
 */
import { UndirectedGraph } from 'graphology';
import { dijkstra } from 'graphology-shortest-path';
import { entityId, type Mention } from '../../graph-schema/index.js';
import { nameKey } from '../../src/graph/name-key.js';
import type { PathStep } from '../types.js';
import type { Evidence, EvidencePassage, EvidenceSentence } from './evidence.js';

const QUESTION = 'question';
/** Costs: a title names surely, a mention less so, words shared with the question least. */
const COST = { named: 1, about: 0.5, mention: 1, sibling: 1.5, words: 4 } as const;
const QUOTE_CHARS = 120;

function excerpt(text: string, start: number, end: number): string {
  if (text.length <= QUOTE_CHARS) return text.replace(/\s+/g, ' ');
  const from = Math.max(0, Math.min(start - 40, text.length - QUOTE_CHARS));
  const to = Math.min(text.length, Math.max(from + QUOTE_CHARS, end));
  return `${from > 0 ? '…' : ''}${text.slice(from, to).trim().replace(/\s+/g, ' ')}${to < text.length ? '…' : ''}`;
}

interface Node {
  readonly kind: PathStep['kind'];
  readonly label: string;
}

class EvidenceGraph {
  readonly graph = new UndirectedGraph<Node, { cost: number }>();
  readonly passages = new Map<string, EvidencePassage>();
  readonly mentions = new Map<string, Map<string, Mention>>();

  constructor(
    private readonly evidence: Evidence,
    private readonly chosen: readonly EvidenceSentence[],
  ) {
    this.graph.addNode(QUESTION, { kind: 'question', label: evidence.question.question });
    for (const { passage } of chosen) this.addPassage(passage);
    const named = new Map<string, string>();
    for (const entity of evidence.retrieval.entities) {
      named.set(entity.key, evidence.question.question.slice(entity.start, entity.end));
    }
    for (const name of evidence.question.names) {
      const key = nameKey(name.text);
      if (key !== '' && !named.has(key)) named.set(key, name.text);
    }
    for (const [key, label] of named) this.addEntity(key, label, true);
    this.addShared();
    this.addFallbacks();
  }

  private addPassage(passage: EvidencePassage): void {
    const id = passage.record.id;
    if (this.passages.has(id)) return;
    this.passages.set(id, passage);
    this.graph.addNode(id, { kind: 'passage', label: passage.document.title });
    this.mentions.set(id, new Map(passage.mentions.map((mention) => [mention.key, mention])));
  }

  /** Adds an entity with its edges to the passages that mention it or are titled so. */
  private addEntity(key: string, label: string, named: boolean): void {
    const node = entityId(key);
    const edges: [string, number][] = [];
    for (const [id, passage] of this.passages) {
      const mention = this.mentions.get(id)?.get(key);
      if (passage.titleKey === key || mention?.about === true) edges.push([id, COST.about]);
      else if (mention !== undefined) edges.push([id, COST.mention]);
    }
    if (edges.length < (named ? 1 : 2) || this.graph.hasNode(node)) return;
    this.graph.addNode(node, { kind: 'entity', label });
    if (named) this.graph.addEdge(QUESTION, node, { cost: COST.named });
    for (const [id, cost] of edges) this.graph.addEdge(node, id, { cost });
  }

  /** Entities that two of the passages share, in key order, and titles that another passage mentions. */
  private addShared(): void {
    const surfaces = new Map<string, string>();
    for (const [id, mentions] of this.mentions) {
      for (const mention of mentions.values()) {
        if (!surfaces.has(mention.key) || mention.about) surfaces.set(mention.key, mention.surface);
      }
      const passage = this.passages.get(id)!;
      if (!surfaces.has(passage.titleKey) && passage.titleKey !== '')
        surfaces.set(passage.titleKey, passage.document.title);
    }
    for (const key of [...surfaces.keys()].sort()) this.addEntity(key, surfaces.get(key)!, false);
  }

  /** Passages of one document stand together; any passage may be reached by the words that it shares with the question. */
  private addFallbacks(): void {
    const all = [...this.passages.values()];
    for (let i = 0; i < all.length; i++) {
      for (let j = i + 1; j < all.length; j++) {
        if (all[i]!.document.id === all[j]!.document.id) {
          this.graph.addEdge(all[i]!.record.id, all[j]!.record.id, { cost: COST.sibling });
        }
      }
      this.graph.addEdge(QUESTION, all[i]!.record.id, { cost: COST.words - all[i]!.coverage });
    }
  }

  /** Cheapest way to `target` from one of the nodes reached, the earliest on a tie. */
  way(reached: readonly string[], target: string): readonly string[] {
    let best: readonly string[] = [];
    let bestCost = Number.POSITIVE_INFINITY;
    for (const source of reached) {
      const nodes = dijkstra.bidirectional(this.graph, source, target, 'cost') as readonly string[] | null;
      if (nodes === null) continue;
      let cost = 0;
      for (let i = 1; i < nodes.length; i++) cost += this.graph.getEdgeAttribute(nodes[i - 1]!, nodes[i]!, 'cost');
      if (cost < bestCost) {
        best = nodes;
        bestCost = cost;
      }
    }
    return best;
  }

  /** Why a step goes from one node to the next. */
  why(from: string, to: string): string {
    const target = this.graph.getNodeAttributes(to);
    if (target.kind === 'entity') {
      if (from === QUESTION) return `the question names ${target.label}`;
      return this.mentionReason(from, to, `mentions ${target.label}`);
    }
    const source = this.graph.getNodeAttributes(from);
    if (source.kind === 'entity') {
      const passage = this.passages.get(to)!;
      if (passage.titleKey === from.slice(2)) return `document titled "${target.label}"`;
      return this.mentionReason(to, from, `mentions ${source.label}`);
    }
    if (source.kind === 'passage') return 'another passage of the same document';
    return this.sharedWords(this.passages.get(to)!);
  }

  private mentionReason(passageId: string, entity: string, verb: string): string {
    const passage = this.passages.get(passageId)!;
    const mention = this.mentions.get(passageId)?.get(entity.slice(2));
    const spans = mention?.spans ?? [];
    const inSentence = (sentence: EvidenceSentence): boolean =>
      spans.some(([start, end]) => start >= sentence.start && end <= sentence.end);
    const sentence =
      this.chosen.find((candidate) => candidate.passage === passage && inSentence(candidate)) ??
      passage.sentences.find(inSentence);
    if (sentence === undefined) return `its title ${verb}`;
    const span = spans.find(([start, end]) => start >= sentence.start && end <= sentence.end)!;
    const quote = excerpt(sentence.text, span[0] - sentence.start, span[1] - sentence.start);
    return `its sentence ${sentence.index + 1} ${verb}: "${quote}"`;
  }

  private sharedWords(passage: EvidencePassage): string {
    const { tokens } = this.evidence.question;
    const words = new Set<string>();
    for (const sentence of passage.sentences) for (const word of sentence.tokens.words) words.add(word);
    const seen = new Set<string>();
    for (const term of this.evidence.retrieval.terms) {
      const token = tokens.words.find((word) => words.has(word) && word.startsWith(term.stem.slice(0, 3)));
      if (token !== undefined) seen.add(token);
    }
    if (seen.size === 0) return 'close to the question in meaning';
    return `shares ${[...seen]
      .slice(0, 5)
      .map((word) => `"${word}"`)
      .join(', ')} with the question`;
  }
}

/** Steps from the question through entities to every chosen passage, in the order of the reasoning. */
export function evidencePath(evidence: Evidence, chosen: readonly EvidenceSentence[]): readonly PathStep[] {
  const graph = new EvidenceGraph(evidence, chosen);
  const reached = [QUESTION];
  const steps: PathStep[] = [{ kind: 'question', id: QUESTION, label: evidence.question.question, why: 'asked' }];
  for (const { passage } of chosen) {
    const target = passage.record.id;
    if (reached.includes(target)) continue;
    const nodes = graph.way(reached, target);
    for (let i = 1; i < nodes.length; i++) {
      const id = nodes[i]!;
      if (reached.includes(id)) continue;
      const { kind, label } = graph.graph.getNodeAttributes(id);
      const from = nodes[i - 1]!;
      steps.push({ kind, id, label, why: graph.why(from, id), from });
      reached.push(id);
    }
  }
  return steps;
}
