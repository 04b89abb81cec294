// What search inside the store keeps beside the graph: derived, made on first use, one set a collection.
// The full-text and vector index of a collection are made with it: they hold its passages alone.

CREATE CONSTRAINT search_state_collection IF NOT EXISTS FOR (n:SearchState) REQUIRE n.collection IS UNIQUE;
CREATE CONSTRAINT search_document_id IF NOT EXISTS FOR (n:SearchDocument) REQUIRE (n.collection, n.id) IS UNIQUE;
CREATE CONSTRAINT search_passage_id IF NOT EXISTS FOR (n:SearchPassage) REQUIRE (n.collection, n.id) IS UNIQUE;
CREATE CONSTRAINT search_alias_key IF NOT EXISTS FOR (n:SearchAlias) REQUIRE (n.collection, n.key) IS UNIQUE;
CREATE CONSTRAINT search_term_hash IF NOT EXISTS FOR (n:SearchTerm) REQUIRE (n.collection, n.hash) IS UNIQUE;
CREATE INDEX search_passage_document IF NOT EXISTS FOR (n:SearchPassage) ON (n.collection, n.document);
