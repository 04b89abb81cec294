/**
 * The first schema. Integer row ids inside, text ids outside; every table that a query enters by a name carries its
 * collection, the tenant key. Columns of type ANY hold text that may contain NUL (see text-column.ts); `uri`, `key` and
 * a collection's `name` are BLOBs in code unit order.
 */
export const initial = `
CREATE TABLE collection (
  id INTEGER PRIMARY KEY,
  name BLOB NOT NULL UNIQUE,
  embedder ANY NOT NULL,
  dimensions INTEGER NOT NULL,
  generation INTEGER NOT NULL DEFAULT 0,
  log_start INTEGER NOT NULL DEFAULT 0, -- changes since an older generation are not known one by one
  documents INTEGER NOT NULL DEFAULT 0,
  passages INTEGER NOT NULL DEFAULT 0,
  entities INTEGER NOT NULL DEFAULT 0,
  relations INTEGER NOT NULL DEFAULT 0,
  mentions INTEGER NOT NULL DEFAULT 0,
  failures INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE retired ( -- last generations of deleted collections: a new one of the name goes on from there
  name BLOB PRIMARY KEY,
  generation INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE document (
  id INTEGER PRIMARY KEY,
  collection INTEGER NOT NULL REFERENCES collection,
  public_id TEXT NOT NULL,
  uri BLOB NOT NULL,
  source BLOB, -- uri of the source that holds it with others
  record TEXT NOT NULL, -- JSON of what lists show and nothing searches
  enabled INTEGER NOT NULL,
  ingested_at ANY NOT NULL,
  passages INTEGER NOT NULL,
  characters INTEGER NOT NULL,
  changed INTEGER NOT NULL, -- generation that put or changed it last
  UNIQUE (collection, public_id),
  UNIQUE (collection, uri)
) STRICT;
CREATE INDEX document_changed ON document (collection, changed);
CREATE INDEX document_source ON document (collection, source) WHERE source IS NOT NULL;

CREATE TABLE source ( -- read to their end
  collection INTEGER NOT NULL REFERENCES collection,
  uri BLOB NOT NULL,
  content_hash ANY NOT NULL,
  PRIMARY KEY (collection, uri)
) STRICT, WITHOUT ROWID;

CREATE TABLE document_text (
  document INTEGER PRIMARY KEY REFERENCES document,
  text ANY NOT NULL
) STRICT;

CREATE TABLE passage (
  id INTEGER PRIMARY KEY,
  collection INTEGER NOT NULL REFERENCES collection,
  document INTEGER NOT NULL REFERENCES document,
  ordinal INTEGER NOT NULL,
  public_id TEXT NOT NULL,
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  page INTEGER,
  "row" INTEGER,
  context ANY NOT NULL,
  text ANY NOT NULL,
  UNIQUE (collection, public_id),
  UNIQUE (document, ordinal)
) STRICT;

CREATE TABLE contribution (
  passage INTEGER PRIMARY KEY REFERENCES passage,
  data TEXT NOT NULL
) STRICT;

CREATE TABLE vector (
  passage INTEGER PRIMARY KEY REFERENCES passage,
  data BLOB NOT NULL
) STRICT;

CREATE TABLE staged_vector ( -- of a re-embedding under way, unseen until it is complete
  passage INTEGER NOT NULL REFERENCES passage,
  embedder ANY NOT NULL,
  data BLOB NOT NULL,
  PRIMARY KEY (passage, embedder)
) STRICT;

CREATE TABLE entity (
  id INTEGER PRIMARY KEY,
  collection INTEGER NOT NULL REFERENCES collection,
  key BLOB NOT NULL,
  UNIQUE (collection, key)
) STRICT;

CREATE TABLE mention (
  passage INTEGER NOT NULL REFERENCES passage,
  entity INTEGER NOT NULL REFERENCES entity,
  document INTEGER NOT NULL, -- of the passage
  count INTEGER NOT NULL, -- spans, or 1 when only the title names it
  type INTEGER NOT NULL,
  about INTEGER NOT NULL,
  surface ANY NOT NULL,
  spans TEXT NOT NULL,
  PRIMARY KEY (passage, entity)
) STRICT, WITHOUT ROWID;
-- Holds all that an entity is folded from.
CREATE INDEX mention_entity ON mention (entity, document, surface, type, count);

CREATE TABLE relation_key ( -- keys at the ends of a passage's relations; the relations are in the contribution
  collection INTEGER NOT NULL REFERENCES collection,
  key BLOB NOT NULL,
  confidence REAL NOT NULL, -- greatest among the passage's relations with the key
  passage INTEGER NOT NULL, -- no reference: it would need an index as large as the table; check looks instead
  PRIMARY KEY (collection, key, confidence DESC, passage)
) STRICT, WITHOUT ROWID;

CREATE TABLE failure (
  collection INTEGER NOT NULL REFERENCES collection,
  uri BLOB NOT NULL,
  record TEXT NOT NULL,
  failed_at ANY NOT NULL,
  PRIMARY KEY (collection, uri)
) STRICT, WITHOUT ROWID;

CREATE TABLE removal ( -- documents that are gone, for readers of an older generation
  collection INTEGER NOT NULL REFERENCES collection,
  document TEXT NOT NULL,
  generation INTEGER NOT NULL,
  PRIMARY KEY (collection, document)
) STRICT, WITHOUT ROWID;
CREATE INDEX removal_generation ON removal (collection, generation);
`;
