/**
 * What Neo4j Browser reads: a style sheet (GraSS) of one colour a type with names as captions, and the query book as saved
 * queries; and the page of the book. All are made of what the rest of hopwise uses, so that they cannot drift from it.
 */
import { TYPE_LABELS } from '../graph-schema/property-graph.js';
import type { CypherParam } from '../src/index.js';
import { TYPE_STYLES } from './graph/index.js';
import type { BookParam, BookQuery } from './query-book.js';
import { storedZip } from './stored-zip.js';

/** Share of black mixed into a fill for its border. */
const BORDER = 0.22;

function mixed(colour: string, black: number): string {
  const channels = [1, 3, 5].map((at) => Math.round(Number.parseInt(colour.slice(at, at + 2), 16) * (1 - black)));
  return `#${channels.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
}

/** Black or white, whichever reads better on the colour (relative luminance of WCAG 2). */
export function inkOn(colour: string): string {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  const luminance = 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
  return (luminance + 0.05) / 0.05 > 1.05 / (luminance + 0.05) ? '#000000' : '#ffffff';
}

function rule(selector: string, properties: Readonly<Record<string, string>>): string {
  const lines = Object.entries(properties).map(([name, value]) => `  ${name}: ${value};`);
  return `${selector} {\n${lines.join('\n')}\n}\n`;
}

function node(label: string, fill: string, diameter: number, caption: string, fontSize = 10): string {
  return rule(`node.${label}`, {
    color: fill,
    'border-color': mixed(fill, BORDER),
    'border-width': '2px',
    'text-color-internal': inkOn(fill),
    diameter: `${diameter}px`,
    caption: `"{${caption}}"`,
    'font-size': `${fontSize}px`,
  });
}

function relationship(selector: string, colour: string, caption: string): string {
  return rule(selector, {
    color: colour,
    'shaft-width': '1px',
    'font-size': '8px',
    padding: '3px',
    'text-color-external': '#000000',
    'text-color-internal': inkOn(colour),
    caption: `"${caption}"`,
  });
}

/**
 * Pixels, so that two short words fit into an entity and the beginning of a sentence into a passage. No two may differ by
 * 14: of a curved arrow between two such nodes Browser (5.24) divides by nothing and draws none.
 */
const DIAMETERS = { collection: 90, document: 80, entity: 64, passage: 60, value: 52 } as const;
const PASSAGE_FONT = 6;
const LINE = '#a5abb6';
const PALE_LINE = '#d3d7de';

/** Later rules win where a node has several labels: the type's stand behind `Entity` and `Value`. */
export function browserStyle(): string {
  const labels = Object.entries(TYPE_LABELS).flatMap(([type, label]) =>
    label === undefined ? [] : [{ label, ...TYPE_STYLES[type as keyof typeof TYPE_LABELS] }],
  );
  const { collection, document, entity, passage, value } = DIAMETERS;
  return [
    node('Collection', TYPE_STYLES.question.fill, collection, 'name'),
    node('Document', TYPE_STYLES.document.fill, document, 'title'),
    node('Passage', TYPE_STYLES.passage.fill, passage, 'text', PASSAGE_FONT),
    node('Value', TYPE_STYLES.other.fill, value, 'name'),
    node('Entity', TYPE_STYLES.other.fill, entity, 'name'),
    ...labels.map(({ label, fill }) => node(label, fill, entity, 'name')),
    ...labels.map(({ label }) => rule(`node.Value.${label}`, { diameter: `${value}px` })),
    relationship('relationship', LINE, '<type>'),
    relationship('relationship.RELATED', LINE, '{predicate}'),
    ...['MENTIONS', 'ABOUT', 'HAS_PASSAGE', 'NEXT'].map((type) =>
      relationship(`relationship.${type}`, PALE_LINE, '<type>'),
    ),
  ].join('');
}

/** Cypher of a value. */
function literal(value: CypherParam): string {
  if (typeof value === 'string') return `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
  return Array.isArray(value) ? `[${value.map(literal).join(', ')}]` : JSON.stringify(value);
}

function asked({ name, default: value, type, text }: BookParam, at: number): string {
  if (value !== undefined) return `// ${literal(value)}: ${text}`;
  const [example, what] =
    type === 'key'
      ? [at === 0 ? 'ines marlowe' : 'tobias renn', `${text} Its key: lower case, no leading article.`]
      : ['be born in', text];
  return `// First run, on a line of its own: :param ${name} => '${example}'\n//   ${what}`;
}

/**
 * Files by name: Browser shows the first comment of each as its name. Each is one statement, for of several Browser shows
 * no rows; so what has a default stands in the statement, and only what must be given is a parameter, set beforehand.
 */
export function browserQueries(book: readonly BookQuery[]): ReadonlyMap<string, string> {
  return new Map(
    book.map((query) => {
      const { name, title, question, notes, params, cypher } = query;
      const values = new Map<string, CypherParam>([['collection', 'default']]);
      for (const { name: param, default: value } of params) if (value !== undefined) values.set(param, value);
      const statement = cypher.replaceAll(/\$(\w+)/g, (written, param: string) => {
        const value = values.get(param);
        return value === undefined ? written : literal(value);
      });
      const lines = [
        `// ${title}`,
        `// ${question}`,
        ...notes.map((note) => `// ${note}`),
        "// 'default': the collection.",
        ...params.map(asked),
        `${statement};`,
      ];
      return [`${name}.cypher`, `${lines.join('\n')}\n`];
    }),
  );
}

/** The same in one archive: Browser takes one file at a time, and shows the archive's folder as one of its own. */
export function browserArchive(book: readonly BookQuery[]): Uint8Array {
  return storedZip([...browserQueries(book)].map(([file, text]) => [`hopwise/${file}`, text] as const));
}

/** The page of the query book, in Markdown. */
export function bookPage(book: readonly BookQuery[]): string {
  const cell = (text: string): string => text.replaceAll('|', '\\|');
  const rows = book.map(({ name, title, question, params, only }) => {
    const given = params.map(({ name: param, default: value }) => (value === undefined ? `**${param}**` : param));
    return `| \`${name}\` | ${cell(title)} | ${cell(question)}${only === undefined ? '' : ` (${only.engine} only)`} | ${given.join(', ')} |`;
  });
  return `# Query book

${book.length} Cypher queries that analysts ask of every graph, in \`queries/book\`. All only read, all give an order, and all give equal rows on
the embedded store and on Neo4j (\`test/queries/book/book.neo4j.test.ts\`).

\`\`\`sh
hopwise book list
hopwise book show timeline                                   # what it takes and gives, and its Cypher
hopwise book run timeline --param entity="Tobias Renn"
hopwise book run documents-alike --param limit=10 --format csv
\`\`\`

Parameters that are the name of an entity are given as written: the command turns them into its key. In bold: must be given.

| name | title | answers | parameters |
|---|---|---|---|
${rows.join('\n')}

Drop \`assets/neo4j-browser.grass\` onto Neo4j Browser and it shows the graph in the colours of pictures, with names as captions;
drop \`assets/neo4j-browser-queries.zip\` (or a single file of the folder of that name) and the book stands among its favourites, in
the folder \`hopwise\`. What has a default stands in the script; what must be given is set by \`:param\` beforehand, as its first
lines say. \`hopwise serve\` gives both under \`/browser/style.grass\` and \`/browser/queries.zip\`. They are made, as this page, by \`node scripts/make-browser-files.mjs\`, of the
colours of pictures and of the book.

## A query of your own

Put a file beside the others. Its header is its documentation, and what checks its parameters:

\`\`\`
// title: Timeline of an entity
// question: What is dated of an entity, in the order of years?
// note: As many as needed.
// param entity key: Name of the entity.
// param limit integer = 100: Rows at most.
// column year: The first number of four digits in the date, or null.
// example: hopwise book run timeline --param entity="Tobias Renn"
\`\`\`

Types: \`string\`, \`string[]\`, \`integer\`, \`float\`, \`boolean\`, \`key\`. A query that only one engine can run says
\`// only: neo4j, because ...\`. [Which Cypher works on both](cypher-dialect.md).
`;
}
