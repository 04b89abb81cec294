/** A benchmark folder: `corpus.jsonl` ({id, title, text}) and `questions.jsonl` ({id, question, supporting_ids, ...}). */
import { readFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { type Judgements, sample } from '../../queries/evaluate/index.js';
import { SourceError } from '../../src/errors.js';

export interface BenchDocument {
  readonly id: string;
  readonly title: string;
  readonly text: string;
}

export interface BenchQuestion {
  readonly id: string;
  readonly question: string;
  /** Grades of the supporting documents; 1 where none is given. */
  readonly judgements: Judgements;
  readonly answers: readonly string[];
}

export interface BenchSet {
  /** Base name of the folder. */
  readonly name: string;
  readonly folder: string;
  readonly documents: readonly BenchDocument[];
  /** Questions with at least one supporting document in the corpus. */
  readonly questions: readonly BenchQuestion[];
  /** Questions whose list of supporting documents is empty: the corpus does not answer them. */
  readonly unanswerable: readonly { readonly id: string; readonly question: string }[];
}

type Line = Readonly<Record<string, unknown>>;

async function readLines(path: string): Promise<Line[]> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    throw new SourceError('BENCH_FILE_MISSING', `${path} cannot be read.`, {
      place: { uri: path },
      remedy: 'A benchmark folder holds corpus.jsonl and questions.jsonl.',
      cause,
    });
  }
  const lines: Line[] = [];
  text.split('\n').forEach((line, i) => {
    if (line.trim() === '') return;
    try {
      lines.push(JSON.parse(line) as Line);
    } catch (cause) {
      throw new SourceError('BENCH_LINE_INVALID', `${path}, line ${i + 1} is not JSON.`, {
        place: { uri: path, line: i + 1 },
        remedy: 'Write one JSON object a line.',
        cause,
      });
    }
  });
  return lines;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
}

function gradesOf(line: Line): Readonly<Record<string, unknown>> {
  const grades = line['relevance'] ?? line['grades'];
  return typeof grades === 'object' && grades !== null ? (grades as Readonly<Record<string, unknown>>) : {};
}

function questionOf(line: Line, known: ReadonlySet<string>): BenchQuestion {
  const ids = Array.isArray(line['supporting_ids']) ? line['supporting_ids'].map(text) : [];
  const grades = gradesOf(line);
  const judgements = new Map<string, number>();
  for (const id of ids) {
    if (!known.has(id)) continue;
    const grade = grades[id];
    judgements.set(id, typeof grade === 'number' ? grade : 1);
  }
  const answers = Array.isArray(line['answers']) ? line['answers'].map(text) : [];
  return { id: text(line['id']), question: text(line['question']), judgements, answers };
}

/**
 * Loads a folder. Questions without any supporting document of the corpus are left out; `limit` then draws a sample.
 * @throws SourceError naming file and line
 */
export async function loadBenchSet(folder: string, limit?: number, seed = 0): Promise<BenchSet> {
  const documents = (await readLines(join(folder, 'corpus.jsonl'))).map(
    (line): BenchDocument => ({ id: text(line['id']), title: text(line['title']), text: text(line['text']) }),
  );
  const known = new Set(documents.map(({ id }) => id));
  const lines = await readLines(join(folder, 'questions.jsonl'));
  const unanswerable = lines
    .filter((line) => Array.isArray(line['supporting_ids']) && line['supporting_ids'].length === 0)
    .map((line) => ({ id: text(line['id']), question: text(line['question']) }));
  const questions = lines
    .map((line) => questionOf(line, known))
    .filter(({ judgements }) => [...judgements.values()].some((grade) => grade > 0));
  return {
    name: basename(resolve(folder)),
    folder,
    documents,
    questions: limit === undefined ? questions : sample(questions, limit, seed),
    unanswerable,
  };
}
