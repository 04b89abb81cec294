/**
 * Passages as the fold sees them: interned words, orthographic runs and sentence segments in columns, without an object
 * per token. A passage's words are those of its document's title, of its context, and of its text, in this order.
 */
import type { Alias, EntityType } from '../../graph-schema/index.js';
import { Uint8Column, Uint32Column } from '../index/columns.js';
import type { IndexDocument } from '../index/index-source.js';
import type { PassageBundle, QuantisedVectors } from '../ports/index.js';
import { type Tokens, tokenise } from '../text/index.js';
import { capitalRuns } from './capital-runs.js';
import { typeNumber } from './entity-types.js';
import { WordTable } from './word-table.js';

export interface TableAlias {
  readonly key: string;
  readonly weight: number;
  readonly type: EntityType | undefined;
}

export interface TableDocument {
  readonly id: string;
  readonly enabled: boolean;
  readonly title: string;
  readonly aliases: readonly TableAlias[];
  /** Slots of its passages in order of their ordinals. */
  readonly slots: readonly number[];
}

/** What a slot keeps besides its columns. */
export interface SlotRecord {
  readonly passageId: string;
  readonly documentId: string;
  readonly language: string;
  readonly title: string;
  readonly context: string;
  readonly text: string;
  readonly vectors: QuantisedVectors;
}

export class PassageTable {
  readonly words: WordTable;
  readonly documents = new Map<string, TableDocument>();
  readonly slots: (SlotRecord | undefined)[] = [];
  /** First token, segment and run of each slot; one entry more than slots. */
  readonly tokenStart = new Uint32Column(Uint32Array.of(0));
  readonly segmentStart = new Uint32Column(Uint32Array.of(0));
  readonly runStart = new Uint32Column(Uint32Array.of(0));
  readonly tokenWords = new Uint32Column();
  readonly tokenShapes = new Uint8Column();
  /** End of each segment in tokens of its passage, and its sentence row (0 title and context). */
  readonly segmentEnd = new Uint32Column();
  readonly segmentRow = new Uint32Column();
  /** Runs in tokens of their passage, and their type as `typeNumber`. */
  readonly runFrom = new Uint32Column();
  readonly runTo = new Uint32Column();
  readonly runType = new Uint8Column();

  constructor(words: WordTable = new WordTable()) {
    this.words = words;
  }

  /** Adds a document, replacing one of the same id. */
  put(source: IndexDocument): void {
    const { document } = source;
    this.remove(document.id);
    const passages = [...source.passages].sort((a, b) => a.passage.ordinal - b.passage.ordinal);
    const title = tokenise(document.title);
    const titleRuns = capitalRuns(document.title, title, 0, title.count);
    const aliases: TableAlias[] = [];
    for (const bundle of passages) {
      for (const alias of bundle.contribution.aliases) aliases.push(tableAlias(alias));
    }
    const slots = passages.map((bundle) => this.append(document.id, document.title, title, titleRuns, bundle));
    this.documents.set(document.id, {
      id: document.id,
      enabled: document.enabled,
      title: document.title,
      aliases,
      slots,
    });
  }

  /** Forgets a document; unknown ids are ignored. */
  remove(documentId: string): void {
    const known = this.documents.get(documentId);
    if (known === undefined) return;
    for (const slot of known.slots) this.slots[slot] = undefined;
    this.documents.delete(documentId);
  }

  /** Sentence rows of a slot, its title's included. */
  rows(slot: number): number {
    return this.segmentRow.at(this.segmentStart.at(slot + 1) - 1) + 1;
  }

  private append(
    documentId: string,
    titleText: string,
    title: Tokens,
    titleRuns: readonly number[],
    bundle: PassageBundle,
  ): number {
    const { passage, contribution, vectors } = bundle;
    const slot = this.slots.length;
    this.slots.push({
      passageId: passage.id,
      documentId,
      language: contribution.language,
      title: titleText,
      context: passage.context,
      text: passage.text,
      vectors,
    });
    let at = this.appendTokens(title, 0);
    this.closeSegment(at, 0);
    this.appendRuns(titleRuns, 0);
    if (passage.context !== '') {
      const context = tokenise(passage.context);
      this.appendRuns(contextRuns(passage.context, context), at);
      at = this.appendTokens(context, at);
      this.closeSegment(at, 0);
    }
    this.appendText(tokenise(passage.text), contribution.sentences, at);
    this.appendTextRuns(bundle, at);
    this.tokenStart.push(this.tokenWords.length);
    this.segmentStart.push(this.segmentEnd.length);
    this.runStart.push(this.runFrom.length);
    return slot;
  }

  private appendTokens(tokens: Tokens, at: number): number {
    for (let i = 0; i < tokens.count; i++) {
      this.tokenWords.push(this.words.intern(tokens.words[i]!));
      this.tokenShapes.push(tokens.shape[i]!);
    }
    return at + tokens.count;
  }

  private closeSegment(end: number, row: number): void {
    this.segmentEnd.push(end);
    this.segmentRow.push(row);
  }

  private lastText: Tokens | undefined;

  private appendText(tokens: Tokens, sentences: readonly number[], at: number): void {
    this.appendTokens(tokens, at);
    this.lastText = tokens;
    let to = 0;
    for (let s = 0; s < sentences.length; s += 2) {
      const last = s + 2 >= sentences.length;
      while (to < tokens.count && (last || tokens.start[to]! < sentences[s + 1]!)) to++;
      this.closeSegment(at + to, 1 + s / 2);
    }
  }

  private appendRuns(runs: readonly number[], at: number): void {
    for (let i = 0; i < runs.length; i += 2) this.pushRun(at + runs[i]!, at + runs[i + 1]!, 0);
  }

  private pushRun(from: number, to: number, type: number): void {
    this.runFrom.push(from);
    this.runTo.push(to);
    this.runType.push(type);
  }

  /** Runs of the contribution, from characters to tokens; one that fits no tokens (another tokeniser's) is left out. */
  private appendTextRuns(bundle: PassageBundle, at: number): void {
    const tokens = this.lastText!;
    let from = 0;
    for (const run of bundle.contribution.runs) {
      const [start, end] = run.span;
      while (from > 0 && tokens.start[from - 1]! >= start) from--;
      while (from < tokens.count && tokens.start[from]! < start) from++;
      let to = from;
      while (to < tokens.count && tokens.end[to]! <= end) to++;
      if (to > from) this.pushRun(at + from, at + to, typeNumber(run.type));
    }
  }
}

function tableAlias(alias: Alias): TableAlias {
  return { key: alias.key, weight: alias.weight, type: alias.type };
}

/** Names in a heading path; single capitalised words are mostly generic headings ("History"), and a table's header holds no names. */
function contextRuns(context: string, tokens: Tokens): number[] {
  if (context.includes(' | ')) return [];
  const runs = capitalRuns(context, tokens, 0, tokens.count);
  const kept: number[] = [];
  for (let i = 0; i < runs.length; i += 2) if (runs[i + 1]! - runs[i]! >= 2) kept.push(runs[i]!, runs[i + 1]!);
  return kept;
}
