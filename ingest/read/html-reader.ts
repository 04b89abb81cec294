/** HTML pages: structure from the tree, title and metadata from the head. */
import type { MetadataValue } from '../../graph-schema/index.js';
import { declaredCharset, decodeText } from './decode-text.js';
import { DocumentBuilder } from './document-builder.js';
import type { HtmlPage } from './html-blocks.js';
import type { Reader } from './reader.js';
import { isoDate } from './record-metadata.js';

/** Metadata field by the names that pages use for it, best first. */
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  description: ['description', 'og:description', 'dc.description', 'twitter:description'],
  author: ['author', 'article:author', 'dc.creator', 'citation_author'],
  keywords: ['keywords', 'news_keywords', 'dc.subject'],
  site: ['og:site_name', 'application-name'],
  date: [
    'date',
    'article:published_time',
    'dc.date',
    'dcterms.created',
    'citation_publication_date',
    'citation_date',
    'last-modified',
  ],
};
const HEAD_BYTES = 2048;

function pageMetadata({ meta, language }: HtmlPage): {
  metadata: Record<string, MetadataValue>;
  tags: string[];
  date?: string;
} {
  const metadata: Record<string, MetadataValue> = {};
  for (const [field, names] of Object.entries(FIELDS)) {
    const name = names.find((candidate) => meta.has(candidate));
    if (name !== undefined) metadata[field] = meta.get(name)!;
  }
  if (language !== undefined && language !== '') metadata['language'] = language;
  const keywords = metadata['keywords'];
  const tags =
    typeof keywords === 'string'
      ? keywords
          .split(/[,;]/)
          .map((tag) => tag.trim())
          .filter((tag) => tag !== '')
      : [];
  const date = isoDate(metadata['date']);
  return { metadata, tags: [...new Set(tags)].sort(), ...(date === undefined ? {} : { date }) };
}

export const htmlReader: Reader = {
  name: 'html',
  extensions: ['html', 'htm', 'xhtml', 'xht'],
  mediaTypes: ['text/html', 'application/xhtml+xml'],
  async *read({ bytes }) {
    const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, HEAD_BYTES)).toString('latin1');
    const decoded = await decodeText(bytes, declaredCharset(head));
    const { addHtml } = await import('./html-blocks.js');
    const builder = new DocumentBuilder();
    const page = addHtml(decoded.text, builder);
    const { text, blocks, warnings } = builder.finish();
    yield {
      part: '',
      ...(page.title === undefined ? {} : { title: page.title }),
      text,
      blocks,
      mediaType: 'text/html',
      ...pageMetadata(page),
      warnings: [...decoded.warnings, ...warnings],
    };
  },
};
