/** What an ingest run reports. */
export interface IngestSummary {
  readonly documents: number;
  readonly passages: number;
  readonly entities: number;
  readonly relations: number;
  readonly unchanged: number;
  readonly updated: number;
  readonly deleted: number;
  readonly quarantined: readonly { readonly uri: string; readonly code: string; readonly message: string; readonly remedy: string }[];
  readonly seconds: number;
}
