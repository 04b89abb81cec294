/** Stretches of a document that a passage does not cross: one heading path, one page, one table. */
import type { Block, ReadDocument } from '../read/reader.js';
import type { WordCount } from './word-count.js';

export interface Section {
  /** Headings above, outermost first, without the document's own title. */
  readonly path: readonly string[];
  readonly header: string | undefined;
  readonly page: number | undefined;
  readonly blocks: Block[];
}

/** Text of fewer words beside a table joins it: "The following table shows ...". */
const CAPTION_WORDS = 25;

function sameName(a: string, b: string): boolean {
  const plain = (text: string): string =>
    text
      .normalize('NFKC')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\p{M}]+/gu, ' ')
      .trim();
  return a === b || plain(a) === plain(b);
}

/** The headings that stand above a block; a heading without text of its own under it is body text. */
class HeadingPath {
  readonly #open: { level: number; name: string }[] = [];

  constructor(private readonly title: string) {}

  enter(level: number, name: string): void {
    this.leave(level);
    this.#open.push({ level, name });
  }

  leave(level: number): void {
    while (this.#open.length > 0 && this.#open.at(-1)!.level >= level) this.#open.pop();
  }

  names(): string[] {
    return this.#open.map(({ name }) => name).filter((name, i) => i > 0 || !sameName(name, this.title));
  }
}

/** Sections in order; every block that is no heading of another and no table header is in one of them. */
export function sectionsOf(document: ReadDocument, title: string): Section[] {
  const { text, blocks } = document;
  const headings = new HeadingPath(title);
  const sections: Section[] = [];
  let fresh = true;
  blocks.forEach((block, i) => {
    const next = blocks[i + 1];
    if (block.kind === 'table-header' && next?.header !== undefined) return;
    if (block.kind === 'heading') {
      const level = block.level ?? 6;
      fresh = true;
      const leaf = next === undefined || (next.kind === 'heading' && (next.level ?? 6) <= level);
      if (!leaf) {
        headings.enter(level, text.slice(block.start, block.end).replace(/\s+/g, ' '));
        return;
      }
      headings.leave(level);
    }
    const last = sections.at(-1);
    if (fresh || last === undefined || last.page !== block.page || last.header !== block.header) {
      const path = headings.names();
      const joins =
        last !== undefined &&
        last.page === block.page &&
        last.header === block.header &&
        path.join('\n') === last.path.join('\n') &&
        isLeafRun(last, block);
      if (joins) last.blocks.push(block);
      else sections.push({ path, header: block.header, page: block.page, blocks: [block] });
    } else last.blocks.push(block);
    fresh = false;
  });
  return sections;
}

/** Headings without text that follow each other stay together. */
function isLeafRun(section: Section, block: Block): boolean {
  return block.kind === 'heading' && section.blocks.every(({ kind }) => kind === 'heading');
}

/** Joins a line or two of text to the table before or after it. */
export function joinCaptions(sections: readonly Section[], count: WordCount): Section[] {
  const joined: Section[] = [];
  for (const section of sections) {
    const last = joined.at(-1);
    if (last !== undefined && belongs(last, section) && (isCaption(last, count) || isCaption(section, count))) {
      joined[joined.length - 1] = {
        ...last,
        header: last.header ?? section.header,
        blocks: [...last.blocks, ...section.blocks],
      };
    } else joined.push(section);
  }
  return joined;
}

function belongs(a: Section, b: Section): boolean {
  return (
    a.page === b.page &&
    (a.header === undefined) !== (b.header === undefined) &&
    a.path.join('\n') === b.path.join('\n')
  );
}

function isCaption(section: Section, count: WordCount): boolean {
  if (section.header !== undefined) return false;
  return section.blocks.reduce((sum, block) => sum + count(block.start, block.end), 0) < CAPTION_WORDS;
}
