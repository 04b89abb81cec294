/** Sources that are no files: uploads, and texts that a program has at hand. */
import { extensionOf, type GivenFields, type SourceRef } from './source-ref.js';

export interface TextSourceOptions extends GivenFields {
  /** Under which it is stored; its extension tells the format where the content leaves a choice. */
  readonly uri: string;
  readonly content: string | Uint8Array;
  /** E.g. "text/markdown", for a uri without a telling extension. */
  readonly mediaType?: string | undefined;
}

/** A source from memory. */
export function textSource({ uri, content, mediaType, title, metadata, tags }: TextSourceOptions): SourceRef {
  const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : content;
  const extension = extensionOf(uri);
  return {
    uri,
    size: bytes.byteLength,
    extension,
    given: { title, metadata, tags },
    open: () => Promise.resolve({ uri, extension, bytes, ...(mediaType === undefined ? {} : { mediaType }) }),
  };
}
