/** DOCX: mammoth makes HTML of it, the structural walk of HTML makes blocks of that. */
import type { MetadataValue } from '../../graph-schema/index.js';
import { type ArchiveEntry, openArchive } from './archive.js';
import { DocumentBuilder } from './document-builder.js';
import type { Reader } from './reader.js';
import { isoDate } from './record-metadata.js';

/** Beside mammoth's own rules for headings and lists. */
const STYLES = ["p[style-name='Title'] => h1:fresh", "p[style-name='Subtitle'] => p:fresh"];
const CORE_PROPERTIES = 'docProps/core.xml';

function property(xml: string, name: string): string | undefined {
  const value = new RegExp(`<${name}(?:\\s[^>]*)?>([^<]*)</${name}>`).exec(xml)?.[1];
  const text = value
    ?.replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&apos;/g, "'")
    .replace(/&#(\d+);/g, (whole, code: string) =>
      Number(code) <= 0x10ffff ? String.fromCodePoint(Number(code)) : whole,
    )
    .replace(/&amp;/g, '&')
    .trim();
  return text === '' ? undefined : text;
}

interface Properties {
  readonly title: string | undefined;
  readonly metadata: Readonly<Record<string, MetadataValue>>;
  readonly tags: readonly string[];
  readonly date: string | undefined;
}

function propertiesOf(xml: string): Properties {
  const metadata: Record<string, MetadataValue> = {};
  const fields = {
    author: 'dc:creator',
    description: 'dc:description',
    subject: 'dc:subject',
    keywords: 'cp:keywords',
  };
  for (const [field, name] of Object.entries(fields)) {
    const value = property(xml, name);
    if (value !== undefined) metadata[field] = value;
  }
  const keywords = property(xml, 'cp:keywords') ?? '';
  const tags = keywords
    .split(/[,;]/)
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '');
  return {
    title: property(xml, 'dc:title'),
    metadata,
    tags: [...new Set(tags)].sort(),
    date: isoDate(property(xml, 'dcterms:created')),
  };
}

/**
 * Inflates what mammoth will inflate, counted: mammoth itself trusts the declared sizes. Returns the core properties.
 */
async function inspect(entries: readonly ArchiveEntry[], signal: AbortSignal | undefined): Promise<Properties> {
  let core = '';
  for (const entry of entries) {
    if (entry.refusal !== undefined) throw entry.refusal;
    if (!/\.(?:xml|rels)$/.test(entry.name)) continue;
    const bytes = await entry.read(signal);
    if (entry.name === CORE_PROPERTIES) core = new TextDecoder().decode(bytes);
  }
  return propertiesOf(core);
}

export const docxReader: Reader = {
  name: 'docx',
  extensions: ['docx', 'docm', 'dotx'],
  mediaTypes: ['application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
  async *read({ uri, bytes }, { limits, archive, signal }) {
    const budget = archive?.budget ?? { used: 0 };
    const properties = await inspect(await openArchive({ uri, bytes, format: 'DOCX', limits, budget }), signal);
    const { default: mammoth } = await import('mammoth');
    const { addHtml } = await import('./html-blocks.js');
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const noImages = mammoth.images.imgElement(() => Promise.resolve({ src: '' }));
    const { value: html } = await mammoth.convertToHtml({ buffer }, { styleMap: STYLES, convertImage: noImages });
    const builder = new DocumentBuilder();
    addHtml(html, builder);
    const { text, blocks, warnings } = builder.finish();
    const { title, metadata, tags, date } = properties;
    yield {
      part: '',
      ...(title === undefined ? {} : { title }),
      text,
      blocks,
      mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
      metadata,
      tags,
      ...(date === undefined ? {} : { date }),
      warnings,
    };
  },
};
