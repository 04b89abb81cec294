/** Second of the checks of a statement: what the server's own planner says that it would do. */
import type { Plan } from 'neo4j-driver';
import { writeRefused } from '../../cypher/cypher-errors.js';
import { PROCEDURES, READING_OPERATORS } from './cypher-allowed.js';

/** What `EXPLAIN` tells of a statement. */
export interface Explained {
  readonly plan: Plan | false;
  /** `r` reads, `rw` and `w` write, `s` changes the schema or administers. */
  readonly queryType: string;
}

/**
 * Walks the plan; an operator that is not known to read is refused, so new ones are until someone has looked at them.
 * @throws CypherError `CYPHER_WRITE_REFUSED`
 */
export function checkPlan({ plan, queryType }: Explained): void {
  if (queryType !== 'r') throw writeRefused(`a statement of the kind "${queryType}"`);
  if (plan === false) throw writeRefused('a statement without a plan');
  const open: Plan[] = [plan];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    checkOperator(next);
    open.push(...next.children);
  }
}

function checkOperator({ operatorType, arguments: given }: Plan): void {
  // The server writes the database behind the operator, and what it is a variant of in parentheses.
  const name = operatorType.replace(/@.*$/s, '').replace(/\(.*$/s, '');
  if (READING_OPERATORS.has(name)) return;
  if (name !== 'ProcedureCall') throw writeRefused(`the operator ${name}`);
  const details: unknown = given['Details'];
  const procedure = /^[\w.]+(?=\()/.exec(typeof details === 'string' ? details : '')?.[0] ?? '';
  if (!PROCEDURES.has(procedure.toLowerCase())) throw writeRefused(`the procedure ${procedure}`);
}
