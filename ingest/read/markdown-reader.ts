/** Markdown (GFM) with front matter: rendered to plain text, one block a heading, paragraph, item, row or code. */
import { checkLength, checkLines, decodeText } from './decode-text.js';
import { DocumentBuilder } from './document-builder.js';
import { frontMatter } from './front-matter.js';
import type { Reader } from './reader.js';
import { recordMetadata } from './record-metadata.js';

const TITLE = new Set(['title']);
/** Lines that open so many quotes or lists at once are no Markdown that anyone wrote; parsing them takes ages. */
const TOO_DEEP = /^(?:(?:[ \t]*>){50}|(?:[ \t]*[*+-][ \t]){50})/m;

export const markdownReader: Reader = {
  name: 'markdown',
  extensions: ['md', 'markdown', 'mdown', 'mkd', 'mdx', 'qmd', 'rmd'],
  mediaTypes: ['text/markdown', 'text/x-markdown'],
  async *read(source, { limits }) {
    const decoded = await decodeText(source.bytes);
    checkLines(decoded.text, source.uri, limits);
    checkLength(decoded.text, source.uri, limits);
    const front = await frontMatter(decoded.text);
    const { addMarkdown } = await import('./markdown-blocks.js');
    const builder = new DocumentBuilder();
    const tooDeep = TOO_DEEP.test(front.body);
    if (tooDeep) for (const line of front.body.split(/\n\s*\n/)) builder.add('paragraph', line);
    else addMarkdown(front.body, builder);
    const { text, blocks, warnings } = builder.finish();
    const title = front.fields['title'];
    yield {
      part: '',
      ...(typeof title === 'string' || typeof title === 'number' ? { title: String(title) } : {}),
      text,
      blocks,
      mediaType: 'text/markdown',
      ...recordMetadata(front.fields, TITLE),
      warnings: [
        ...decoded.warnings,
        ...front.warnings,
        ...(tooDeep ? ['nested too deeply for Markdown, read as plain text'] : []),
        ...warnings,
      ],
    };
  },
};
