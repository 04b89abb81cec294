/**
 * Splits a document into passages. Structure comes first: a heading, a page and a table each begin a new passage. Within
 * such a section paragraphs, list items and rows are packed to about the target, cut between sentences where a paragraph
 * is long, between words where a sentence is over the limit. Pages of 300 words kept whole cost ten points of recall on
 * a wiki; passages far below 100 words lose the words that belong together.
 */
import { detectLanguage } from '../../src/text/index.js';
import { pack } from './pack.js';
import { joinCaptions, type Section, sectionsOf } from './sections.js';
import { type PassageDraft, type SplitDocument, STRETCH } from './split.js';
import { type Unit, type UnitContext, unitsOf } from './units.js';
import { type WordCount, wordCounter } from './word-count.js';

/** Heading path and table header as one line. */
function contextOf(section: Section): string {
  return [...section.path, ...(section.header === undefined ? [] : [section.header])].join(' > ');
}

function draft(section: Section, first: Unit, end: number, rows: readonly (number | undefined)[]): PassageDraft {
  const row = rows.find((value) => value !== undefined);
  return {
    start: first.start,
    end,
    context: contextOf(section),
    ...(section.page === undefined ? {} : { page: section.page }),
    ...(row === undefined ? {} : { row }),
  };
}

/** A section short enough is one passage without a look at its sentences. */
function wholeSection(section: Section, count: WordCount, targetWords: number): PassageDraft | undefined {
  const first = section.blocks[0]!;
  const last = section.blocks.at(-1)!;
  let words = 0;
  for (const block of section.blocks) {
    words += count(block.start, block.end);
    if (words > STRETCH * targetWords) return undefined;
  }
  const rows = section.blocks.map(({ row }) => row);
  return draft(section, { start: first.start, end: first.end, words, opensBlock: true }, last.end, rows);
}

/**
 * Passages of a document, in order, without overlap: every character that is not white space stands in one of them,
 * or in a heading or table header that is in their context. Headings are in the context alone, not repeated in the
 * text; a heading with nothing under it is a passage of its own. A passage lies on one page.
 */
export const splitDocument: SplitDocument = (document, title, options) => {
  const { text } = document;
  const count = wordCounter(text);
  let context: UnitContext | undefined;
  const passages: PassageDraft[] = [];
  for (const section of joinCaptions(sectionsOf(document, title), count)) {
    const whole = wholeSection(section, count, options.targetWords);
    if (whole !== undefined) {
      passages.push(whole);
      continue;
    }
    context ??= { text, language: detectLanguage(text.slice(0, 2000)), count, ...options };
    const known = context;
    const units = section.blocks.flatMap((block) => unitsOf(block, known));
    const ranges = pack(units, options.targetWords);
    for (let i = 0; i < ranges.length; i += 2) {
      const packed = units.slice(ranges[i], ranges[i + 1]);
      passages.push(
        draft(
          section,
          packed[0]!,
          packed.at(-1)!.end,
          packed.map(({ row }) => row),
        ),
      );
    }
  }
  return passages.length > 0 ? passages : [{ start: 0, end: 0, context: '' }];
};
