/**
 * The property graph as people see it, the same in Neo4j, in the embedded Cypher lens and in pictures. `docs/neo4j.md`
 * draws it. Every node and relationship carries `collection`, the tenant key. Keys and uris are unique within it.
 */
import type { EntityType } from './labels.js';

/** Label beside `Entity` or `Value` that tells the type; `other` has none. */
export const TYPE_LABELS: Readonly<Record<EntityType, string | undefined>> = {
  person: 'Person',
  organisation: 'Organisation',
  place: 'Place',
  work: 'Work',
  event: 'Event',
  date: 'Date',
  quantity: 'Quantity',
  other: undefined,
};

/** What a property holds: `json` is JSON text, a type with `[]` a list; a `?` marks what may be absent. */
export type PropertyType =
  | 'string'
  | 'integer'
  | 'float'
  | 'boolean'
  | 'json'
  | 'string[]'
  | 'integer[]'
  | 'string?'
  | 'integer?';

type Properties = Readonly<Record<string, PropertyType>>;

/** Properties of nodes, by label. Counts mean what they mean in `CollectionInfo` and `EntityView` of the store's port. */
export const NODE_PROPERTIES = {
  Collection: {
    collection: 'string',
    name: 'string',
    generation: 'integer',
    embedder: 'string',
    dimensions: 'integer',
    documents: 'integer',
    passages: 'integer',
    entities: 'integer',
    relations: 'integer',
    mentions: 'integer',
    failures: 'integer',
  },
  Document: {
    collection: 'string',
    id: 'string',
    uri: 'string',
    source: 'string?',
    title: 'string',
    mediaType: 'string',
    contentHash: 'string',
    size: 'integer',
    metadata: 'json',
    tags: 'string[]',
    date: 'string?',
    warnings: 'string[]',
    enabled: 'boolean',
    ingestedAt: 'string',
    passages: 'integer',
    characters: 'integer',
    /** Of the collection, when the document was put or changed last. */
    generation: 'integer',
  },
  Passage: {
    collection: 'string',
    id: 'string',
    document: 'string',
    ordinal: 'integer',
    text: 'string',
    /** In UTF-16 code units of the document's text, as `end`. */
    start: 'integer',
    end: 'integer',
    page: 'integer?',
    row: 'integer?',
    context: 'string',
  },
  /** A key that some passage mentions. */
  Entity: {
    collection: 'string',
    key: 'string',
    name: 'string',
    type: 'string',
    surfaces: 'string[]',
    mentions: 'integer',
    passages: 'integer',
    documents: 'integer',
  },
  /** An end of a statement that no passage mentions. */
  Value: { collection: 'string', key: 'string', name: 'string', type: 'string' },
} as const satisfies Readonly<Record<string, Properties>>;

/** Properties of a statement's relationship, whatever its type. */
export const STATEMENT_PROPERTIES = {
  collection: 'string',
  predicate: 'string',
  passage: 'string',
  document: 'string',
  /** Place among the statements of its passage, from 0. */
  position: 'integer',
  /** The evidence, in UTF-16 code units of the passage's text. */
  start: 'integer',
  end: 'integer',
  confidence: 'float',
  negated: 'boolean',
  hedged: 'boolean',
  extractor: 'string',
} as const satisfies Properties;

/** Properties of the other relationships, by type. */
export const RELATIONSHIP_PROPERTIES = {
  HAS_PASSAGE: { collection: 'string' },
  NEXT: { collection: 'string' },
  MENTIONS: {
    collection: 'string',
    surface: 'string',
    type: 'string',
    /** Number of spans, or 1 when only the title or heading names the entity. */
    count: 'integer',
    /** Flat [start, end, start, end ...] in UTF-16 code units of the passage's text. */
    spans: 'integer[]',
    /** There is an `ABOUT` beside it. */
    about: 'boolean',
  },
  ABOUT: { collection: 'string' },
} as const satisfies Readonly<Record<string, Properties>>;
