// Makes what Neo4j Browser reads: its style sheet, from the colours of pictures, and the query book as saved queries.
// `npm run build` first, then `node scripts/make-browser-files.mjs`; a test compares what is committed with what it makes.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { bookPage, browserArchive, browserQueries, browserStyle } from '../dist/queries/browser-files.js';
import { readQueryBook } from '../dist/queries/query-book.js';
import { assetPath, packageRoot, queryBookPath } from '../dist/src/assets.js';

writeFileSync(assetPath('neo4j-browser.grass'), browserStyle());
const folder = assetPath('neo4j-browser-queries');
mkdirSync(folder, { recursive: true });
for (const old of readdirSync(folder)) rmSync(`${folder}/${old}`);
for (const [file, text] of browserQueries(await readQueryBook(queryBookPath())))
  writeFileSync(`${folder}/${file}`, text);
writeFileSync(assetPath('neo4j-browser-queries.zip'), browserArchive(await readQueryBook(queryBookPath())));
writeFileSync(`${packageRoot()}/docs/query-book.md`, bookPage(await readQueryBook(queryBookPath())));
