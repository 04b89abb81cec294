/** What is known of one source while it is read: the documents it held before, those seen now, the parts that failed. */
import type { DocumentRecord } from '../../graph-schema/index.js';
import { SourceError } from '../../src/errors.js';
import type { Failure } from '../../src/ports/index.js';
import { failureOf } from './failure-of.js';

/** Failures of parts that are kept of one source; a file of the wrong kind would fail at every line. */
const MAX_PART_FAILURES = 1_000;

export class SourceReading {
  readonly #before: Map<string, DocumentRecord>;
  readonly #seen = new Set<string>();
  readonly #failures = new Map<string, Failure>();
  #incomplete = false;

  /**
   * @param hash of what is read; empty when the bytes were not read
   * @param recorded the source has a record of an earlier reading
   * @param before documents of the source as stored
   */
  constructor(
    readonly uri: string,
    readonly hash: string,
    private recorded: boolean,
    before: readonly DocumentRecord[],
    private readonly clock: () => Date,
  ) {
    this.#before = new Map(before.map((document) => [document.id, document]));
  }

  /** True once, at the first change of a source that has a record. */
  outdatesRecord(): boolean {
    const { recorded } = this;
    this.recorded = false;
    return recorded;
  }

  /** The document as stored before. */
  before(id: string): DocumentRecord | undefined {
    return this.#before.get(id);
  }

  /** False when a document with this id was seen before in this reading: the first is kept. */
  see(id: string): boolean {
    if (this.#seen.has(id)) return false;
    this.#seen.add(id);
    return true;
  }

  /** Another process deleted a document that this reading has passed: the source is not done. */
  get incomplete(): boolean {
    return this.#incomplete;
  }

  /** Ids of all documents, as stored before or seen. */
  known(): string[] {
    return [...new Set([...this.#before.keys(), ...this.#seen])];
  }

  /** Another process deleted the document. */
  lose(id: string): void {
    this.#before.delete(id);
    if (this.#seen.has(id)) this.#incomplete = true;
  }

  /** Another process has changed the document. */
  refresh(document: DocumentRecord): void {
    if (this.#before.has(document.id)) this.#before.set(document.id, document);
  }

  /** Documents stored before that the source no longer holds. */
  vanished(): string[] {
    return [...this.#before.keys()].filter((id) => !this.#seen.has(id));
  }

  /** Notes a part that could not be read; of two with the same name the first is kept. */
  failPart(part: string, error: SourceError): void {
    const uri = this.uri + part;
    if (this.#failures.size > MAX_PART_FAILURES || this.#failures.has(uri)) return;
    if (this.#failures.size < MAX_PART_FAILURES) this.#fail(uri, error);
    else this.#fail(`${this.uri}#more`, tooManyFailures(this.uri));
  }

  failDuplicate(part: string): void {
    this.failPart(`${part} (again)`, duplicate(this.uri + part));
  }

  failures(): Iterable<Failure> {
    return this.#failures.values();
  }

  #fail(uri: string, error: SourceError): void {
    this.#failures.set(uri, failureOf(uri, this.uri, error, this.hash, this.clock()));
  }
}

function tooManyFailures(uri: string): SourceError {
  return new SourceError('TOO_MANY_FAILURES', `More than ${MAX_PART_FAILURES} parts of ${uri} could not be read.`, {
    place: { uri },
    remedy: 'Check that the file is what its extension says; the parts that could be read are stored.',
  });
}

function duplicate(uri: string): SourceError {
  return new SourceError('DUPLICATE_ID', `A second record has the id of ${uri}; the first is kept.`, {
    place: { uri },
    remedy: 'Give every record of the file its own id, or leave ids out.',
  });
}
