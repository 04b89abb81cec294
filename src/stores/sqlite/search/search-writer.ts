/** Writes what the search keeps of documents, and takes it away again. The caller holds the transaction. */
import { contentHash } from '../../../../graph-schema/index.js';
import type { PassageBundle } from '../../../ports/index.js';
import { type DerivedDocument, derivePassages } from '../../../search/derive-passages.js';
import { meanOfRows, signRows } from '../../../search/sign-rows.js';
import { decodeTerms, encodeTerms } from '../../../search/terms-codec.js';
import type { DocumentWithoutText } from '../changes.js';
import type { Connection } from '../connection.js';
import { toOrderedColumn } from '../text-column.js';

/** A stored document with the rows that it and its passages have in the store. */
export interface RowedDocument extends DocumentWithoutText {
  readonly row: number;
  readonly passageRows: readonly number[];
}

interface KnownDocument {
  readonly id: number;
  readonly print: string;
}

/** Equal when nothing that the search keeps has changed but whether the document is enabled. */
function printOf({ document, passages, row, passageRows }: RowedDocument): string {
  const parts = passages.map(({ passage, contribution }) => [passage.id, contribution.extractor]);
  return contentHash(JSON.stringify([row, passageRows, document.title, parts]));
}

export class SearchWriter {
  /** By how much term frequencies, and passages by language, change. */
  private readonly terms = new Map<number, number>();
  private readonly languages = new Map<string, number>();
  readonly delta = { documents: 0, passages: 0, length: 0, changed: 0, gone: 0 };

  /** @param mean subtracted from vectors; undefined: taken from the first documents put */
  constructor(
    private readonly connection: Connection,
    private readonly dimensions: number,
    public mean: Float32Array | undefined,
  ) {}

  /** Forgets a document; unknown ids are ignored. */
  remove(publicId: string): void {
    const known = this.known(publicId);
    if (known === undefined) return;
    const passages = this.connection.all<{ id: number; language: string; length: number; terms: Uint8Array }>(
      'SELECT id, language, length, terms FROM search_passage WHERE document = ?',
      known.id,
    );
    for (const { id, language, length, terms } of passages) {
      const { hashes, rowStart } = decodeTerms(terms);
      for (const hash of hashes) this.count(this.terms, hash, -1);
      this.count(this.languages, language, -1);
      this.delta.length -= length;
      this.delta.gone += rowStart.length - 1;
      this.connection.run('DELETE FROM search_words WHERE rowid = ?', id);
    }
    this.delta.passages -= passages.length;
    this.delta.documents--;
    this.delta.changed++;
    this.connection.run('DELETE FROM search_passage WHERE document = ?', known.id);
    this.connection.run('DELETE FROM search_alias WHERE document = ?', known.id);
    this.connection.run('DELETE FROM search_document WHERE id = ?', known.id);
  }

  /** Puts a batch of documents, each in place of the one with its id. */
  put(documents: readonly RowedDocument[]): void {
    const fresh = documents.filter((document) => !this.isSame(document));
    this.mean ??= meanOfRows(
      fresh.flatMap(({ passages }) => passages.map(({ vectors }) => vectors)),
      this.dimensions,
    );
    for (const { document } of fresh) this.remove(document.id);
    const rows: number[] = [];
    const signs: Uint8Array[] = [];
    derivePassages(fresh).forEach((derived, i) => {
      this.insert(derived, fresh[i]!, rows, signs);
    });
    if (rows.length > 0) {
      this.connection.run(
        'INSERT INTO search_signs (passages, signs) VALUES (?, ?)',
        new Uint8Array(Float64Array.from(rows).buffer),
        Buffer.concat(signs),
      );
    }
    this.flush();
  }

  /** Only whether it is enabled may have changed. */
  private isSame(document: RowedDocument): boolean {
    const known = this.known(document.document.id);
    if (known === undefined || known.print !== printOf(document)) return false;
    const enabled = document.document.enabled ? 1 : 0;
    this.connection.run('UPDATE search_document SET enabled = ? WHERE id = ?', enabled, known.id);
    return true;
  }

  private insert({ passages, aliases }: DerivedDocument, source: RowedDocument, rows: number[], signs: Uint8Array[]) {
    const { document, row, passageRows } = source;
    this.connection.run(
      'INSERT INTO search_document (id, public_id, print, enabled, in_links) VALUES (?, ?, ?, ?, 0)',
      row,
      document.id,
      printOf(source),
      document.enabled ? 1 : 0,
    );
    const bundles: PassageBundle[] = [...source.passages].sort((a, b) => a.passage.ordinal - b.passage.ordinal);
    passages.forEach(({ language, length, terms, words }, i) => {
      const { passage, vectors } = bundles[i]!;
      const id = passageRows[i]!;
      this.connection.run(
        `INSERT INTO search_passage (id, document, ordinal, public_id, language, length, terms) VALUES (?, ?, ?, ?, ?, ?, ?)`,
        id,
        row,
        passage.ordinal,
        passage.id,
        language,
        length,
        encodeTerms(terms),
      );
      this.connection.run('INSERT INTO search_words (rowid, words) VALUES (?, ?)', id, words);
      for (const hash of terms.hashes) this.count(this.terms, hash, 1);
      this.count(this.languages, language, 1);
      this.delta.length += length;
      const count = terms.rowStart.length - 1;
      for (let r = 0; r < count; r++) rows.push(id);
      signs.push(signRows(vectors, this.mean!, count));
    });
    const aliasRows = [...aliases].map(([key, weight]) => [toOrderedColumn(key), row, weight] as const);
    this.connection.insertAll('INSERT INTO search_alias (key, document, weight)', aliasRows);
    this.delta.documents++;
    this.delta.passages += passages.length;
    this.delta.changed++;
  }

  private known(publicId: string): KnownDocument | undefined {
    return this.connection.get<KnownDocument>('SELECT id, print FROM search_document WHERE public_id = ?', publicId);
  }

  private count<K>(counts: Map<K, number>, key: K, by: number): void {
    counts.set(key, (counts.get(key) ?? 0) + by);
  }

  /** Writes the counts gathered. */
  flush(): void {
    for (const [hash, by] of this.terms) {
      if (by === 0) continue;
      this.connection.run(
        'INSERT INTO search_term (hash, df) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET df = df + ?2',
        hash,
        by,
      );
    }
    for (const [code, by] of this.languages) {
      this.connection.run(
        'INSERT INTO search_language (code, passages) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET passages = passages + ?2',
        code,
        by,
      );
    }
    this.terms.clear();
    this.languages.clear();
  }
}
