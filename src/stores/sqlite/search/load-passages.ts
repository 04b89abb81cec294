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
  JOIN search_passage p ON p.id = j.value
  JOIN search_document d ON d.id = p.document
  JOIN vector v ON v.passage = p.id`;

export function loadPassages(connection: Connection, passages: readonly number[]): SearchPassage[] {
  if (passages.length === 0) return [];
  return connection.all<Row>(LOAD, JSON.stringify(passages)).map((row) => {
    const terms = decodeTerms(row.terms);
    const mentionRows: number[] = [];
    const mentionEntities: number[] = [];
    for (const mention of row.mentions === null ? [] : row.mentions.split('|')) {
      const [entity = '', about, spans = ''] = mention.split(';');
      const number = Number(entity);
      if (about === '1') add(0, number);
      let last = 0;
      for (const start of spanStarts(spans)) {
        const at = rowOfSpan(terms.sentenceEnds, start);
        if (at !== last) add(at, number);
        last = at;
      }
    }
    function add(at: number, entity: number): void {
      mentionRows.push(at);
      mentionEntities.push(entity);
    }
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

/** Starts in `[[s,e],[s,e]]`, which are sorted. */
function spanStarts(json: string): number[] {
  const numbers = json.match(/\d+/g) ?? [];
  return numbers.filter((_, i) => i % 2 === 0).map(Number);
}
