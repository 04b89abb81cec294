/** What an index says of itself before its sections. */

/** Given by whoever builds an index: the collection as the store knows it. */
export interface IndexIdentity {
  readonly collection: string;
  readonly generation: number;
  readonly embedder: { readonly id: string; readonly dimensions: number };
}

export interface IndexHeader extends IndexIdentity {
  /** Languages present, most passages first, ties by code. */
  readonly languages: readonly { readonly code: string; readonly passages: number }[];
  readonly meanLength: number;
  readonly linkedShare: number;
}
