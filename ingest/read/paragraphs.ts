/** Structure of text that has no markup: paragraphs between empty lines, and lines that were wrapped at a margin. */
import type { Block } from './reader.js';

const PARAGRAPH_BREAK = /\n[^\S\n]*(?:\n[^\S\n]*)+/g;
/** Lines starting so are lines of their own: bullets, numbers, "Name: ...", quotes of mail, rows. */
const OWN_LINE = /^\s*(?:[-*+•–—>|#]|\(?(?:\d{1,3}|[a-z])[.)]\s|[^\s:]{1,20}(?: [^\s:]{1,20})?:\s)/u;
/** Margins that text is wrapped at, in characters. */
const NARROWEST = 45;
const WIDEST = 132;

/** The wrapped paragraph's line breaks as blanks: same length, same offsets. A paragraph that is not wrapped stays. */
function unwrap(paragraph: string): string {
  if (!paragraph.includes('\n')) return paragraph;
  const lines = paragraph.split('\n');
  let width = 0;
  for (const line of lines) width = Math.max(width, line.trimEnd().length);
  if (width < NARROWEST || width > WIDEST) return paragraph;
  for (let i = 0; i + 1 < lines.length; i++) {
    const next = lines[i + 1]!;
    const firstWord = /\S+/.exec(next)?.[0] ?? '';
    // Wrapped at a margin: the next line's first word had no room. Some slack for ragged tools.
    if (lines[i]!.trimEnd().length + 1 + firstWord.length + 4 < width || OWN_LINE.test(next)) return paragraph;
  }
  return lines.join(' ');
}

/** Paragraphs of a text, with wrapped lines unwrapped; the text returned is as long as the one given. */
export function paragraphs(text: string): { text: string; blocks: Block[] } {
  const blocks: Block[] = [];
  let out = '';
  let copied = 0;
  const add = (from: number, to: number): void => {
    const raw = text.slice(from, to);
    const trimmed = raw.trim();
    if (trimmed === '') return;
    const start = from + raw.indexOf(trimmed[0]!);
    const end = start + trimmed.length;
    const plain = unwrap(trimmed);
    if (plain !== trimmed) {
      out += text.slice(copied, start) + plain;
      copied = end;
    }
    blocks.push({ kind: 'paragraph', start, end });
  };
  let at = 0;
  for (const match of text.matchAll(PARAGRAPH_BREAK)) {
    add(at, match.index);
    at = match.index + match[0].length;
  }
  add(at, text.length);
  return { text: copied === 0 ? text : out + text.slice(copied), blocks };
}
