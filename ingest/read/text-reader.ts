/** Plain text: paragraphs between empty lines. */
import { checkLength, checkLines, decodeText } from './decode-text.js';
import { paragraphs } from './paragraphs.js';
import type { Reader } from './reader.js';
import { sanitise } from './sanitise.js';

export const textReader: Reader = {
  name: 'text',
  extensions: ['txt', 'text', 'log', ''],
  mediaTypes: ['text/plain'],
  async *read(source, { limits }) {
    const decoded = await decodeText(source.bytes);
    checkLines(decoded.text, source.uri, limits);
    checkLength(decoded.text, source.uri, limits);
    const clean = sanitise(decoded.text);
    yield {
      part: '',
      ...paragraphs(clean.text),
      mediaType: 'text/plain',
      metadata: {},
      tags: [],
      warnings: [...decoded.warnings, ...clean.warnings],
    };
  },
};
