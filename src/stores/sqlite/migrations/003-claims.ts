/** Who works on which source: `GraphStore.claimSources`. */
export const claims = `
CREATE TABLE claim (
  collection INTEGER NOT NULL REFERENCES collection,
  uri BLOB NOT NULL,
  holder TEXT NOT NULL,
  expires INTEGER NOT NULL, -- milliseconds since 1970
  PRIMARY KEY (collection, uri)
) STRICT, WITHOUT ROWID;
`;
