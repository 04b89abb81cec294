/**
 * Identities of the graph. Every id comes from uri, position and content, never from chance or order of arrival,
 * so the same corpus gives the same ids on every store, whatever the order of ingestion.
 */
import { hash } from 'node:crypto';

/** Hexadecimal SHA-256 of the parts, each preceded by its length so that ("ab","c") and ("a","bc") differ. */
export function contentHash(...parts: readonly string[]): string {
  let joined = '';
  for (const part of parts) joined += `${part.length}:${part}`;
  return hash('sha256', joined, 'hex');
}

/** `d` + 20 hex digits of the hash of collection and uri: equal texts under two uris are two documents. */
export function documentId(collection: string, uri: string): string {
  return `d${contentHash(collection, uri).slice(0, 20)}`;
}

/** `p` + 20 hex digits of the hash of document, ordinal, context and text. */
export function passageId(documentId: string, ordinal: number, context: string, text: string): string {
  return `p${contentHash(documentId, String(ordinal), context, text).slice(0, 20)}`;
}

/** Public id of an entity: `e:` + its key, unique within a collection. */
export function entityId(key: string): string {
  return `e:${key}`;
}
