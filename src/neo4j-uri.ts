/** True for a store that is the address of a Neo4j, not a folder. Apart from the driver, which costs start-up time. */
export function isNeo4jUri(store: string): boolean {
  return /^(neo4j|bolt)(\+s|\+ssc)?:\/\//i.test(store);
}
