/** Markdown (GFM) with front matter: rendered to plain text, one block a heading, paragraph, item, row or code. */
import { checkLength, checkLines, decodeText } from './decode-text.js';
import { DocumentBuilder } from './document-builder.js';
import { frontMatter } from './front-matter.js';
import type { Reader } from './reader.js';
import { recordMetadata } from './record-metadata.js';

const TITLE = new Set(['title']);
/** Lines that open so many quotes or lists at once are no Markdown that anyone wrote; parsing them takes ages. */
const TOO_DEEP = /^(?:(?:[ \t]*>){50}|(?:[ \t]*[*+-][ \t]){50})/m;
/** Nor are paragraphs with so many marks: the parser compares each with all before it. */
const MAX_MARKS = 2_000;
const MARK = /[*_~`[\]<|]/g;
/** A line that begins a block of its own, whose marks meet no others. */
const BLOCK_START = /^\s*(?:$|[-*+|#>]|\d+[.)])/;
const FENCE = /^ {0,3}(`{3,}|~{3,})/;

/** Why the parser would take ages, undefined when it will not. Code between fences is not looked into by the parser either. */
function refusal(body: string): string | undefined {
  if (TOO_DEEP.test(body)) return 'nested too deeply';
  let marks = 0;
  let fence: string | undefined;
  for (const line of body.split('\n')) {
    const found = FENCE.exec(line)?.[1];
    if (fence !== undefined) {
      if (found?.startsWith(fence)) fence = undefined;
      continue;
    }
    fence = found;
    if (fence !== undefined || BLOCK_START.test(line)) marks = 0;
    marks += line.match(MARK)?.length ?? 0;
    if (marks > MAX_MARKS) return 'too many marks in one paragraph';
  }
  return undefined;
}

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
    const refused = refusal(front.body);
    if (refused !== undefined) for (const line of front.body.split(/\n\s*\n/)) builder.add('paragraph', line);
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
        ...(refused === undefined ? [] : [`${refused} for Markdown, read as plain text`]),
        ...warnings,
      ],
    };
  },
};
