/** What a run does to every source alike: the options that decide what is stored, with their defaults. */
import type { Metadata } from '../../graph-schema/index.js';
import { DEFAULT_SPLIT, type SplitOptions } from '../split/split.js';
import { recipeHash } from './hashes.js';
import type { IngestOptions } from './options.js';

export interface Recipe {
  readonly collection: string;
  readonly metadata: Metadata;
  /** Sorted, without duplicates. */
  readonly tags: readonly string[];
  readonly split: SplitOptions;
  /** Name and version of the extractor, as stored in contributions. */
  readonly extractor: string;
  /** Equal hashes make equal documents of equal sources. */
  readonly hash: string;
}

export function makeRecipe(options: IngestOptions, extractor: string): Recipe {
  const parts = {
    metadata: options.metadata ?? {},
    tags: [...new Set(options.tags ?? [])].sort(),
    split: options.split ?? DEFAULT_SPLIT,
    extractor,
  };
  return { ...parts, collection: options.collection, hash: recipeHash({ ...parts, fields: options.fields ?? {} }) };
}
