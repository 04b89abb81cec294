/** Plain text: paragraphs between empty lines; a short first line that stands alone is the heading. */
import { checkLength, checkLines, decodeText } from './decode-text.js';
import { paragraphs } from './paragraphs.js';
import type { Block, Reader } from './reader.js';
import { sanitise } from './sanitise.js';

const MAX_HEADING_CHARS = 80;

/** The first line as heading when it stands alone, is short, and ends like no sentence, greeting or list. */
function withHeading(text: string, blocks: readonly Block[]): Block[] {
  const [first, ...rest] = blocks;
  if (first === undefined || rest.length === 0) return [...blocks];
  const line = text.slice(first.start, first.end);
  const heading =
    line.length <= MAX_HEADING_CHARS &&
    !line.includes('\n') &&
    /\p{L}/u.test(line) &&
    !/[.!?,;:。！？，；：]$/u.test(line);
  return heading ? [{ ...first, kind: 'heading', level: 1 }, ...rest] : [...blocks];
}

export const textReader: Reader = {
  name: 'text',
  extensions: ['txt', 'text', 'log', ''],
  mediaTypes: ['text/plain'],
  async *read(source, { limits }) {
    const decoded = await decodeText(source.bytes);
    checkLines(decoded.text, source.uri, limits);
    checkLength(decoded.text, source.uri, limits);
    const clean = sanitise(decoded.text);
    const { text, blocks } = paragraphs(clean.text);
    yield {
      part: '',
      text,
      blocks: withHeading(text, blocks),
      mediaType: 'text/plain',
      metadata: {},
      tags: [],
      warnings: [...decoded.warnings, ...clean.warnings],
    };
  },
};
