/** Reads passages with all that scoring looks at: terms from the search file, mentions and vectors from the store. */
import type { SearchPassage } from '../../../ports/passage-search.js';
import { rowOfSpan } from '../../../search/derive-passages.js';
import { decodeTerms } from '../../../search/terms-codec.js';
import { decodeVectors } from '../../codec/vector-codec.js';
import type { Connection } from '../connection.js';

interface Row {
  readonly number: number;
  readonly id: string;
  readonly document: string;
  readonly ordinal: number;
  readonly length: number;
  readonly terms: Uint8Array;
  readonly vectors: Uint8Array;
  readonly mentions: string | null;
}

/** Mentions of a passage are gathered to one text: entity, whether its heading names it, and spans. */
const LOAD = `SELECT p.id AS number, p.public_id AS id, d.public_id AS document, p.ordinal, p.length, p.terms, v.data AS vectors,
    (SELECT group_concat(m.entity || ';' || m.about || ';' || m.spans, '|') FROM mention m WHERE m.passage = p.id) AS mentions
  FROM (SELECT value FROM json_each(?)) j
  CROSS JOIN search_passage p ON p.id = j.value
  JOIN search_document d ON d.id = p.document
  JOIN vector v ON v.passage = p.id`;

export function loadPassages(connection: Connection, passages: readonly number[]): SearchPassage[] {
  if (passages.length === 0) return [];
  return connection.all<Row>(LOAD, JSON.stringify(passages)).map((row) => {
    const terms = decodeTerms(row.terms);
    const { mentionRows, mentionEntities } = parseMentions(row.mentions ?? '', terms.sentenceEnds);
    const { number, id, document, ordinal, length } = row;
    return {
      number,
      id,
      document,
      ordinal,
      length,
      terms,
      mentionRows,
      mentionEntities,
      vectors: decodeVectors(row.vectors),
    };
  });
}

const COMMA = 44;
const ZERO = 48;
const NINE = 57;
const SEMICOLON = 59;
const BAR = 124;

/** Parses `entity;about;[[start,end],...]|...`, the spans sorted; each sentence row once an entity. */
function parseMentions(text: string, sentenceEnds: Uint32Array): { mentionRows: number[]; mentionEntities: number[] } {
  const mentionRows: number[] = [];
  const mentionEntities: number[] = [];
  let entity = 0;
  let number = 0;
  let field = 0;
  let isStart = true;
  let last = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code >= ZERO && code <= NINE) {
      number = number * 10 + code - ZERO;
      continue;
    }
    if (code === SEMICOLON && field === 0) {
      entity = number;
      field = 1;
    } else if (code === SEMICOLON) {
      field = 2;
      isStart = true;
      last = 0;
      if (number === 1) {
        mentionRows.push(0);
        mentionEntities.push(entity);
      }
    } else if (code === BAR) field = 0;
    else if (code === COMMA) {
      // Commas stand behind starts and between spans in turn.
      if (isStart) {
        const row = rowOfSpan(sentenceEnds, number);
        if (row !== last) {
          mentionRows.push(row);
          mentionEntities.push(entity);
        }
        last = row;
      }
      isStart = !isStart;
    }
    number = 0;
  }
  return { mentionRows, mentionEntities };
}
