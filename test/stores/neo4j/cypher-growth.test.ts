import assert from 'node:assert/strict';
import type { CypherParams } from '../../../src/ports/index.js';
import { checkStatement } from '../../../src/stores/neo4j/cypher-guard.js';

const PARAMS: CypherParams = { collection: 'c', n: 50, many: 1_000_000, keys: ['a', 'b'], long: 'x'.repeat(200_000) };

const bounded = (cypher: string): string => checkStatement(cypher, PARAMS, 20_000);
const refused = (cypher: string): void => assert.throws(() => bounded(cypher), { code: 'CYPHER_SIZE' }, cypher);

describe('what one expression may do on Neo4j', () => {
  it('bounds ranges within expressions, however their ends are written', () => {
    for (const range of [
      '1, 10001',
      '0, 10000, 1',
      '-20000, -1',
      '100000, 1, -1',
      '1, $many',
      '1, n',
      '1, 2 + x.n',
      '1, 9, $x',
    ])
      refused(`MATCH (x) WITH x, 5 AS n RETURN size([i IN range(${range}) | i])`);
    for (const range of ['1, 10000', '0, 100000, 100', '-5000, 4999', '1, $n', '0, size($keys) - 1', '0, length(p)'])
      bounded(`MATCH p = (x)-->() RETURN [i IN range(${range}) | i] AS l`);
    bounded('UNWIND range(1, 1000000000) AS i RETURN i');
    refused('UNWIND [range(1, 1000000000)] AS l RETURN l');
    refused('UNWIND range(1, 1000000000) + [1] AS l RETURN l');
  });

  it('bounds loops within loops by what their lists hold', () => {
    refused('MATCH (n) WITH collect(n) AS l RETURN any(a IN l WHERE any(b IN l WHERE a.x = b.x)) AS x');
    refused('MATCH (n) WITH collect(n) AS l WITH l AS m RETURN [a IN m | [b IN tail(m) | b]] AS x');
    refused('RETURN [a IN range(1, 5000) | [b IN range(1, 5000) | a]] AS x');
    refused(`RETURN ${'[x IN '.repeat(6)}[1]${']'.repeat(6)} AS x`);
    bounded('MATCH (n) WITH collect(n) AS l RETURN [a IN l WHERE any(s IN a.surfaces WHERE s IN $keys) | a.name] AS x');
    bounded('RETURN [a IN range(1, 1000) | [b IN range(1, 1000) | a * b]] AS x');
  });

  it('bounds values that are joined again and again, also through clauses', () => {
    const doubled = (times: number, join: string): string =>
      `WITH 'ab' AS s ${`WITH ${join} AS s `.repeat(times)} RETURN s`;
    for (const join of ['s + s', '[s, s]', '{a: s, b: s}', 's || s', 's + toString(s)']) {
      refused(doubled(40, join));
      bounded(doubled(3, join));
    }
    refused('WITH "a" AS s WITH s + s AS t WITH t + t AS s WITH s + s AS t '.repeat(10).concat('RETURN t'));
    refused('MATCH (n) WITH collect(n.text) AS l, n.text AS t RETURN [x IN l | t + x] AS x');
    refused('RETURN [i IN range(1, 10000) | $long] AS x');
    bounded('MATCH (n) RETURN n.title + " (" + n.type + ") " + n.text AS x');
  });

  it('lets reduce add up and join, and never double', () => {
    for (const body of [
      's + s',
      '[s, s]',
      's + [s]',
      '{a: s, b: s}',
      'replace(s, "a", "aa")',
      'replace(s, "", "a")',
      'replace(s, x, "ab")',
    ])
      refused(`RETURN reduce(s = 'a', x IN range(1, 40) | ${body}) AS x`);
    bounded('MATCH (n) WITH collect(n.name) AS l RETURN reduce(s = "", x IN l | s + x + ", ") AS x');
    bounded('RETURN reduce(m = 0, x IN [1, 3, 2] | CASE WHEN x > m THEN x ELSE m END) AS x');
    bounded('MATCH (n) RETURN reduce(s = n.name, c IN [".", ","] | replace(s, c, "")) AS x');
    bounded('RETURN reduce(s = "ab", x IN $keys | replace(s, "a", "b")) AS x');
  });

  it('knows names that look like words of the grammar, and quoted ones', () => {
    refused(`WITH 'a' AS end ${'WITH end + end AS end '.repeat(40)} RETURN end`);
    refused(`WITH 'a' AS \`a b\` ${'WITH `a b` + `a b` AS `a b` '.repeat(40)} RETURN \`a b\``);
    refused('RETURN `range`(1, 1000000000) AS x');
    refused('RETURN RaNgE /* x */ (1, 1000000000) AS x');
  });

  it('takes no long for any statement of the longest length', () => {
    const nested = `RETURN ${'[x IN [1] | '.repeat(60)}1${']'.repeat(60)} AS x`;
    refused(nested);
    refused(`RETURN ${'replace('.repeat(60)}"x"${', "x", "xx")'.repeat(60)} AS x`);
    bounded(`RETURN ${'1 + '.repeat(4_900)}1 AS x`);
    bounded(`RETURN ${Array.from({ length: 1_500 }, (_, i) => `$n AS a${i}`).join(', ')}`);
  });
});
