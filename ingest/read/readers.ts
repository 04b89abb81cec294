/** All readers. A new format is one file and one line here. */
import { csvReader } from './csv-reader.js';
import { docxReader } from './docx-reader.js';
import { htmlReader } from './html-reader.js';
import { jsonReader } from './json-reader.js';
import { jsonlReader } from './jsonl-reader.js';
import { markdownReader } from './markdown-reader.js';
import { pdfReader } from './pdf-reader.js';
import type { Reader } from './reader.js';
import { textReader } from './text-reader.js';
import { zipReader } from './zip-reader.js';

export const READERS: readonly Reader[] = [
  textReader,
  markdownReader,
  htmlReader,
  pdfReader,
  docxReader,
  csvReader,
  jsonReader,
  jsonlReader,
  zipReader,
];
