/** Names of the graph as Neo4j, exports and the Cypher lens show it. */
export const NODE_LABELS = ['Collection', 'Document', 'Passage', 'Entity'] as const;
export type NodeLabel = (typeof NODE_LABELS)[number];

export const RELATIONSHIP_TYPES = ['HAS_PASSAGE', 'NEXT', 'MENTIONS', 'ABOUT', 'RELATED'] as const;
export type RelationshipType = (typeof RELATIONSHIP_TYPES)[number];

/** Types of an entity; `other` when no rule or context speaks. */
export const ENTITY_TYPES = ['person', 'organisation', 'place', 'work', 'event', 'date', 'quantity', 'other'] as const;
export type EntityType = (typeof ENTITY_TYPES)[number];
