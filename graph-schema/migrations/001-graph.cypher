// Identities of the graph's nodes and of the store's own, and the indexes that its reads go by.
// A statement ends with ";" at the end of a line; each runs in a transaction of its own and may run again after a crash:
// CREATE ... IF NOT EXISTS, DROP ... IF EXISTS, MERGE. Every constraint and index has a name.

CREATE CONSTRAINT collection_name IF NOT EXISTS FOR (n:Collection) REQUIRE n.name IS UNIQUE;
CREATE CONSTRAINT document_id IF NOT EXISTS FOR (n:Document) REQUIRE (n.collection, n.id) IS UNIQUE;
CREATE CONSTRAINT document_uri IF NOT EXISTS FOR (n:Document) REQUIRE (n.collection, n.uri) IS UNIQUE;
CREATE CONSTRAINT passage_id IF NOT EXISTS FOR (n:Passage) REQUIRE (n.collection, n.id) IS UNIQUE;
CREATE CONSTRAINT entity_key IF NOT EXISTS FOR (n:Entity) REQUIRE (n.collection, n.key) IS UNIQUE;
CREATE CONSTRAINT value_key IF NOT EXISTS FOR (n:Value) REQUIRE (n.collection, n.key) IS UNIQUE;

CREATE CONSTRAINT collection_state_name IF NOT EXISTS FOR (n:CollectionState) REQUIRE n.name IS UNIQUE;
CREATE CONSTRAINT commit_clock_name IF NOT EXISTS FOR (n:CommitClock) REQUIRE n.name IS UNIQUE;
CREATE CONSTRAINT unfinished_name IF NOT EXISTS FOR (n:Unfinished) REQUIRE n.name IS UNIQUE;
CREATE CONSTRAINT store_name IF NOT EXISTS FOR (n:Store) REQUIRE n.name IS UNIQUE;
CREATE CONSTRAINT writer_lease_name IF NOT EXISTS FOR (n:WriterLease) REQUIRE n.name IS UNIQUE;
CREATE CONSTRAINT passage_data_id IF NOT EXISTS FOR (n:PassageData) REQUIRE (n.collection, n.id) IS UNIQUE;
CREATE CONSTRAINT node_counts_key IF NOT EXISTS FOR (n:NodeCounts) REQUIRE (n.collection, n.key) IS UNIQUE;
CREATE CONSTRAINT document_text_id IF NOT EXISTS FOR (n:DocumentText) REQUIRE (n.collection, n.id) IS UNIQUE;
CREATE CONSTRAINT source_key IF NOT EXISTS FOR (n:Source) REQUIRE (n.collection, n.key) IS UNIQUE;
CREATE CONSTRAINT failure_key IF NOT EXISTS FOR (n:Failure) REQUIRE (n.collection, n.key) IS UNIQUE;
CREATE CONSTRAINT removal_document IF NOT EXISTS FOR (n:Removal) REQUIRE (n.collection, n.document) IS UNIQUE;
CREATE CONSTRAINT staged_vectors_passage IF NOT EXISTS FOR (n:StagedVectors) REQUIRE (n.collection, n.passage, n.embedder) IS UNIQUE;

CREATE INDEX document_generation IF NOT EXISTS FOR (n:Document) ON (n.collection, n.generation);
CREATE INDEX removal_generation IF NOT EXISTS FOR (n:Removal) ON (n.collection, n.generation);
CREATE INDEX document_source IF NOT EXISTS FOR (n:Document) ON (n.collection, n.source);
CREATE INDEX document_order IF NOT EXISTS FOR (n:Document) ON (n.collection, n.order);
CREATE INDEX entity_order IF NOT EXISTS FOR (n:Entity) ON (n.collection, n.order);
CREATE INDEX source_order IF NOT EXISTS FOR (n:Source) ON (n.collection, n.order);
CREATE INDEX document_long IF NOT EXISTS FOR (n:Document) ON (n.collection, n.long);
CREATE INDEX entity_long IF NOT EXISTS FOR (n:Entity) ON (n.collection, n.long);
CREATE INDEX source_long IF NOT EXISTS FOR (n:Source) ON (n.collection, n.long);
CREATE INDEX document_folded IF NOT EXISTS FOR (n:DocumentText) ON (n.collection, n.folded);
