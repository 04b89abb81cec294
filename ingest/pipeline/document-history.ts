/** What happened to stored documents while a batch was collected and waited for its turn, step by step. */
import type { DocumentRecord } from '../../graph-schema/index.js';

/** Between two points in time. */
export interface DocumentChanges {
  /** Documents put or changed. */
  readonly put: readonly DocumentRecord[];
  readonly removed: readonly string[];
  /** `removed` is not known: `put` is all there is. */
  readonly complete: boolean;
}

interface Step {
  readonly put: ReadonlyMap<string, DocumentRecord>;
  readonly removed: ReadonlySet<string>;
  readonly complete: boolean;
}

export class DocumentHistory {
  /** The last first. */
  readonly #steps: Step[] = [];

  add({ put, removed, complete }: DocumentChanges): void {
    const records = new Map(put.map((document) => [document.id, document]));
    this.#steps.unshift({ put: records, removed: new Set(removed), complete });
  }

  /** Undefined when nothing touched the document. */
  enabledOf(id: string): boolean | undefined {
    for (const { put } of this.#steps) {
      const document = put.get(id);
      if (document !== undefined) return document.enabled;
    }
    return undefined;
  }

  /** The document was removed, and not put again. */
  isGone(id: string): boolean {
    for (const { put, removed, complete } of this.#steps) {
      if (put.has(id)) return false;
      if (complete || removed.has(id)) return true;
    }
    return false;
  }
}
