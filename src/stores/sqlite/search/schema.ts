/**
 * The file that search inside the embedded store keeps beside it, one a collection: derived, rebuilt whenever it does not
 * fit. The store's own file is attached for reading; mentions, entities and vectors are read there. Names do not repeat
 * the store's. Rows of documents and passages have the ids that they have in the store.
 */
export const SEARCH_FORMAT = 2;

export const SEARCH_SCHEMA = `
CREATE TABLE search_meta (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  generation INTEGER NOT NULL, -- of the store; -1 while nothing was built
  embedder ANY NOT NULL,
  dimensions INTEGER NOT NULL,
  documents INTEGER NOT NULL,
  passages INTEGER NOT NULL,
  length INTEGER NOT NULL, -- terms of all passages
  linked INTEGER NOT NULL, -- documents that another names, at the last count
  counted INTEGER NOT NULL, -- documents at the last count
  drift INTEGER NOT NULL, -- documents changed since
  gone INTEGER NOT NULL, -- rows of signs whose passage is gone
  mean BLOB NOT NULL -- subtracted from vectors before their signs are taken, f32
) STRICT;

CREATE TABLE search_language (code TEXT PRIMARY KEY, passages INTEGER NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE search_document (
  id INTEGER PRIMARY KEY,
  public_id TEXT NOT NULL UNIQUE,
  print TEXT NOT NULL, -- equal while nothing kept here changes but enabled
  enabled INTEGER NOT NULL,
  in_links INTEGER NOT NULL -- passages that name it, at the last count
) STRICT;
CREATE INDEX search_document_disabled ON search_document (id) WHERE enabled = 0;

CREATE TABLE search_passage (
  id INTEGER PRIMARY KEY,
  document INTEGER NOT NULL,
  ordinal INTEGER NOT NULL,
  public_id TEXT NOT NULL,
  language TEXT NOT NULL,
  length INTEGER NOT NULL,
  terms BLOB NOT NULL
) STRICT;
CREATE INDEX search_passage_document ON search_passage (document, ordinal);

CREATE TABLE search_alias (
  key BLOB NOT NULL,
  document INTEGER NOT NULL,
  weight REAL NOT NULL,
  PRIMARY KEY (key, document)
) STRICT, WITHOUT ROWID;
CREATE INDEX search_alias_document ON search_alias (document);

CREATE TABLE search_term (hash INTEGER PRIMARY KEY, df INTEGER NOT NULL) STRICT;

CREATE TABLE search_signs (
  block INTEGER PRIMARY KEY,
  passages BLOB NOT NULL, -- of each row, f64
  signs BLOB NOT NULL
) STRICT;

CREATE VIRTUAL TABLE search_words USING fts5(words, content='', contentless_delete=1, tokenize="ascii tokenchars ''''");
`;
