/** Words of Cypher 5 that a statement which only reads may have, and those that it may not; the same for every engine. */

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
