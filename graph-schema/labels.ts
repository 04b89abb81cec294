/** Names of the graph as Neo4j, exports and the Cypher lens show it. */
export const NODE_LABELS = ['Collection', 'Document', 'Passage', 'Entity', 'Value'] as const;
export type NodeLabel = (typeof NODE_LABELS)[number];

/** Of structure and mentions; statements have types of their own, see `STATEMENT_TYPES`. */
export const STRUCTURE_TYPES = ['HAS_PASSAGE', 'NEXT', 'MENTIONS', 'ABOUT'] as const;
export type StructureType = (typeof STRUCTURE_TYPES)[number];

/** Types of an entity; `other` when no rule or context speaks. */
export const ENTITY_TYPES = ['person', 'organisation', 'place', 'work', 'event', 'date', 'quantity', 'other'] as const;
export type EntityType = (typeof ENTITY_TYPES)[number];
