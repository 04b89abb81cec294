/** Small questions about parse5's tree, asked by the structural walk. */
import type { DefaultTreeAdapterTypes } from 'parse5';

export type Node = DefaultTreeAdapterTypes.Node;
export type Element = DefaultTreeAdapterTypes.Element;
type Parent = DefaultTreeAdapterTypes.ParentNode;

export function isElement(node: Node): node is Element {
  return 'tagName' in node;
}

export function childrenOf(node: Node): readonly Node[] {
  return 'childNodes' in node ? (node as Parent).childNodes : [];
}

export function attribute(element: Element, name: string): string | undefined {
  return element.attrs.find((attr) => attr.name === name)?.value;
}

export function textNodeValue(node: Node): string | undefined {
  return node.nodeName === '#text' ? (node as DefaultTreeAdapterTypes.TextNode).value : undefined;
}

/** All elements below a node in document order, without recursion: pages can be nested deeper than the stack. */
export function* elementsOf(root: Node, skip: (element: Element) => boolean = () => false): Generator<Element> {
  const stack: Node[] = [root];
  while (stack.length > 0) {
    const node = stack.pop()!;
    if (isElement(node)) {
      if (skip(node)) continue;
      yield node;
    }
    const children = childrenOf(node);
    for (let i = children.length - 1; i >= 0; i--) stack.push(children[i]!);
  }
}

/** Text of everything below a node that is not skipped, white space collapsed. */
export function textContent(root: Node, skip: (element: Element) => boolean = () => false): string {
  const pieces: string[] = [];
  const stack: Node[] = [root];
  while (stack.length > 0) {
    const node = stack.pop()!;
    const value = textNodeValue(node);
    if (value !== undefined) pieces.push(value);
    if (isElement(node) && skip(node)) continue;
    const children = childrenOf(node);
    for (let i = children.length - 1; i >= 0; i--) stack.push(children[i]!);
  }
  return pieces.join('').replace(/\s+/g, ' ').trim();
}

const SKIPPED = new Set(
  'script style noscript template svg head nav footer button select option datalist input textarea iframe object embed canvas audio video dialog map'.split(
    ' ',
  ),
);
const SKIPPED_ROLES = new Set(['navigation', 'search', 'menu', 'menubar', 'contentinfo', 'toolbar']);
/** Furniture of common generators: Wikipedia's edit links and footnote marks, the paragraph signs of documentation. */
const SKIPPED_CLASSES = new Set([
  'mw-editsection',
  'mw-jump-link',
  'navbox',
  'noprint',
  'reference',
  'headerlink',
  'anchor-link',
  'skip-link',
]);

/** Whether a browser or a person would not count this element as the page's content. */
export function isBoilerplate(element: Element): boolean {
  if (SKIPPED.has(element.tagName)) return true;
  for (const { name, value } of element.attrs) {
    if (name === 'hidden' && value !== 'until-found') return true;
    if (name === 'aria-hidden' && value === 'true') return true;
    if (name === 'role' && SKIPPED_ROLES.has(value)) return true;
    if (name === 'style' && /display\s*:\s*none/i.test(value)) return true;
    if (name === 'class' && value.split(/\s+/).some((part) => SKIPPED_CLASSES.has(part))) return true;
  }
  return false;
}
