/**
 * Passages as the fold sees them: interned words, orthographic runs and sentence segments in columns, without an object
 * per token. A passage's words are those of its document's title, of its context, and of its text, in this order.
 */
import type { Alias, EntityType } from '../../graph-schema/index.js';
import type { IndexDocument } from '../index/index-source.js';
import type { PassageBundle, QuantisedVectors } from '../ports/index.js';
import { type Tokens, tokenise, tokeniseRecent } from '../text/index.js';
import { capitalRuns } from './capital-runs.js';
import { typeNumber } from './entity-types.js';
import { isGlued } from './name-key.js';
import { emptyColumns, GLUED, GrowingColumns, selectColumns, type TableColumns } from './table-columns.js';
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
  readonly language: string;
  readonly title: string;
  readonly context: string;
  readonly text: string;
  readonly vectors: QuantisedVectors;
}

/** Tokens of the three parts of a passage. */
export interface SlotTokens {
  readonly title: Tokens;
  readonly context: Tokens;
  readonly text: Tokens;
}

const NO_TOKENS: Tokens = tokenise('');

/** Aliases that a document's passages give. */
export function aliasesOf(source: IndexDocument): TableAlias[] {
  const toTableAlias = ({ key, weight, type }: Alias): TableAlias => ({ key, weight, type });
  return source.passages.flatMap(({ contribution }) => contribution.aliases.map(toTableAlias));
}

export class PassageTable {
  readonly words: WordTable;
  private documentsById = new Map<string, TableDocument>();
  private records: (SlotRecord | undefined)[];
  private growing: GrowingColumns;
  private viewed: TableColumns | undefined;
  private dead = 0;

  constructor(
    words: WordTable = new WordTable(),
    columns: TableColumns = emptyColumns(),
    slots: readonly SlotRecord[] = [],
  ) {
    this.words = words;
    this.growing = new GrowingColumns(columns);
    this.records = [...slots];
  }

  get documents(): ReadonlyMap<string, TableDocument> {
    return this.documentsById;
  }

  get columns(): TableColumns {
    this.viewed ??= this.growing.view();
    return this.viewed;
  }

  /** @throws RangeError when the slot's document was removed */
  slot(slot: number): SlotRecord {
    const record = this.records[slot];
    if (record === undefined) throw new RangeError(`slot ${slot} holds no passage`);
    return record;
  }

  /** Sentence rows of a slot, its title's included. */
  rows(slot: number): number {
    const { segmentStart, segmentRow } = this.columns;
    return segmentRow[segmentStart[slot + 1]! - 1]! + 1;
  }

  /** Tells the table of a document whose slots were given at construction. */
  adopt(document: TableDocument): void {
    this.documentsById.set(document.id, document);
  }

  /**
   * Adds a document, replacing one of the same id.
   * @param onTokens given the tokens of each new slot, for whoever needs their offsets
   */
  put(source: IndexDocument, onTokens?: (slot: number, tokens: SlotTokens) => void): TableDocument {
    const { id, enabled, title } = source.document;
    this.remove(id);
    const passages = [...source.passages].sort((a, b) => a.passage.ordinal - b.passage.ordinal);
    const titleTokens = tokenise(title);
    const titleRuns = capitalRuns(title, titleTokens);
    const slots = passages.map((bundle) => {
      const tokens = {
        title: titleTokens,
        context: bundle.passage.context === '' ? NO_TOKENS : tokenise(bundle.passage.context),
        text: tokeniseRecent(bundle.passage.text),
      };
      const slot = this.append(title, titleRuns, tokens, bundle);
      onTokens?.(slot, tokens);
      return slot;
    });
    this.viewed = undefined;
    const document = { id, enabled, title, aliases: aliasesOf(source), slots };
    this.documentsById.set(id, document);
    return document;
  }

  /** Forgets a document; unknown ids are ignored. */
  remove(documentId: string): void {
    const known = this.documentsById.get(documentId);
    if (known === undefined) return;
    for (const slot of known.slots) this.records[slot] = undefined;
    this.dead += known.slots.length;
    this.documentsById.delete(documentId);
  }

  /** Gives back the room of removed documents once they are the greater part; slots are numbered anew. */
  compact(): void {
    if (this.dead * 2 <= this.records.length) return;
    const kept: number[] = [];
    const documents = new Map<string, TableDocument>();
    for (const document of this.documentsById.values()) {
      documents.set(document.id, { ...document, slots: document.slots.map((_, i) => kept.length + i) });
      kept.push(...document.slots);
    }
    this.growing = new GrowingColumns(selectColumns(this.columns, kept));
    this.records = kept.map((slot) => this.records[slot]);
    this.documentsById = documents;
    this.viewed = undefined;
    this.dead = 0;
  }

  private append(title: string, titleRuns: readonly number[], tokens: SlotTokens, bundle: PassageBundle): number {
    const { passage, contribution, vectors } = bundle;
    const { id: passageId, context, text } = passage;
    this.records.push({ passageId, language: contribution.language, title, context, text, vectors });
    this.appendTokens(tokens.title);
    this.closeSegment(tokens.title.count, 0);
    this.appendRuns(titleRuns, 0);
    let at = tokens.title.count;
    if (tokens.context.count > 0) {
      this.appendRuns(contextRuns(context, tokens.context), at);
      this.appendTokens(tokens.context);
      at += tokens.context.count;
      this.closeSegment(at, 0);
    }
    this.appendTokens(tokens.text);
    this.closeSentences(tokens.text, contribution.sentences, at);
    this.appendTextRuns(bundle, tokens.text, at);
    this.growing.closeSlot();
    return this.records.length - 1;
  }

  private appendTokens(tokens: Tokens): void {
    const { tokenWords, tokenShapes } = this.growing;
    for (let i = 0; i < tokens.count; i++) {
      tokenWords.push(this.words.intern(tokens.words[i]!));
      tokenShapes.push(tokens.shape[i]! | (isGlued(tokens, i) ? GLUED : 0));
    }
  }

  private closeSegment(end: number, row: number): void {
    this.growing.segmentEnd.push(end);
    this.growing.segmentRow.push(row);
  }

  private closeSentences(tokens: Tokens, sentences: readonly number[], at: number): void {
    let to = 0;
    for (let s = 0; s < sentences.length; s += 2) {
      const last = s + 2 >= sentences.length;
      while (to < tokens.count && (last || tokens.start[to]! < sentences[s + 1]!)) to++;
      this.closeSegment(at + to, 1 + s / 2);
    }
  }

  private appendRuns(runs: readonly number[], at: number): void {
    for (let i = 0; i < runs.length; i += 2) this.appendRun(at + runs[i]!, at + runs[i + 1]!, 0);
  }

  private appendRun(from: number, to: number, type: number): void {
    this.growing.runFrom.push(from);
    this.growing.runTo.push(to);
    this.growing.runType.push(type);
  }

  /** Runs of the contribution, from characters to tokens; one that fits no tokens (another tokeniser's) is left out. */
  private appendTextRuns(bundle: PassageBundle, tokens: Tokens, at: number): void {
    let from = 0;
    for (const run of bundle.contribution.runs) {
      const [start, end] = run.span;
      while (from > 0 && tokens.start[from - 1]! >= start) from--;
      while (from < tokens.count && tokens.start[from]! < start) from++;
      let to = from;
      while (to < tokens.count && tokens.end[to]! <= end) to++;
      if (to > from) this.appendRun(at + from, at + to, typeNumber(run.type));
    }
  }
}

/** Names in a heading path; single capitalised words are mostly generic headings ("History"), and a table's header holds no names. */
function contextRuns(context: string, tokens: Tokens): number[] {
  if (context.includes(' | ')) return [];
  const runs = capitalRuns(context, tokens);
  const kept: number[] = [];
  for (let i = 0; i < runs.length; i += 2) if (runs[i + 1]! - runs[i]! >= 2) kept.push(runs[i]!, runs[i + 1]!);
  return kept;
}
