/** Folds by hash of an id: the same question falls into the same fold in every run and every case of it. */
import { contentHash } from '../../graph-schema/index.js';

/** 0..folds-1. */
export function foldOf(id: string, folds: number): number {
  return Number.parseInt(contentHash(id).slice(0, 8), 16) % folds;
}
