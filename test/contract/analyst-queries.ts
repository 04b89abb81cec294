/** Questions of analysts to the collection of `lens-corpus.ts`, in Cypher that every engine understands, and their rows. */
import type { CypherParams, CypherValue } from '../../src/ports/index.js';

export interface AnalystQuery {
  readonly cypher: string;
  readonly params?: CypherParams;
  readonly rows: readonly (readonly CypherValue[])[];
  /** Cypher promises no order: rows are compared sorted. */
  readonly unordered?: true;
}

export const ANALYST_QUERIES: readonly AnalystQuery[] = [
  {
    cypher: 'MATCH (n) WHERE n:Document OR n:Passage OR n:Entity OR n:Value OR n:Collection RETURN count(n) AS nodes',
    rows: [[33]],
  },
  {
    cypher: 'MATCH ()-[r]->() RETURN count(r) AS relationships',
    rows: [[64]],
  },
  {
    cypher: 'MATCH (n:Entity) RETURN count(*) AS n',
    rows: [[12]],
  },
  {
    cypher: 'MATCH (n:Entity) UNWIND labels(n) AS label RETURN label, count(*) AS n ORDER BY n DESC, label',
    rows: [
      ['Entity', 12],
      ['Person', 4],
      ['Place', 3],
      ['Work', 2],
      ['Date', 1],
      ['Organisation', 1],
    ],
  },
  {
    cypher: 'MATCH ()-[r]->() RETURN type(r) AS type, count(*) AS n ORDER BY n DESC, type',
    rows: [
      ['MENTIONS', 26],
      ['HAS_PASSAGE', 11],
      ['NEXT', 5],
      ['RELATED', 5],
      ['ABOUT', 4],
      ['BORN_IN', 4],
      ['DESIGNED', 2],
      ['BORN_ON', 1],
      ['LIVED_IN', 1],
      ['LOCATED_IN', 1],
      ['MEMBER_OF', 1],
      ['STUDIED', 1],
      ['WORKED_WITH', 1],
      ['WROTE', 1],
    ],
  },
  {
    cypher: 'MATCH (e:Entity) RETURN e.type AS type, count(e) AS n ORDER BY n DESC, type',
    rows: [
      ['person', 4],
      ['place', 3],
      ['work', 2],
      ['date', 1],
      ['organisation', 1],
      ['other', 1],
    ],
  },
  {
    cypher:
      'MATCH (e:Entity) RETURN count(DISTINCT e.type) AS types, sum(e.mentions) AS mentions, max(e.passages) AS most',
    rows: [[6, 26, 4]],
  },
  {
    cypher: 'MATCH (p:Passage) RETURN min(size(p.text)) AS shortest, max(size(p.text)) AS longest',
    rows: [[24, 97]],
  },
  {
    cypher:
      'MATCH (c:Collection {name: $collection}) RETURN c.documents AS d, c.passages AS p, c.entities AS e, c.relations AS r',
    rows: [[6, 11, 12, 18]],
  },
  {
    cypher: 'MATCH (e:Entity) RETURN round(avg(e.mentions) * 100) / 100.0 AS rounded',
    rows: [[2.17]],
  },
  {
    cypher: 'MATCH (d:Document) RETURN count(d.date) AS dated, count(*) AS all',
    rows: [[4, 6]],
  },
  {
    cypher: 'MATCH (e:Entity {key: "ada lovelace"}) RETURN e.name AS name, e.type AS type, e.surfaces AS surfaces',
    rows: [['Ada Lovelace', 'person', ['Ada Lovelace']]],
  },
  {
    cypher: 'MATCH (e:Entity {collection: $collection, key: $key}) RETURN e.name AS name',
    params: { key: 'turin' },
    rows: [['Turin']],
  },
  {
    cypher: 'MATCH (e:Person) RETURN e.name AS name ORDER BY name',
    rows: [['Ada Lovelace'], ['Charles Babbage'], ['Luigi Menabrea'], ['Mary Somerville']],
  },
  {
    cypher: 'MATCH (e:Entity) WHERE e:Place OR e:Organisation RETURN e.name AS name ORDER BY name',
    rows: [['Jedburgh'], ['London'], ['Royal Society'], ['Turin']],
  },
  {
    cypher: 'MATCH (e:Entity) WHERE NOT e:Person AND NOT e:Place RETURN e.key AS key ORDER BY key',
    rows: [['1815'], ['algebra'], ['analytical engine'], ['difference engine'], ['royal society']],
  },
  {
    cypher: 'MATCH (e:Entity) WHERE e.key IN $keys RETURN e.name AS name ORDER BY name',
    params: { keys: ['london', 'turin', 'nowhere'] },
    rows: [['London'], ['Turin']],
  },
  {
    cypher: 'MATCH (v:Value) RETURN v.key AS key, v.type AS type ORDER BY key',
    rows: [
      ['machine', 'other'],
      ['notes', 'other'],
      ['paper', 'other'],
    ],
  },
  {
    cypher: 'MATCH (d:Document) WHERE d.date >= "2020-02" AND d.date < "2022" RETURN d.title AS title ORDER BY title',
    rows: [['Charles Babbage'], ['Luigi Menabrea']],
  },
  {
    cypher: 'MATCH (d:Document) WHERE "people" IN d.tags AND d.enabled RETURN d.title AS title ORDER BY title',
    rows: [['Ada Lovelace'], ['Charles Babbage'], ['Luigi Menabrea']],
  },
  {
    cypher: 'MATCH (d:Document) WHERE d.date IS NULL RETURN d.title AS title, d.enabled AS enabled ORDER BY title',
    rows: [
      ['Empty', true],
      ['Mary Somerville', false],
    ],
  },
  {
    cypher: 'MATCH (d:Document) WHERE size(d.tags) = 0 RETURN d.uri AS uri ORDER BY uri',
    rows: [['empty.txt'], ['rumours.txt']],
  },
  {
    cypher: 'MATCH (d:Document) WHERE d.metadata CONTAINS "reviewed" RETURN d.metadata AS metadata',
    rows: [['{"reviewed":true,"year":2020}']],
  },
  {
    cypher: 'MATCH (p:Passage) WHERE p.page IS NOT NULL RETURN p.page AS page, p.text AS text',
    rows: [[2, 'Babbage was a member of the Royal Society in London.']],
  },
  {
    cypher: 'MATCH (p:Passage) WHERE p.context <> "" RETURN p.context AS context ORDER BY context',
    rows: [['Life > Lectures'], ['Life > Translation']],
  },
  {
    cypher: 'MATCH (e:Entity) WHERE e.name STARTS WITH "A" RETURN e.name AS name ORDER BY name',
    rows: [['Ada Lovelace'], ['Algebra'], ['Analytical Engine']],
  },
  {
    cypher: 'MATCH (e:Entity) WHERE e.name ENDS WITH "Engine" RETURN e.name AS name ORDER BY name',
    rows: [['Analytical Engine'], ['Difference Engine']],
  },
  {
    cypher: 'MATCH (e:Entity) WHERE toLower(e.name) CONTAINS $part RETURN e.name AS name ORDER BY name',
    params: { part: 'love' },
    rows: [['Ada Lovelace']],
  },
  {
    cypher: 'MATCH (e:Entity) WHERE e.name =~ ".*(?i)ENGINE" RETURN count(*) AS n',
    rows: [[2]],
  },
  {
    cypher: 'MATCH (e:Person) RETURN split(e.name, " ")[0] AS first, toUpper(right(e.name, 4)) AS end ORDER BY first',
    rows: [
      ['Ada', 'LACE'],
      ['Charles', 'BAGE'],
      ['Luigi', 'BREA'],
      ['Mary', 'ILLE'],
    ],
  },
  {
    cypher: 'MATCH (e:Place) RETURN left(e.name, 3) + "..." AS short, size(e.name) AS length ORDER BY short',
    rows: [
      ['Jed...', 8],
      ['Lon...', 6],
      ['Tur...', 5],
    ],
  },
  {
    cypher: 'MATCH (e:Person) RETURN replace(e.name, " ", "_") AS id, substring(e.name, 0, 1) AS initial ORDER BY id',
    rows: [
      ['Ada_Lovelace', 'A'],
      ['Charles_Babbage', 'C'],
      ['Luigi_Menabrea', 'L'],
      ['Mary_Somerville', 'M'],
    ],
  },
  {
    cypher:
      'RETURN trim("  a ") AS a, ltrim("  b") AS b, reverse("abc") AS c, toString(1.5) AS d, toInteger("42") AS e',
    rows: [['a', 'b', 'cba', '1.5', 42]],
  },
  {
    cypher: 'MATCH (p:Passage) WHERE p.text CONTAINS "Zürich" RETURN p.text AS text',
    rows: [['Nothing else is known: 50% of it is "hearsay", as they say in Zürich.']],
  },
  {
    cypher: 'MATCH (e:Entity {key: "london"}) RETURN e.name + " (" + e.type + ")" AS caption',
    rows: [['London (place)']],
  },
  {
    cypher: 'MATCH (a:Entity {key: "ada lovelace"})-[r]->(b) RETURN type(r) AS type, b.key AS key ORDER BY type, key',
    rows: [
      ['BORN_IN', 'london'],
      ['BORN_IN', 'turin'],
      ['BORN_ON', '1815'],
      ['RELATED', 'mary somerville'],
      ['RELATED', 'paper'],
      ['RELATED', 'royal society'],
      ['WORKED_WITH', 'charles babbage'],
      ['WROTE', 'notes'],
    ],
  },
  {
    cypher:
      'MATCH (a:Entity {key: $key})<-[r]-(b:Entity) RETURN b.name AS name, type(r) AS type, r.confidence AS c ORDER BY c DESC, name',
    params: { key: 'london' },
    rows: [
      ['Charles Babbage', 'BORN_IN', 0.95],
      ['Ada Lovelace', 'BORN_IN', 0.9],
      ['Royal Society', 'LOCATED_IN', 0.8],
    ],
  },
  {
    cypher:
      'MATCH (a:Person)-[r:BORN_IN]->(b:Place) RETURN a.name AS person, b.name AS place, r.confidence AS c ORDER BY person, place',
    rows: [
      ['Ada Lovelace', 'London', 0.9],
      ['Ada Lovelace', 'Turin', 0.2],
      ['Charles Babbage', 'London', 0.95],
      ['Mary Somerville', 'Jedburgh', 0.9],
    ],
  },
  {
    cypher:
      'MATCH (a:Person)-[r:BORN_IN|LIVED_IN]->(b) RETURN a.name AS person, type(r) AS how, b.name AS place ORDER BY person, how, place',
    rows: [
      ['Ada Lovelace', 'BORN_IN', 'London'],
      ['Ada Lovelace', 'BORN_IN', 'Turin'],
      ['Charles Babbage', 'BORN_IN', 'London'],
      ['Luigi Menabrea', 'LIVED_IN', 'Turin'],
      ['Mary Somerville', 'BORN_IN', 'Jedburgh'],
    ],
  },
  {
    cypher:
      'MATCH (a)-[r:RELATED]->(b) RETURN a.key AS a, r.predicate AS predicate, b.key AS b, r.negated AS negated ORDER BY a, predicate, b',
    rows: [
      ['ada lovelace', 'be member of', 'royal society', true],
      ['ada lovelace', 'know', 'mary somerville', false],
      ['ada lovelace', 'translate', 'paper', false],
      ['analytical engine', 'finish', 'machine', true],
      ['luigi menabrea', 'describe', 'analytical engine', false],
    ],
  },
  {
    cypher: 'MATCH (a:Entity)--(b:Entity) WHERE a.key = "royal society" RETURN DISTINCT b.name AS name ORDER BY name',
    rows: [['Ada Lovelace'], ['Charles Babbage'], ['London']],
  },
  {
    cypher:
      'MATCH (p:Passage)-[m:MENTIONS]->(e:Entity {key: "analytical engine"}) RETURN p.ordinal AS ordinal, m.surface AS surface, m.spans AS spans ORDER BY p.document, ordinal',
    rows: [
      [1, 'Analytical Engine', [34, 51]],
      [1, 'Analytical Engine', [32, 49]],
      [0, 'Analytical Engine', [29, 46]],
    ],
  },
  {
    cypher:
      'MATCH (d:Document)-[:HAS_PASSAGE]->(p) RETURN d.title AS title, count(p) AS passages ORDER BY passages DESC, title',
    rows: [
      ['Charles Babbage', 3],
      ['Ada Lovelace', 2],
      ['Luigi Menabrea', 2],
      ['Rumours', 2],
      ['Empty', 1],
      ['Mary Somerville', 1],
    ],
  },
  {
    cypher:
      'MATCH (d:Document {uri: "people/babbage.txt"})-[:HAS_PASSAGE]->(p) RETURN p.ordinal AS n, left(p.text, 20) AS text ORDER BY n',
    rows: [
      [0, 'Charles Babbage was '],
      [1, 'Charles Babbage also'],
      [2, 'Babbage was a member'],
    ],
  },
  {
    cypher: 'MATCH (p:Passage)-[:NEXT]->(q) RETURN p.ordinal AS a, q.ordinal AS b, count(*) AS n ORDER BY a, b',
    rows: [
      [0, 1, 4],
      [1, 2, 1],
    ],
  },
  {
    cypher: 'MATCH (p:Passage)-[:ABOUT]->(e) RETURN e.name AS name ORDER BY name',
    rows: [['Ada Lovelace'], ['Charles Babbage'], ['Luigi Menabrea'], ['Mary Somerville']],
  },
  {
    cypher:
      'MATCH (e:Entity) RETURN e.name AS name, count { (e)<-[:MENTIONS]-() } AS passages ORDER BY passages DESC, name LIMIT 4',
    rows: [
      ['Ada Lovelace', 4],
      ['Charles Babbage', 4],
      ['Analytical Engine', 3],
      ['London', 3],
    ],
  },
  {
    cypher:
      'MATCH (a:Entity)-[r]-(b:Entity) RETURN a.name AS name, count(r) AS degree ORDER BY degree DESC, name LIMIT 3',
    rows: [
      ['Ada Lovelace', 6],
      ['Charles Babbage', 5],
      ['London', 3],
    ],
  },
  {
    cypher:
      'MATCH (a:Entity {key: "mary somerville"})-[:RELATED|WORKED_WITH*1..3]-(b:Entity) RETURN DISTINCT b.name AS name ORDER BY name',
    rows: [['Ada Lovelace'], ['Charles Babbage'], ['Royal Society']],
  },
  {
    cypher: 'MATCH (a:Entity {key: "luigi menabrea"})-[*2]-(b:Person) RETURN DISTINCT b.name AS name ORDER BY name',
    rows: [['Ada Lovelace'], ['Charles Babbage'], ['Luigi Menabrea']],
  },
  {
    cypher:
      'MATCH p = shortestPath((a:Entity {key: "jedburgh"})-[*..6]-(b:Entity {key: "royal society"})) RETURN length(p) AS steps',
    rows: [[3]],
  },
  {
    cypher:
      'MATCH p = shortestPath((a:Entity {key: "turin"})-[:BORN_IN*..4]-(b:Entity {key: "london"})) RETURN [n IN nodes(p) | n.name] AS names',
    rows: [[['Turin', 'Ada Lovelace', 'London']]],
  },
  {
    cypher:
      'MATCH p = (a:Person {key: "charles babbage"})-[:DESIGNED]->(w:Work) RETURN [r IN relationships(p) | type(r)] AS types, w.name AS work ORDER BY work',
    rows: [
      [['DESIGNED'], 'Analytical Engine'],
      [['DESIGNED'], 'Difference Engine'],
    ],
  },
  {
    cypher:
      'MATCH (a:Person)-[:BORN_IN]->(x:Place)<-[:BORN_IN]-(b:Person) WHERE a.key < b.key RETURN a.name AS a, b.name AS b, x.name AS place ORDER BY a, b, place',
    rows: [['Ada Lovelace', 'Charles Babbage', 'London']],
  },
  {
    cypher:
      'MATCH (d:Document)-[:HAS_PASSAGE]->(:Passage)-[:MENTIONS]->(e:Entity)<-[:MENTIONS]-(:Passage)<-[:HAS_PASSAGE]-(o:Document) WHERE d.uri < o.uri RETURN d.title AS a, o.title AS b, count(DISTINCT e) AS shared ORDER BY shared DESC, a, b',
    rows: [
      ['Ada Lovelace', 'Charles Babbage', 3],
      ['Ada Lovelace', 'Luigi Menabrea', 2],
      ['Luigi Menabrea', 'Rumours', 2],
      ['Ada Lovelace', 'Mary Somerville', 1],
      ['Ada Lovelace', 'Rumours', 1],
      ['Charles Babbage', 'Luigi Menabrea', 1],
      ['Charles Babbage', 'Rumours', 1],
    ],
  },
  {
    cypher: 'MATCH (p:Passage {ordinal: 0})-[:NEXT*]->(q) RETURN count(*) AS n',
    rows: [[5]],
  },
  {
    cypher:
      'MATCH p = (:Passage {ordinal: 0})-[:NEXT*0..2]->(q) RETURN length(p) AS steps, count(*) AS n ORDER BY steps',
    rows: [
      [0, 6],
      [1, 4],
      [2, 1],
    ],
  },
  {
    cypher:
      'MATCH (e:Person) OPTIONAL MATCH (e)-[:MEMBER_OF]->(o) RETURN e.name AS name, o.name AS organisation ORDER BY name',
    rows: [
      ['Ada Lovelace', null],
      ['Charles Babbage', 'Royal Society'],
      ['Luigi Menabrea', null],
      ['Mary Somerville', null],
    ],
  },
  {
    cypher:
      'MATCH (d:Document) OPTIONAL MATCH (d)-[:HAS_PASSAGE]->(p:Passage)-[:MENTIONS]->(e) RETURN d.title AS title, count(e) AS mentions ORDER BY mentions, title',
    rows: [
      ['Empty', 0],
      ['Mary Somerville', 3],
      ['Rumours', 3],
      ['Luigi Menabrea', 5],
      ['Ada Lovelace', 7],
      ['Charles Babbage', 8],
    ],
  },
  {
    cypher:
      'MATCH (e:Place) OPTIONAL MATCH (e)<-[r:BORN_IN]-(a) WITH e, collect(a.name) AS born ORDER BY e.name RETURN e.name AS place, size(born) AS n',
    rows: [
      ['Jedburgh', 1],
      ['London', 2],
      ['Turin', 1],
    ],
  },
  {
    cypher: 'MATCH (e:Person) WHERE NOT EXISTS { (e)-[:MEMBER_OF]->() } RETURN e.name AS name ORDER BY name',
    rows: [['Ada Lovelace'], ['Luigi Menabrea'], ['Mary Somerville']],
  },
  {
    cypher: 'MATCH (e:Entity) WHERE EXISTS { (e)-[:DESIGNED]->() } RETURN e.name AS name',
    rows: [['Charles Babbage']],
  },
  {
    cypher:
      'MATCH (e:Entity) WHERE EXISTS { MATCH (e)<-[r]-(p:Person) WHERE r.confidence > 0.85 } RETURN e.name AS name ORDER BY name',
    rows: [['Difference Engine'], ['Jedburgh'], ['London'], ['Royal Society']],
  },
  {
    cypher: 'MATCH (e:Entity) WHERE (e)-[:BORN_IN]->() AND NOT (e)-[:BORN_ON]->() RETURN e.name AS name ORDER BY name',
    rows: [['Charles Babbage'], ['Mary Somerville']],
  },
  {
    cypher: 'OPTIONAL MATCH (n:Entity {key: "nobody"}) RETURN n.name AS name, coalesce(n.name, "unknown") AS shown',
    rows: [[null, 'unknown']],
  },
  {
    cypher:
      'MATCH (p:Passage)-[:MENTIONS]->(e) WITH e, count(p) AS n WHERE n > 2 RETURN e.name AS name, n ORDER BY n DESC, name',
    rows: [
      ['Ada Lovelace', 4],
      ['Charles Babbage', 4],
      ['Analytical Engine', 3],
      ['London', 3],
    ],
  },
  {
    cypher:
      'MATCH (e:Entity) WITH e ORDER BY e.mentions DESC, e.key LIMIT 3 MATCH (e)<-[:MENTIONS]-(p) RETURN e.name AS name, count(DISTINCT p.document) AS documents ORDER BY name',
    rows: [
      ['Ada Lovelace', 3],
      ['Analytical Engine', 3],
      ['Charles Babbage', 2],
    ],
  },
  {
    cypher:
      'MATCH (p:Passage)-[:MENTIONS]->(e) WITH p, count(e) AS n ORDER BY n DESC, p.document, p.ordinal LIMIT 1 RETURN n',
    rows: [[4]],
  },
  {
    cypher:
      'MATCH (e:Entity) WITH e.type AS type, collect(e.name) AS names WITH type, names WHERE size(names) > 1 UNWIND names AS name RETURN type, name ORDER BY type, name',
    rows: [
      ['person', 'Ada Lovelace'],
      ['person', 'Charles Babbage'],
      ['person', 'Luigi Menabrea'],
      ['person', 'Mary Somerville'],
      ['place', 'Jedburgh'],
      ['place', 'London'],
      ['place', 'Turin'],
      ['work', 'Analytical Engine'],
      ['work', 'Difference Engine'],
    ],
  },
  {
    cypher:
      'MATCH (p:Passage)-[:MENTIONS]->(a:Entity), (p)-[:MENTIONS]->(b:Entity) WHERE a.key < b.key WITH a, b, count(p) AS n WHERE n > 1 RETURN a.name AS a, b.name AS b, n ORDER BY n DESC, a, b',
    rows: [
      ['Analytical Engine', 'Charles Babbage', 2],
      ['Charles Babbage', 'London', 2],
    ],
  },
  {
    cypher:
      'MATCH (a)-[r]->(b) WHERE r.predicate IS NOT NULL WITH a.key AS a, b.key AS b, count(DISTINCT r.document) AS sources WHERE sources = 1 RETURN count(*) AS single',
    rows: [[18]],
  },
  {
    cypher:
      'MATCH (a:Person)-[r:BORN_IN]->(b) WITH a, collect(DISTINCT b.name) AS places WHERE size(places) > 1 RETURN a.name AS person, size(places) AS n',
    rows: [['Ada Lovelace', 2]],
  },
  {
    cypher:
      'MATCH (e:Entity) WITH max(e.mentions) AS most MATCH (e:Entity {mentions: most}) RETURN e.name AS name, most ORDER BY name',
    rows: [
      ['Ada Lovelace', 4],
      ['Charles Babbage', 4],
    ],
  },
  {
    cypher: 'MATCH (d:Document) WITH d ORDER BY d.uri SKIP 1 LIMIT 2 RETURN collect(d.title) AS titles',
    rows: [[['Ada Lovelace', 'Charles Babbage']]],
  },
  {
    cypher: 'MATCH (d:Document) WHERE d.generation > $since RETURN d.title AS title ORDER BY title',
    params: { since: 1 },
    rows: [['Empty'], ['Rumours']],
  },
  {
    cypher: 'MATCH (e:Entity) RETURN DISTINCT e.documents AS n ORDER BY n',
    rows: [[1], [2], [3]],
  },
  {
    cypher:
      'MATCH (e:Entity) RETURN CASE WHEN e.mentions > 3 THEN "often" WHEN e.mentions > 1 THEN "some" ELSE "once" END AS how, count(*) AS n ORDER BY how',
    rows: [
      ['often', 2],
      ['once', 4],
      ['some', 6],
    ],
  },
  {
    cypher:
      'MATCH (d:Document) RETURN d.title AS title, CASE d.enabled WHEN true THEN "shown" ELSE "hidden" END AS state ORDER BY title',
    rows: [
      ['Ada Lovelace', 'shown'],
      ['Charles Babbage', 'shown'],
      ['Empty', 'shown'],
      ['Luigi Menabrea', 'shown'],
      ['Mary Somerville', 'hidden'],
      ['Rumours', 'shown'],
    ],
  },
  {
    cypher: 'UNWIND [3, 1, 2] AS x RETURN x, x * x AS square ORDER BY x',
    rows: [
      [1, 1],
      [2, 4],
      [3, 9],
    ],
  },
  {
    cypher: 'UNWIND range(1, 5) AS x WITH x WHERE x % 2 = 1 RETURN collect(x) AS odd',
    rows: [[[1, 3, 5]]],
  },
  {
    cypher: 'UNWIND $rows AS row MATCH (e:Entity {key: row.key}) RETURN e.name AS name, row.note AS note ORDER BY name',
    params: {
      rows: [
        { key: 'london', note: 1 },
        { key: 'turin', note: 2 },
      ],
    },
    rows: [
      ['London', 1],
      ['Turin', 2],
    ],
  },
  {
    cypher:
      'RETURN [x IN range(1, 6) WHERE x % 2 = 0 | x * 10] AS list, [1, 2, 3][0] AS first, [1, 2, 3][-1] AS last, [1, 2, 3, 4][1..3] AS middle',
    rows: [[[20, 40, 60], 1, 3, [2, 3]]],
  },
  {
    cypher:
      'RETURN head([1, 2]) AS h, last([1, 2]) AS l, tail([1, 2, 3]) AS t, size([1, 2]) AS n, reverse([1, 2]) AS r',
    rows: [[1, 2, [2, 3], 2, [2, 1]]],
  },
  {
    cypher:
      'RETURN all(x IN [1, 2] WHERE x > 0) AS a, any(x IN [1, 2] WHERE x > 1) AS b, none(x IN [1, 2] WHERE x > 2) AS c, single(x IN [1, 2] WHERE x = 1) AS d',
    rows: [[true, true, true, true]],
  },
  {
    cypher: 'RETURN reduce(total = 0, x IN [1, 2, 3] | total + x) AS sum',
    rows: [[6]],
  },
  {
    cypher: 'MATCH (e:Entity) WHERE all(s IN e.surfaces WHERE size(s) > 6) RETURN e.name AS name ORDER BY name',
    rows: [
      ['Ada Lovelace'],
      ['Algebra'],
      ['Analytical Engine'],
      ['Charles Babbage'],
      ['Difference Engine'],
      ['Jedburgh'],
      ['Luigi Menabrea'],
      ['Mary Somerville'],
      ['Royal Society'],
    ],
  },
  {
    cypher: 'MATCH (e:Entity) UNWIND e.surfaces AS surface RETURN count(surface) AS n',
    rows: [[12]],
  },
  {
    cypher: 'RETURN {a: 1, b: [true, null]} AS map, {a: 1}.a AS a',
    rows: [[{ a: 1, b: [true, null] }, 1]],
  },
  {
    cypher:
      'MATCH (e:Entity {key: "london"}) RETURN e {.name, .type, born: size([(e)<-[:BORN_IN]-(p) | p.key])} AS place',
    rows: [[{ name: 'London', type: 'place', born: 2 }]],
  },
  {
    cypher: 'RETURN 1 < 2 AND NOT 2 < 1 AS a, 1 = 1.0 AS b, null IS NULL AS c, 7 / 2 AS d, 7 % 2 AS e, 2 ^ 3 AS f',
    rows: [[true, true, true, 3, 1, 8]],
  },
  {
    cypher: 'RETURN abs(-1) AS a, ceil(1.2) AS b, floor(1.8) AS c, sign(-2) AS d, sqrt(9.0) AS e, round(2.5) AS f',
    rows: [[1, 2, 1, -1, 3, 3]],
  },
  {
    cypher:
      'RETURN date("2020-01-31") AS day, toString(date("2020-01-31")) AS text, date("2020-02-01") > date("2020-01-31") AS later',
    rows: [['2020-01-31', '2020-01-31', true]],
  },
  {
    cypher:
      'MATCH (d:Document) WHERE d.date IS NOT NULL WITH d, date(d.date) AS day WHERE day < date("2021-01-01") RETURN d.title AS title, day ORDER BY day',
    rows: [
      ['Ada Lovelace', '2020-01-05'],
      ['Charles Babbage', '2020-03-01'],
    ],
  },
  {
    cypher:
      'MATCH (d:Document) WHERE d.date IS NOT NULL RETURN substring(d.date, 0, 4) AS year, count(*) AS n ORDER BY year',
    rows: [
      ['2020', 2],
      ['2021', 1],
      ['2022', 1],
    ],
  },
  {
    cypher: 'MATCH (d:Document) RETURN d.title AS name UNION MATCH (e:Person) RETURN e.name AS name',
    rows: [['Ada Lovelace'], ['Charles Babbage'], ['Empty'], ['Luigi Menabrea'], ['Mary Somerville'], ['Rumours']],
    unordered: true,
  },
  {
    cypher: 'MATCH (e:Work) RETURN e.name AS name UNION ALL MATCH (e:Work) RETURN e.name AS name',
    rows: [['Analytical Engine'], ['Analytical Engine'], ['Difference Engine'], ['Difference Engine']],
    unordered: true,
  },
  {
    cypher:
      'MATCH (e:Person) CALL { WITH e MATCH (e)-[r]->() RETURN count(r) AS out } RETURN e.name AS name, out ORDER BY name',
    rows: [
      ['Ada Lovelace', 8],
      ['Charles Babbage', 4],
      ['Luigi Menabrea', 2],
      ['Mary Somerville', 2],
    ],
  },
  {
    cypher:
      'CALL { MATCH (e:Entity) RETURN e ORDER BY e.mentions DESC, e.key LIMIT 2 } RETURN e.name AS name ORDER BY name',
    rows: [['Ada Lovelace'], ['Charles Babbage']],
  },
  {
    cypher:
      'MATCH (a)-[r:WROTE]->(b) MATCH (p:Passage {id: r.passage}) RETURN a.name AS subject, b.name AS object, substring(p.text, r.start, r.end - r.start) AS evidence',
    rows: [
      [
        'Ada Lovelace',
        'notes',
        'Ada Lovelace wrote notes on the Analytical Engine and corresponded with Charles Babbage.',
      ],
    ],
  },
  {
    cypher: 'MATCH (a)-[r]->(b) WHERE r.hedged RETURN a.name AS a, type(r) AS type, b.name AS b ORDER BY a, type, b',
    rows: [
      ['Ada Lovelace', 'BORN_IN', 'Turin'],
      ['Luigi Menabrea', 'LIVED_IN', 'Turin'],
    ],
  },
  {
    cypher:
      'MATCH (a)-[r]->(b) WHERE r.confidence < 0.5 RETURN r.predicate AS predicate, r.confidence AS c ORDER BY c, predicate',
    rows: [
      ['be born in', 0.2],
      ['finish', 0.4],
    ],
  },
  {
    cypher:
      'MATCH (p:Passage)-[m:MENTIONS]->(e:Entity {key: "turin"}) RETURN substring(p.text, m.spans[0], m.spans[1] - m.spans[0]) AS text ORDER BY p.document',
    rows: [['Turin'], ['Turin']],
  },
  {
    cypher: 'MATCH (e:Entity {key: "jedburgh"}) RETURN e',
    rows: [
      [
        {
          kind: 'node',
          id: 'e:jedburgh',
          labels: ['Entity', 'Place'],
          properties: {
            collection: 'c',
            documents: 1,
            key: 'jedburgh',
            mentions: 1,
            name: 'Jedburgh',
            passages: 1,
            surfaces: ['Jedburgh'],
            type: 'place',
          },
        },
      ],
    ],
  },
  {
    cypher:
      'MATCH (:Entity {key: "mary somerville"})-[r:STUDIED]->() RETURN type(r) AS t, r.predicate AS p, r.extractor AS x, r.position AS n',
    rows: [['STUDIED', 'study', 'rules/1', 1]],
  },
  {
    cypher: 'MATCH (e:Entity {key: "jedburgh"}) RETURN size(labels(e)) AS labels, size(keys(e)) AS keys',
    rows: [[2, 8]],
  },
];
