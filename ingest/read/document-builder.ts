/** Puts a document's text together block by block, so that spans are right by construction. */
import type { Block } from './reader.js';
import { sanitise } from './sanitise.js';

/** What a block has beside its kind and span. */
export type BlockDetails = Omit<Block, 'kind' | 'start' | 'end'>;

const TIGHT: ReadonlySet<Block['kind']> = new Set(['list-item', 'table-header', 'table-row']);
const ROW: ReadonlySet<Block['kind']> = new Set(['table-header', 'table-row']);

/** Items of a list and rows of a table follow each other on lines, everything else is set apart by an empty line. */
function separator(previous: Block['kind'], next: Block['kind']): string {
  if (!TIGHT.has(previous) || !TIGHT.has(next)) return '\n\n';
  return ROW.has(previous) === ROW.has(next) && next !== 'table-header' ? '\n' : '\n\n';
}

export class DocumentBuilder {
  readonly #pieces: string[] = [];
  readonly #blocks: Block[] = [];
  #length = 0;

  /** Appends a block, trimmed; a blank one is left out. */
  add(kind: Block['kind'], text: string, details: BlockDetails = {}): void {
    const trimmed = text.trim();
    if (trimmed === '') return;
    const last = this.#blocks.at(-1);
    if (last !== undefined) this.#append(separator(last.kind, kind));
    const start = this.#length;
    this.#append(trimmed);
    this.#blocks.push({ kind, start, end: this.#length, ...details });
  }

  #append(piece: string): void {
    this.#pieces.push(piece);
    this.#length += piece.length;
  }

  /** Characters so far. */
  get length(): number {
    return this.#length;
  }

  finish(): { text: string; blocks: Block[]; warnings: readonly string[] } {
    return { ...sanitise(this.#pieces.join('')), blocks: this.#blocks };
  }
}
