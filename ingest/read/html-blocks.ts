/** The structural walk of an HTML page: headings, paragraphs, items, table rows and code, without the page's furniture. */
import { parse } from 'parse5';
import type { DocumentBuilder } from './document-builder.js';
import { isLayoutTable, readTable } from './html-table.js';
import {
  attribute,
  childrenOf,
  type Element,
  elementsOf,
  isBoilerplate,
  isElement,
  type Node,
  textContent,
  textNodeValue,
} from './html-tree.js';
import type { Block } from './reader.js';

const BLOCKS = new Set(
  'address article aside blockquote body center dd details div dl dt fieldset figcaption figure form header hgroup hr html legend li main menu ol p section summary ul caption tbody thead tfoot tr td th table'.split(
    ' ',
  ),
);
/** Nesting beyond this is read as one stretch of text. */
const MAX_DEPTH = 300;

/** Gathers running text and hands it to the builder whenever a block begins or ends. */
class HtmlWalk {
  #running = '';
  #kind: Block['kind'] = 'paragraph';
  #marker = '';

  constructor(private readonly builder: Pick<DocumentBuilder, 'add'>) {}

  visit(node: Node, depth: number): void {
    const value = textNodeValue(node);
    if (value !== undefined) this.#running += value.replace(/[\s\u00a0]+/g, ' ');
    else if (!isElement(node)) this.#children(node, depth);
    else if (!isBoilerplate(node)) {
      if (depth > MAX_DEPTH) this.#running += ` ${textContent(node, isBoilerplate)} `;
      else this.#element(node, depth);
    }
  }

  flush(): void {
    const text = this.#running
      .replace(/ *\n */g, '\n')
      .replace(/ {2,}/g, ' ')
      .trim();
    this.#running = '';
    if (text === '') return;
    this.builder.add(this.#kind, this.#marker + text);
    this.#marker = '';
  }

  #children(node: Node, depth: number): void {
    for (const child of childrenOf(node)) this.visit(child, depth + 1);
  }

  #element(element: Element, depth: number): void {
    const { tagName } = element;
    if (/^h[1-6]$/.test(tagName)) {
      this.flush();
      this.builder.add('heading', textContent(element, isBoilerplate), { level: Number(tagName[1]) });
    } else if (tagName === 'br') this.#running += '\n';
    else if (tagName === 'wbr') return;
    else if (tagName === 'img') this.#running += ` ${attribute(element, 'alt') ?? ''} `;
    else if (tagName === 'pre') this.#code(element);
    else if (tagName === 'table' && !isLayoutTable(element)) this.#table(element);
    else if (tagName === 'li' || tagName === 'dt' || tagName === 'dd') this.#item(element, depth);
    else if (BLOCKS.has(tagName)) {
      this.flush();
      this.#children(element, depth);
      this.flush();
    } else this.#children(element, depth);
  }

  #code(element: Element): void {
    this.flush();
    const pieces: string[] = [];
    const gather = (node: Node, depth: number): void => {
      pieces.push(textNodeValue(node) ?? (isElement(node) && node.tagName === 'br' ? '\n' : ''));
      if (depth < MAX_DEPTH) for (const child of childrenOf(node)) gather(child, depth + 1);
    };
    gather(element, 0);
    this.builder.add(
      'code',
      pieces
        .join('')
        .replace(/[^\S\n]+$/gm, '')
        .replace(/^\n+/, ''),
    );
  }

  #item(element: Element, depth: number): void {
    this.flush();
    const [kind, marker] = [this.#kind, this.#marker];
    this.#kind = 'list-item';
    this.#marker = numberOf(element);
    this.#children(element, depth);
    this.flush();
    [this.#kind, this.#marker] = [kind, marker];
  }

  #table(table: Element): void {
    this.flush();
    for (const child of childrenOf(table)) {
      if (isElement(child) && child.tagName === 'caption')
        this.builder.add('paragraph', textContent(child, isBoilerplate));
    }
    const { header, rows } = readTable(table, cellText);
    if (header !== undefined) this.builder.add('table-header', header);
    rows.forEach((row, i) => {
      this.builder.add('table-row', row, { row: i + 1, ...(header === undefined ? {} : { header }) });
    });
  }
}

/** "3. " for an item of an ordered list. */
function numberOf(item: Element): string {
  const list = item.parentNode;
  if (item.tagName !== 'li' || list === null || !('tagName' in list) || list.tagName !== 'ol') return '';
  const own = attribute(item, 'value');
  const items = list.childNodes.filter((child): child is Element => isElement(child) && child.tagName === 'li');
  const start = Number.parseInt(attribute(list, 'start') ?? '1', 10);
  const number = own === undefined ? start + items.indexOf(item) : Number.parseInt(own, 10);
  return Number.isNaN(number) ? '' : `${number}. `;
}

/** The blocks inside a cell on one line. */
function cellText(cell: Element): string {
  const texts: string[] = [];
  const walk = new HtmlWalk({ add: (_kind, text) => void texts.push(text.trim()) });
  for (const child of childrenOf(cell)) walk.visit(child, 0);
  walk.flush();
  return texts
    .filter((text) => text !== '')
    .join('; ')
    .replace(/\s*\n\s*/g, ' ');
}

export interface HtmlPage {
  readonly title: string | undefined;
  readonly language: string | undefined;
  /** `<meta>` by lower-case name or property. */
  readonly meta: ReadonlyMap<string, string>;
}

/** `<main>`, if there is one and it holds at least half of the page's text. */
function contentOf(document: Node): Node {
  const mains = [...elementsOf(document)].filter(
    (element) => element.tagName === 'main' || attribute(element, 'role') === 'main',
  );
  const main = mains[0];
  if (main === undefined || mains.length > 1) return document;
  return textContent(main, isBoilerplate).length * 2 >= textContent(document, isBoilerplate).length ? main : document;
}

/** The page's `<h1>` when `<title>` only adds the site's name to it, or says nothing; else `<title>`. */
function pageTitle(title: string, headings: readonly string[]): string {
  const named = headings.filter((heading) => heading !== '');
  if (named.length === 1 && (title === '' || title.includes(named[0]!))) return named[0]!;
  return (
    named.find((heading) => title.startsWith(heading) && /^\s*(?:[-–—|·:•»]|$)/.test(title.slice(heading.length))) ??
    title
  );
}

/** Adds the blocks of a page or fragment. */
export function addHtml(html: string, builder: DocumentBuilder): HtmlPage {
  const document = parse(html);
  const meta = new Map<string, string>();
  let title: string | undefined;
  let language: string | undefined;
  const firstHeadings: string[] = [];
  for (const element of elementsOf(document)) {
    if (element.tagName === 'title' && element.namespaceURI === 'http://www.w3.org/1999/xhtml')
      title ??= textContent(element);
    else if (element.tagName === 'html') language = attribute(element, 'lang');
    else if (element.tagName === 'h1') firstHeadings.push(textContent(element, isBoilerplate));
    else if (element.tagName === 'meta') {
      const name = (attribute(element, 'name') ?? attribute(element, 'property'))?.toLowerCase();
      const content = attribute(element, 'content')?.trim();
      if (name !== undefined && content !== undefined && content !== '' && !meta.has(name)) meta.set(name, content);
    }
  }
  const walk = new HtmlWalk(builder);
  walk.visit(contentOf(document), 0);
  walk.flush();
  title = pageTitle(title ?? '', firstHeadings);
  return { title: title === '' ? undefined : title, language, meta };
}
