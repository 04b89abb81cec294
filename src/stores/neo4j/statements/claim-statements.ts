/** Claims of sources. All times are the server's. */

/** The first SET takes the turn's lock, so that of two who ask at once the second sees what the first was granted. */
export const CLAIM_SOURCES = `
MATCH (:Collection {name: $collection})
MERGE (t:ClaimTurn {name: $collection})
SET t.asked = timestamp()
WITH t
UNWIND range(0, size($keys) - 1) AS position
WITH position, $keys[position] AS key
OPTIONAL MATCH (s:SourceClaim {collection: $collection, key: key})
WITH position, key, s
WHERE s IS NULL OR s.holder = $holder OR s.expires <= timestamp()
WITH position, key ORDER BY position LIMIT $limit
MERGE (s:SourceClaim {collection: $collection, key: key})
SET s.holder = $holder, s.expires = timestamp() + $ms
RETURN position ORDER BY position`;

export const RELEASE_SOURCES = `
UNWIND $keys AS key
MATCH (s:SourceClaim {collection: $collection, key: key})
WHERE s.holder = $holder
DELETE s`;

export const RELEASE_ALL_SOURCES = `
MATCH (s:SourceClaim)
WHERE s.collection = $collection AND s.key IS NOT NULL AND s.holder = $holder
DELETE s`;
