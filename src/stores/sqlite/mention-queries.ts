/**
 * Reads of mentions, gathered to JSON inside SQLite: a row handed over by the driver costs some microseconds, and there
 * are ten times more mentions than passages.
 */
import type { Mention, Span } from '../../../graph-schema/index.js';
import type { Connection } from './connection.js';
import { typeOfCode } from './rows.js';
import { fromOrderedColumn, utf8 } from './text-column.js';

/** A text column as JSON: a BLOB, which holds a text with NUL, as an array of its hexadecimal bytes. */
export const SURFACE_JSON = "CASE typeof(m.surface) WHEN 'text' THEN m.surface ELSE json_array(hex(m.surface)) END";
export type SurfaceJson = string | readonly [hex: string];

export function fromSurfaceJson(surface: SurfaceJson): string {
  return typeof surface === 'string' ? surface : utf8(Buffer.from(surface[0], 'hex'));
}

const MENTIONS = `SELECT p.public_id AS passage_id,
    json_group_array(json_array(hex(e.key), ${SURFACE_JSON}, m.type, m.about, json(m.spans)) ORDER BY e.key) AS mentions
  FROM passage p JOIN mention m ON m.passage = p.id JOIN entity e ON e.id = m.entity`;

interface MentionsRow {
  readonly passage_id: string;
  readonly mentions: string;
}

type MentionJson = readonly [key: string, surface: SurfaceJson, type: number, about: 0 | 1, spans: readonly Span[]];

/** Mentions of a passage in key order. */
export function readMentions(connection: Connection, collection: number, passageId: string): Mention[] {
  const row = connection.get<MentionsRow>(
    `${MENTIONS} WHERE p.collection = ? AND p.public_id = ? GROUP BY p.id`,
    collection,
    passageId,
  );
  return row === undefined ? [] : parse(row.mentions);
}

/** Mentions of a document's passages by passage id; passages without mentions are left out. */
export function readMentionsOfDocument(connection: Connection, document: number): Map<string, Mention[]> {
  const rows = connection.all<MentionsRow>(`${MENTIONS} WHERE p.document = ? GROUP BY p.id`, document);
  return new Map(rows.map((row) => [row.passage_id, parse(row.mentions)]));
}

function parse(json: string): Mention[] {
  return (JSON.parse(json) as MentionJson[]).map(([key, surface, type, about, spans]) => ({
    key: fromOrderedColumn(Buffer.from(key, 'hex')),
    surface: fromSurfaceJson(surface),
    type: typeOfCode(type),
    spans,
    about: about === 1,
  }));
}
