/** Reads the documents of an export; within the child, which thereby does the work of parsing. */
import type { DocumentRecord } from '../../../graph-schema/index.js';
import type { DocumentLine, ExportHeader, ExportRecord, PassageLine } from '../transfer/export-format.js';
import type { LensDocument, LensPassage } from './lens-document.js';

/** Lines come from this process's own store, and are not checked again. */
export class LineReader {
  private header: ExportHeader | undefined;
  private document: DocumentLine | undefined;
  private passages: LensPassage[] = [];
  private documents = 0;

  /** Generation of the export; 0 before its first line. */
  get generation(): number {
    return this.header?.volatile.generation ?? 0;
  }

  /** The document that this line ends, if it ends one. */
  line(text: string): LensDocument | undefined {
    if (this.header === undefined) {
      this.header = JSON.parse(text) as ExportHeader;
      return undefined;
    }
    const record = JSON.parse(text) as ExportRecord;
    if (record.kind === 'passage') {
      this.passages.push(lensPassage(record));
      return undefined;
    }
    const ended = this.end();
    if (record.kind === 'document') this.document = record;
    return ended;
  }

  /** The document that was still open. */
  end(): LensDocument | undefined {
    const { document, passages } = this;
    if (document === undefined) return undefined;
    this.document = undefined;
    this.passages = [];
    const { kind, text, ...record } = document;
    const ingestedAt = this.header?.volatile.ingestedAt[this.documents++] ?? '';
    return { document: { ...record, ingestedAt } satisfies DocumentRecord, passages, characters: text.length };
  }
}

function lensPassage({ kind, contribution, vectors, mentions, ...passage }: PassageLine): LensPassage {
  return { passage, extractor: contribution.extractor, relations: contribution.relations, mentions };
}
