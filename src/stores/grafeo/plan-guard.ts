/**
 * Second of the checks of a statement: its plan, as Grafeo's EXPLAIN shows it. One operator a line, by name; what is
 * nested in an expression is shown in full, with the names of its operators' structures.
 */

/** Operators that only read; `Discriminant(51)` is how 0.6.0 shows the rows that an inner query gets from the outer. */
const READING: ReadonlySet<string> = new Set(
  `Aggregate AntiJoin Apply CartesianProduct Discriminant(51) Distinct EdgeScan Empty Except Expand Filter Intersect
  Join LeftJoin Limit MultiWayJoin NodeScan Otherwise Project Return SemiJoin ShortestPath Skip Sort TopK Union Unwind
  VariableLengthExpand`
    .split(/\s+/)
    .filter((name) => name !== ''),
);

const PROCEDURE = /^CallProcedure \(([\w.]+)\)/;
const OPERATOR = /^(Discriminant\(\d+\)|\w+)/;
/** Of the structures in expressions: `ExpandOp { .. }`. */
const NESTED = /\b(\w+)Op \{/g;
const STRING = /"(?:[^"\\]|\\.)*"/g;

/** Procedures that read the graph or its shape, in lower case. */
export const PROCEDURES: ReadonlySet<string> = new Set([
  'db.labels',
  'db.propertykeys',
  'db.relationshiptypes',
  'grafeo.articulation_points',
  'grafeo.betweenness_centrality',
  'grafeo.bfs',
  'grafeo.bridges',
  'grafeo.closeness_centrality',
  'grafeo.clustering_coefficient',
  'grafeo.connected_components',
  'grafeo.degree_centrality',
  'grafeo.dfs',
  'grafeo.dijkstra',
  'grafeo.kcore',
  'grafeo.label_propagation',
  'grafeo.labels',
  'grafeo.louvain',
  'grafeo.pagerank',
  'grafeo.propertykeys',
  'grafeo.relationshiptypes',
  'grafeo.search.text',
  'grafeo.strongly_connected_components',
]);

/**
 * The first thing of a plan that is not known to read only, or undefined.
 * @param plan lines of EXPLAIN, indented
 */
export function refusedInPlan(plan: string): string | undefined {
  for (const line of plan.split('\n')) {
    const text = line.trim();
    if (text === '') continue;
    const operator = OPERATOR.exec(text)?.[1] ?? text.slice(0, 40);
    const procedure = PROCEDURE.exec(text)?.[1];
    if (procedure !== undefined) {
      if (!PROCEDURES.has(procedure.toLowerCase())) return `the procedure ${procedure}`;
    } else if (!READING.has(operator)) return `the operator ${operator}`;
    if (text.includes('[after the write]')) return 'a write';
    for (const [, nested] of text.replaceAll(STRING, '""').matchAll(NESTED)) {
      if (nested !== undefined && !READING.has(nested)) return `the operator ${nested}`;
    }
  }
  return undefined;
}
