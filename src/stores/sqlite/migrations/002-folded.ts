/** Which documents had their mentions folded anew while they stayed: `GraphStore.mentionsSince` reads it. */
export const folded = `
ALTER TABLE document ADD COLUMN folded INTEGER NOT NULL DEFAULT 0; -- generation that last folded its mentions anew, alone
CREATE INDEX document_folded ON document (collection, folded) WHERE folded > 0;
`;
