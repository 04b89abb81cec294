/** Splits a drafted document and describes each passage: what the passage says, and it alone decides. */
import { type Alias, type Contribution, type PassageRecord, passageId } from '../../graph-schema/index.js';
import { describePassage } from '../../src/graph/describe-passage.js';
import { detectLanguage } from '../../src/text/index.js';
import type { DocumentSubject, Extractor } from '../extract/extractor.js';
import { splitDocument } from '../split/split-document.js';
import type { DocumentDraft } from './draft-document.js';
import type { Recipe } from './recipe.js';

export interface DescribedPassage {
  readonly passage: PassageRecord;
  readonly contribution: Contribution;
}

/** What the passages of one document share. */
interface Describing {
  readonly language: string;
  readonly subject: DocumentSubject;
  readonly recipe: Recipe;
  readonly extractor: Extractor;
}

/** Characters of each of the three samples that tell a document's language: one passage alone is easily misjudged. */
const SAMPLE_CHARS = 650;

/** Characters of the first passage that tell what the document is about. */
const LEAD_CHARS = 600;

export function passagesOf(draft: DocumentDraft, recipe: Recipe): PassageRecord[] {
  const { record, read } = draft;
  return splitDocument(read, record.title, recipe.split).map((piece, ordinal) => {
    const text = read.text.slice(piece.start, piece.end);
    return {
      id: passageId(record.id, ordinal, piece.context, text),
      documentId: record.id,
      ordinal,
      start: piece.start,
      end: piece.end,
      text,
      context: piece.context,
      ...(piece.page === undefined ? {} : { page: piece.page }),
      ...(piece.row === undefined ? {} : { row: piece.row }),
    };
  });
}

/** Passages of a document with their contributions, in order. */
export function* describeDocument(
  draft: DocumentDraft,
  recipe: Recipe,
  extractor: Extractor,
): Generator<DescribedPassage> {
  const { title } = draft.record;
  const passages = passagesOf(draft, recipe);
  const language = detectLanguage(sampleOf(draft.read.text));
  const subject = extractor.subjectOf(title, (passages[0]?.text ?? '').slice(0, LEAD_CHARS));
  for (const passage of passages) {
    yield { passage, contribution: contributionOf(title, passage, { language, subject, recipe, extractor }) };
  }
}

function contributionOf(
  title: string,
  passage: PassageRecord,
  { language, subject, recipe, extractor }: Describing,
): Contribution {
  const { text, context, ordinal } = passage;
  const { sentences, runs, aliases } = describePassage({ title, context, text, ordinal, language });
  const found = extractor.extract({ title, context, text, sentences, runs, language, ordinal, subject });
  return {
    passageId: passage.id,
    extractor: recipe.extractor,
    language,
    sentences,
    runs: found.runs,
    aliases: aliases.map((alias) => typed(alias, subject)),
    relations: found.relations,
  };
}

/** Beginning, middle and end of a text. */
function sampleOf(text: string): string {
  if (text.length <= 3 * SAMPLE_CHARS) return text;
  const middle = (text.length - SAMPLE_CHARS) >> 1;
  return [0, middle, text.length - SAMPLE_CHARS].map((at) => text.slice(at, at + SAMPLE_CHARS)).join(' ');
}

function typed(alias: Alias, subject: DocumentSubject): Alias {
  return subject.type === undefined ? alias : { ...alias, type: subject.type };
}
