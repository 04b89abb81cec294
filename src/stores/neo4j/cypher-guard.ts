/** First of the checks of a statement: its words, and how much one expression of it could do. */
import { checkWords } from '../../cypher/check-words.js';
import { FUNCTIONS } from '../../cypher/statement-words.js';
import type { CypherParams } from '../../ports/index.js';
import { PROCEDURES } from './cypher-allowed.js';
import { checkGrowth } from './cypher-growth.js';

/**
 * The statement as it is sent to the server: decoded, one, reading as far as its words tell, and unable to grow much more
 * in one expression than what it reads.
 * @throws CypherError `CYPHER_WRITE_REFUSED`, `CYPHER_SYNTAX`
 * @throws CypherLimitError `CYPHER_SIZE`
 */
export function checkStatement(cypher: string, params: CypherParams, maxChars: number): string {
  const { statement, tokens } = checkWords(cypher, { maxChars, functions: FUNCTIONS, procedures: PROCEDURES });
  checkGrowth(tokens, params);
  return statement;
}
