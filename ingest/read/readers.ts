/** All readers. A new format is one file and one line here. */
import { jsonlReader } from './jsonl-reader.js';
import { markdownReader } from './markdown-reader.js';
import type { Reader } from './reader.js';
import { textReader } from './text-reader.js';

export const READERS: readonly Reader[] = [textReader, markdownReader, jsonlReader];
