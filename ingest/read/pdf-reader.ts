/** PDF by page: lines put together to paragraphs, headings told by their size. */
import type { MetadataValue } from '../../graph-schema/index.js';
import { assetPath } from '../../src/assets.js';
import { SourceError } from '../../src/errors.js';
import { DocumentBuilder } from './document-builder.js';
import { type Line, linesOf, type TextPiece, withoutRunningHeads } from './pdf-lines.js';
import { bodySize, isHeading, type Paragraph, paragraphsOf, vocabularyOf } from './pdf-paragraphs.js';
import type { Reader, ReadFailure, Source } from './reader.js';
import { brokenSource, encryptedSource, overLimit } from './source-errors.js';

/** Where a complete file has its end mark; some have a few bytes of junk after it. */
const TAIL_BYTES = 4096;
const HEADING_LEVELS = 3;
/** Titles that programs write when nobody gave one. */
const NO_TITLE =
  /^(?:untitled|document\d*|title|unknown|\(?anonymous\)?|powerpoint presentation|slide \d+|.*\.(?:docx?|pdf|indd|tex|dvi|ps|pptx?|xlsx?|qxd|html?|rtf|pmd)|[\d\W_]+|[0-9a-f-]{16,})$/i;

const NO_VALUE = /^\s*(?:\(?(?:anonymous|unspecified|unknown|none)\)?)?\s*$/i;

interface Information {
  readonly title: string | undefined;
  readonly metadata: Readonly<Record<string, MetadataValue>>;
  readonly date: string | undefined;
}

function checkComplete({ uri, bytes }: Source): void {
  const tail = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).subarray(-TAIL_BYTES).toString('latin1');
  if (tail.includes('%%EOF') || tail.includes('startxref')) return;
  throw brokenSource(uri, 'PDF', 'its end is missing, it was cut short');
}

/** ISO 8601 of "D:20180420093000-05'00'". */
export function pdfDate(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const match = /^(?:D:)?(\d{4})(\d{2})?(\d{2})?(?:(\d{2})(\d{2})(\d{2})?)?(?:Z|([+-])(\d{2})'?(\d{2})?)?/.exec(value);
  if (match === null) return undefined;
  const [
    ,
    year,
    month = '01',
    day = '01',
    hour,
    minute,
    second = '00',
    sign = '+',
    zoneHour = '00',
    zoneMinute = '00',
  ] = match;
  const date = `${year}-${month}-${day}`;
  const time = Date.parse(`${date}T${hour ?? '00'}:${minute ?? '00'}:${second}${sign}${zoneHour}:${zoneMinute}`);
  if (Number.isNaN(time)) return undefined;
  return hour === undefined ? date : new Date(time).toISOString().replace('.000Z', 'Z');
}

export function saneTitle(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const title = value
    .replace(/^Microsoft (?:Word|PowerPoint|Excel) - /i, '')
    .replace(/[\s\0\ufffd]+/g, ' ')
    .trim();
  return title.length < 3 || title.length > 300 || NO_TITLE.test(title) ? undefined : title;
}

function informationOf(info: Readonly<Record<string, unknown>>): Information {
  const metadata: Record<string, MetadataValue> = {};
  for (const [field, name] of [
    ['author', 'Author'],
    ['subject', 'Subject'],
    ['keywords', 'Keywords'],
  ] as const) {
    const value = info[name];
    if (typeof value === 'string' && !NO_VALUE.test(value)) metadata[field] = value.trim();
  }
  return { title: saneTitle(info['Title']), metadata, date: pdfDate(info['CreationDate']) };
}

interface PdfText {
  readonly pages: readonly (readonly Line[])[];
  readonly failures: readonly ReadFailure[];
  readonly information: Information;
}

/** All lines of the file; a page that cannot be read is a failure of its own. */
async function readPages(source: Source, maxPages: number, signal: AbortSignal | undefined): Promise<PdfText> {
  const { uri, bytes } = source;
  const { getDocumentProxy } = await import('unpdf');
  // Character maps of Chinese, Japanese and Korean fonts that are named, not embedded (Adobe's, from pdfjs-dist 5.6.205).
  const cMapUrl = `${assetPath('cmaps')}/`;
  const pdf = await getDocumentProxy(Uint8Array.from(bytes), { verbosity: 0, cMapUrl, cMapPacked: true });
  try {
    if (pdf.numPages > maxPages) {
      throw overLimit('TOO_MANY_PAGES', `${uri} has ${pdf.numPages} pages, more than ${maxPages}`, 'maxPages', { uri });
    }
    const { info } = await pdf.getMetadata().catch(() => ({ info: {} }));
    const pages: Line[][] = [];
    const failures: ReadFailure[] = [];
    for (let number = 1; number <= pdf.numPages; number++) {
      signal?.throwIfAborted();
      try {
        const page = await pdf.getPage(number);
        const { items } = await page.getTextContent();
        pages.push(linesOf(items.filter((item): item is typeof item & TextPiece => 'str' in item)));
        page.cleanup();
      } catch (error) {
        pages.push([]);
        const message = `page ${number} of ${uri} cannot be read: ${(error as Error).message}`;
        const remedy = 'Print the file to a new PDF and ingest that; the other pages were read.';
        failures.push({
          part: `#page=${number}`,
          error: new SourceError('BROKEN_PAGE', message, { place: { uri, page: number }, remedy, cause: error }),
        });
      }
    }
    return { pages, failures, information: informationOf(info as Record<string, unknown>) };
  } finally {
    await pdf.loadingTask.destroy();
  }
}

/** Levels of headings by size, the largest first. */
function headingLevels(paragraphs: readonly Paragraph[], body: number): Map<number, number> {
  const sizes = new Set(
    paragraphs.filter((paragraph) => isHeading(paragraph, body)).map(({ size }) => Math.round(size)),
  );
  const ranked = [...sizes].sort((a, b) => b - a);
  return new Map(ranked.map((size, i) => [size, Math.min(i + 1, HEADING_LEVELS)]));
}

function noText(uri: string): SourceError {
  return new SourceError('NO_TEXT', `${uri} has no text on any page, only images`, {
    place: { uri },
    remedy: 'Run text recognition over it (for example "ocrmypdf in.pdf out.pdf") and ingest the result.',
  });
}

/** The library's own errors by name. */
function asSourceError(error: unknown, uri: string): unknown {
  const { name, message } = error as Error;
  if (name === 'PasswordException') return encryptedSource(uri, 'PDF', error);
  return /^(?:InvalidPDF|FormatError|UnknownError|ResponseException|MissingPDF)/.test(name)
    ? brokenSource(uri, 'PDF', message, error)
    : error;
}

export const pdfReader: Reader = {
  name: 'pdf',
  extensions: ['pdf'],
  mediaTypes: ['application/pdf'],
  async *read(source, { limits, signal }) {
    const { uri } = source;
    checkComplete(source);
    const read = await readPages(source, limits.maxPages, signal).catch((error: unknown) => {
      throw asSourceError(error, uri);
    });
    const pages = withoutRunningHeads(read.pages);
    const body = bodySize(pages);
    const vocabulary = vocabularyOf(pages);
    const paragraphs = pages.map((lines) => paragraphsOf(lines, vocabulary));
    const levels = headingLevels(paragraphs.flat(), body);
    const builder = new DocumentBuilder();
    paragraphs.forEach((page, i) => {
      for (const paragraph of page) {
        if (isHeading(paragraph, body))
          builder.add('heading', paragraph.text, { level: levels.get(Math.round(paragraph.size))!, page: i + 1 });
        else builder.add(paragraph.kind, paragraph.text, { page: i + 1 });
      }
    });
    yield* read.failures;
    if (builder.length === 0)
      throw read.failures.length > 0 ? brokenSource(uri, 'PDF', 'none of its pages can be read') : noText(uri);
    const { text, blocks, warnings } = builder.finish();
    const { title, metadata, date } = read.information;
    yield {
      part: '',
      ...(title === undefined ? {} : { title }),
      text,
      blocks,
      mediaType: 'application/pdf',
      metadata: { ...metadata, pages: pages.length },
      tags: [],
      ...(date === undefined ? {} : { date }),
      warnings,
    };
  },
};
