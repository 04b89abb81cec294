// Who works on which source, of several processes that share a corpus, and one node a collection that lets them ask one
// after the other.

CREATE CONSTRAINT source_claim_key IF NOT EXISTS FOR (n:SourceClaim) REQUIRE (n.collection, n.key) IS UNIQUE;
CREATE CONSTRAINT claim_turn_name IF NOT EXISTS FOR (n:ClaimTurn) REQUIRE n.name IS UNIQUE;
