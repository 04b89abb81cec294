/**
 * What a statement may use on Neo4j. Everything else is refused, so that what a later release or a plug-in adds is refused
 * too until someone has looked at it.
 */

/**
 * Operators of a plan that only read, by their name without its variant (`Expand(All)` is `Expand`), from
 * https://neo4j.com/docs/cypher-manual/5/planning-and-tuning/operators/ and the planner of 5.26. `ProcedureCall` is looked
 * at apart.
 */
export const READING_OPERATORS: ReadonlySet<string> = new Set(
  `AllNodesScan Anti AntiConditionalApply AntiSemiApply Apply Argument AssertSameNode AssertSameRelationship
  BFSPruningVarLengthExpand CacheProperties CartesianProduct ConditionalApply DirectedAllRelationshipsScan
  DirectedRelationshipByElementIdSeek DirectedRelationshipByIdSeek DirectedRelationshipIndexContainsScan
  DirectedRelationshipIndexEndsWithScan DirectedRelationshipIndexScan DirectedRelationshipIndexSeek
  DirectedRelationshipIndexSeekByRange DirectedRelationshipTypeScan DirectedRelationshipUniqueIndexSeek
  DirectedUnionRelationshipTypesScan Distinct Eager EagerAggregation EmptyResult EmptyRow Expand Filter
  IntersectionNodeByLabelsScan LetAntiSemiApply LetSelectOrAntiSemiApply LetSelectOrSemiApply LetSemiApply Limit
  MultiNodeIndexSeek NodeByElementIdSeek NodeByIdSeek NodeByLabelScan NodeCountFromCountStore NodeHashJoin
  NodeIndexContainsScan NodeIndexEndsWithScan NodeIndexScan NodeIndexSeek NodeIndexSeekByRange
  NodeLeftOuterHashJoin NodeRightOuterHashJoin NodeUniqueIndexSeek NodeUniqueIndexSeekByRange NullifyMetadata Optional
  OptionalExpand OrderedAggregation OrderedDistinct OrderedUnion PartialSort PartialTop
  PartitionedAllNodesScan PartitionedDirectedAllRelationshipsScan PartitionedDirectedRelationshipIndexScan
  PartitionedDirectedRelationshipIndexSeek PartitionedDirectedRelationshipTypeScan
  PartitionedDirectedUnionRelationshipTypesScan PartitionedIntersectionNodeByLabelsScan PartitionedNodeByLabelScan
  PartitionedNodeIndexScan PartitionedNodeIndexSeek PartitionedSubtractionNodeByLabelsScan
  PartitionedUndirectedAllRelationshipsScan PartitionedUndirectedRelationshipIndexScan
  PartitionedUndirectedRelationshipIndexSeek PartitionedUndirectedRelationshipTypeScan
  PartitionedUndirectedUnionRelationshipTypesScan PartitionedUnionNodeByLabelsScan PartitionedUnwind
  PathPropagatingBFS PreserveOrder ProduceResults ProjectEndpoints Projection PruningVarLengthExpand
  RelationshipCountFromCountStore RemoteBatchProperties RemoteBatchPropertiesWithFilter Repeat RollUpApply
  SelectOrAntiSemiApply SelectOrSemiApply SemiApply ShortestPath Skip Sort StatefulShortestPath
  SubtractionNodeByLabelsScan Top TriadicBuild TriadicFilter TriadicSelection UndirectedAllRelationshipsScan
  UndirectedRelationshipByElementIdSeek UndirectedRelationshipByIdSeek UndirectedRelationshipIndexContainsScan
  UndirectedRelationshipIndexEndsWithScan UndirectedRelationshipIndexScan UndirectedRelationshipIndexSeek
  UndirectedRelationshipIndexSeekByRange UndirectedRelationshipTypeScan UndirectedRelationshipUniqueIndexSeek
  UndirectedUnionRelationshipTypesScan Union UnionNodeByLabelsScan Unwind ValueHashJoin VarLengthExpand`
    .split(/\s+/)
    .filter((name) => name !== ''),
);

/** Procedures that read the graph or its shape, in lower case. */
export const PROCEDURES: ReadonlySet<string> = new Set([
  'db.index.fulltext.querynodes',
  'db.index.fulltext.queryrelationships',
  'db.index.vector.querynodes',
  'db.index.vector.queryrelationships',
  'db.labels',
  'db.propertykeys',
  'db.relationshiptypes',
  'db.schema.nodetypeproperties',
  'db.schema.reltypeproperties',
  'db.schema.visualization',
]);

/** Functions of Cypher 5 but for those of LOAD CSV and of composite databases, in lower case. */
export const FUNCTIONS: ReadonlySet<string> = new Set(
  `abs acos all any asin atan atan2 avg btrim ceil char_length character_length coalesce collect cos cot count date
  date.realtime date.statement date.transaction date.truncate datetime datetime.fromepoch datetime.fromepochmillis
  datetime.realtime datetime.statement datetime.transaction datetime.truncate degrees duration duration.between
  duration.indays duration.inmonths duration.inseconds e elementid endnode exists exp floor haversin head id isempty
  isnan keys labels last left length localdatetime localdatetime.realtime localdatetime.statement
  localdatetime.transaction localdatetime.truncate localtime localtime.realtime localtime.statement
  localtime.transaction localtime.truncate log log10 lower ltrim max min nodes none normalize nullif percentilecont
  percentiledisc pi point point.distance point.withinbbox properties radians rand randomuuid range reduce
  relationships replace reverse right round rtrim sign sin single size split sqrt startnode stdev stdevp substring sum
  tail tan time time.realtime time.statement time.transaction time.truncate timestamp toboolean tobooleanlist
  tobooleanornull tofloat tofloatlist tofloatornull tointeger tointegerlist tointegerornull tolower tostring
  tostringlist tostringornull toupper trim type upper valuetype vector.similarity.cosine vector.similarity.euclidean
  shortestpath allshortestpaths`
    .split(/\s+/)
    .filter((name) => name !== ''),
);

/** Words of the grammar that may stand before a parenthesis. */
export const WORDS_BEFORE_PARENTHESIS: ReadonlySet<string> = new Set(
  `ALL AND ANY AS ASC ASCENDING BY CALL CASE CONTAINS COUNT DESC DESCENDING DISTINCT ELSE ENDS EXISTS GROUP GROUPS IN IS
  LIMIT MATCH NOT OFFSET ON OPTIONAL OR ORDER PATHS REPEATABLE RETURN SHORTEST SKIP STARTS THEN UNION UNWIND WHEN WHERE
  WITH XOR YIELD WALK TRAIL ELEMENTS PATH NORMALIZED TYPED DIFFERENT RELATIONSHIPS SCAN SEEK INDEX JOIN`
    .split(/\s+/)
    .filter((word) => word !== ''),
);

/** Words that a statement may begin with. */
export const FIRST_WORDS: ReadonlySet<string> = new Set(['MATCH', 'OPTIONAL', 'UNWIND', 'WITH', 'RETURN', 'CALL']);

/** Clauses that write, administer or read files, and what only they have. */
export const REFUSED_WORDS: ReadonlySet<string> = new Set(
  `ALTER CREATE DELETE DENY DETACH DROP EXPLAIN FOREACH GRANT INSERT LOAD MERGE NODETACH PERIODIC PROFILE REMOVE REVOKE
  SET SHOW TERMINATE TRANSACTION TRANSACTIONS USE`
    .split(/\s+/)
    .filter((word) => word !== ''),
);
