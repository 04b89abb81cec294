/**
 * Hashes that decide whether something is due. A source is due when its bytes, its date or what it is read with
 * changed; of a due source only the documents are described anew whose title, text or structure changed, so that one
 * edited line of a JSONL file replaces one document. See `compareDocuments` for what lies between.
 */
import { createHash } from 'node:crypto';
import { contentHash } from '../../graph-schema/index.js';
import type { Block } from '../read/reader.js';
import type { SplitOptions } from '../split/split.js';
import type { GivenFields } from '../walk/source-ref.js';

/**
 * Version of everything between bytes and contributions: readers, splitter, description. Raising it makes every source
 * due again. The extractor has its own.
 */
export const PIPELINE_VERSION = 'pipeline/1';

/** JSON with keys in code unit order, so that equal values give equal text. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
      : inner,
  );
}

/** Hash of what a run does to every source alike. */
export function recipeHash(recipe: Readonly<Record<string, unknown>>): string {
  return contentHash(PIPELINE_VERSION, canonicalJson(recipe));
}

/** What of a source decides, besides its bytes, what its documents are. */
export interface SourceTraits {
  readonly mediaType: string | undefined;
  /** Documents without a date of their own take it. */
  readonly modified: Date | undefined;
  readonly given: GivenFields | undefined;
}

/** Hash of a source: its bytes, its traits and the recipe. */
export function sourceHash(bytes: Uint8Array, { mediaType, modified, given }: SourceTraits, recipe: string): string {
  const traits = contentHash(recipe, mediaType ?? '', modified?.toISOString() ?? '', canonicalJson(given ?? {}));
  return createHash('sha256').update(traits).update(bytes).digest('hex');
}

/** `contentHash` of a document record: all that its passages and their contributions are made from. */
export function documentHash(
  title: string,
  { text, blocks }: { readonly text: string; readonly blocks: readonly Block[] },
  recipe: { readonly extractor: string; readonly split: SplitOptions },
): string {
  return contentHash(
    PIPELINE_VERSION,
    recipe.extractor,
    canonicalJson(recipe.split),
    title,
    text,
    JSON.stringify(blocks.map((b) => [b.kind, b.start, b.end, b.level, b.page, b.row, b.header])),
  );
}
