/** Reads any source: picks the reader by content and name, and holds every document to the limits. */
import { HopwiseError, isAbort } from '../../src/errors.js';
import { documentTooLong } from './decode-text.js';
import type { ArchiveScope, ReadDocument, Reader, ReadFailure, ReadOptions, Source } from './reader.js';
import { READERS } from './readers.js';
import { type Content, sniffContent, sniffZip } from './sniff.js';
import { brokenSource, emptySource, encryptedSource, unsupportedFormat } from './source-errors.js';

interface Choice {
  readonly reader: Reader;
  readonly warning?: string;
}

function byName(name: string): Reader {
  return READERS.find((reader) => reader.name === name)!;
}

/** The reader that the source's name or media type asks for. */
function byClaim(source: Source): Reader | undefined {
  const type = source.mediaType?.split(';')[0]?.trim().toLowerCase();
  return (
    READERS.find((reader) => source.extension !== '' && reader.extensions.includes(source.extension)) ??
    READERS.find((reader) => type !== undefined && reader.mediaTypes.includes(type))
  );
}

function zipReader(source: Source): Reader {
  const content = sniffZip(source.bytes);
  if (content === 'zip' || content === 'docx') return byName(content);
  throw unsupportedFormat(source.uri, `a file of type ${content}`);
}

function byContent(source: Source, content: Content): Reader | undefined {
  switch (content.kind) {
    case 'pdf':
      return byName('pdf');
    case 'zip':
      return zipReader(source);
    case 'html':
      return byName('html');
    case 'text':
      return undefined;
    case 'encrypted-office':
      throw encryptedSource(source.uri, 'Office file');
    case 'old-office':
      throw unsupportedFormat(source.uri, 'an Office file of the format before 2007');
    case 'rtf':
      throw unsupportedFormat(source.uri, 'a file of type RTF');
    case 'binary':
      throw unsupportedFormat(source.uri, content.what);
  }
}

const BINARY: ReadonlySet<string> = new Set(['pdf', 'docx', 'zip']);

/** Content decides where it is beyond doubt; where any text would do, the name does. */
async function choose(source: Source): Promise<Choice> {
  const claimed = byClaim(source);
  const content = await sniffContent(source);
  const found = byContent(source, content);
  if (found === undefined) {
    if (claimed === undefined || !BINARY.has(claimed.name)) return { reader: claimed ?? byName('text') };
    return { reader: byName('text'), warning: `named .${source.extension}, but it holds plain text and was read so` };
  }
  // HTML is text too: a Markdown or text file may well begin with it.
  if (claimed === found || (content.kind === 'html' && claimed !== undefined && !BINARY.has(claimed.name)))
    return { reader: claimed! };
  if (source.extension === '' || claimed === undefined) return { reader: found };
  return {
    reader: found,
    warning: `named .${source.extension}, but it is ${found.name.toUpperCase()} and was read so`,
  };
}

/** One document of a source, checked: a failure of the whole source is thrown, that of a part is handed on. */
function check(
  read: ReadDocument,
  source: Source,
  options: ReadOptions,
  warning: string | undefined,
): ReadDocument | ReadFailure {
  if (read.text.length > options.limits.maxDocumentChars) {
    const error = documentTooLong(source.uri + read.part, read.text.length, options.limits);
    if (read.part === '') throw error;
    return { part: read.part, error };
  }
  if (read.part === '' && read.text.trim() === '' && (read.title ?? '').trim() === '') throw emptySource(source.uri);
  return warning === undefined ? read : { ...read, warnings: [warning, ...read.warnings] };
}

function archiveScope(options: ReadOptions): ArchiveScope {
  const scope: ArchiveScope = {
    depth: 0,
    budget: { used: 0 },
    read: (entry) => readSource(entry, { ...options, archive: deeper(scope, options) }),
  };
  return scope;
}

function deeper(outer: ArchiveScope, options: ReadOptions): ArchiveScope {
  const scope: ArchiveScope = {
    depth: outer.depth + 1,
    budget: outer.budget,
    read: (entry) => readSource(entry, { ...options, archive: deeper(scope, options) }),
  };
  return scope;
}

/**
 * Reads a source into documents.
 * @throws SourceError when the source as a whole cannot be read: EMPTY_SOURCE, UNSUPPORTED_FORMAT, ENCRYPTED, NO_TEXT,
 *   BROKEN_PDF, BROKEN_DOCX, BROKEN_ZIP ...; LimitError when it is over a limit. What fails in a part is yielded.
 */
export async function* readSource(source: Source, options: ReadOptions): AsyncIterable<ReadDocument | ReadFailure> {
  options.signal?.throwIfAborted();
  if (source.bytes.length === 0) throw emptySource(source.uri);
  const { reader, warning } = await choose(source);
  const archive = options.archive ?? archiveScope(options);
  let parts = 0;
  try {
    for await (const read of reader.read(source, { ...options, archive })) {
      parts++;
      yield 'error' in read ? read : check(read, source, options, warning);
    }
  } catch (error) {
    if (error instanceof HopwiseError || isAbort(error)) throw error;
    throw brokenSource(source.uri, reader.name, (error as Error).message, error);
  }
  if (parts === 0) throw emptySource(source.uri);
}
