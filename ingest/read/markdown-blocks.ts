/** The blocks of a Markdown text, from its syntax tree. Loaded only when a Markdown file is read. */
import type { List, Nodes, PhrasingContent, RootContent, Table } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import type { DocumentBuilder } from './document-builder.js';
import type { Block } from './reader.js';

/** Nesting beyond this is read as if it stood at this depth. */
const MAX_DEPTH = 100;

/** First line of an alert: "> [!NOTE]". */
const ALERT = /^\[!(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION)\]\s*/;

/** Text that a reader sees: no markup, no addresses of links, the alternative text of images. */
function inline(nodes: readonly Nodes[]): string {
  let out = '';
  for (const node of nodes) {
    switch (node.type) {
      case 'text':
        out += node.value.replace(/\s*\n\s*/g, ' ');
        break;
      case 'inlineCode':
        out += node.value;
        break;
      case 'break':
        out += '\n';
        break;
      case 'image':
      case 'imageReference':
        out += node.alt ?? '';
        break;
      case 'html':
        if (/^<br\b/i.test(node.value)) out += '\n';
        break;
      default:
        if ('children' in node) out += inline(node.children);
    }
  }
  return out;
}

function addTable(table: Table, builder: DocumentBuilder): void {
  const rows = table.children.map((row) =>
    row.children.map((cell) => inline(cell.children as PhrasingContent[]).trim()),
  );
  const header = rows[0]?.some((cell) => cell !== '') ? rows[0].join(' | ') : undefined;
  if (header !== undefined) builder.add('table-header', header);
  rows.slice(1).forEach((cells, i) => {
    builder.add('table-row', cells.join(' | '), { row: i + 1, ...(header === undefined ? {} : { header }) });
  });
}

function addList(list: List, builder: DocumentBuilder, depth: number): void {
  let number = list.start ?? 1;
  for (const item of list.children) {
    let marker = list.ordered === true ? `${number++}. ` : '';
    if (typeof item.checked === 'boolean') marker += item.checked ? '[x] ' : '[ ] ';
    for (const child of item.children) {
      if (child.type === 'paragraph') {
        builder.add('list-item', marker + inline(child.children));
        marker = '';
      } else add([child], builder, depth + 1, 'list-item');
    }
  }
}

function add(nodes: readonly RootContent[], builder: DocumentBuilder, depth: number, plain: Block['kind']): void {
  for (const node of nodes) {
    switch (node.type) {
      case 'heading':
        builder.add('heading', inline(node.children).replaceAll('\n', ' '), { level: node.depth });
        break;
      case 'paragraph':
        builder.add(plain, inline(node.children).replace(ALERT, ''));
        break;
      case 'code':
        builder.add('code', node.value);
        break;
      case 'list':
        addList(node, builder, depth);
        break;
      case 'table':
        addTable(node, builder);
        break;
      case 'html':
        builder.add(plain, htmlText(node.value));
        break;
      case 'blockquote':
      case 'footnoteDefinition':
        if (depth < MAX_DEPTH) add(node.children, builder, depth + 1, plain);
        break;
      default:
    }
  }
}

/** Words of an HTML block inside Markdown: badges and wrappers of README files, mostly without any. */
function htmlText(html: string): string {
  return html
    .replace(/<!--[\s\S]*?(?:-->|$)/g, '')
    .replace(/<(script|style)\b[\s\S]*?(?:<\/\1\s*>|$)/gi, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&nbsp;/g, ' ')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, '&')
    .replace(/\s+/g, ' ');
}

/** Parses Markdown and adds its blocks. */
export function addMarkdown(text: string, builder: DocumentBuilder): void {
  const tree = fromMarkdown(text, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
  add(tree.children, builder, 0, 'paragraph');
}
