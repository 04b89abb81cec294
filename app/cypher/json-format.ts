import type { CypherRows } from '../../src/index.js';

/** One JSON object, a row a line: `columns`, `rows` (lists in the order of the columns), `generation`, `warnings`. */
export async function* jsonFormat(result: CypherRows): AsyncGenerator<string> {
  yield `{"columns":${JSON.stringify(result.columns)},"generation":${result.generation},"rows":[`;
  let first = true;
  for await (const row of result.rows) {
    yield `${first ? '' : ','}\n${JSON.stringify(row)}`;
    first = false;
  }
  yield `${first ? '' : '\n'}],"warnings":${JSON.stringify(result.warnings)}}\n`;
}
