/** Small generated worlds: documents that name each other, so that a change of one changes the mentions of others. */
import fc from 'fast-check';

const NAMES = [
  'Ada Lark',
  'Port Brin',
  'Marrow Institute of Tides (MIT)',
  'The Glass River',
  'Tamsin Vale (poet)',
  'Oslo, Norway',
  'Καλλιόπη Ρήγα',
];
const PLAIN = NAMES.map((name) => name.replace(/ \(.*\)|,.*$/g, ''));
const CLAUSES = [
  'was born in 1912 in',
  'founded',
  'is a harbour town on the coast of',
  'wrote a long poem about',
  'never visited',
  'met the engineer of',
];

const sentence = fc
  .tuple(fc.nat(PLAIN.length - 1), fc.nat(CLAUSES.length - 1), fc.nat(PLAIN.length - 1))
  .map(([subject, clause, object]) => `${PLAIN[subject]} ${CLAUSES[clause]} ${PLAIN[object]}.`);

const body = fc.array(sentence, { minLength: 1, maxLength: 6 }).map((sentences) => sentences.join(' '));

const page = fc
  .tuple(fc.constantFrom(...NAMES), body, body)
  .map(([title, first, second]) => `# ${title}\n\n${first}\n\n## Later\n\n${second}\n`);

const records = fc
  .uniqueArray(fc.tuple(fc.nat(4), fc.constantFrom(...NAMES), body), { maxLength: 4, selector: ([id]) => id })
  .chain((rows) => fc.tuple(fc.constant(rows), fc.nat(6)))
  .map(([rows, broken]) => {
    const lines = rows.map(([id, title, text]) => JSON.stringify({ id: `r${id}`, title, text }));
    // Of some files one line is cut off: it fails alone.
    return lines.map((line, i) => `${i === broken ? line.slice(0, -9) : line}\n`).join('');
  });

/** A file of a folder held as a map. */
export interface HeldFile {
  readonly content: string;
  readonly modified: Date;
}

/** One change of a folder: a file written anew (perhaps as something that cannot be read), touched, or gone. */
export interface Edit {
  readonly uri: string;
  readonly content: string | 'touched' | 'gone';
}

const edit: fc.Arbitrary<Edit> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      uri: fc.constantFrom('w/a.md', 'w/b.md', 'w/c.md', 'w/sub/d.md'),
      content: fc.oneof({ weight: 6, arbitrary: page }, fc.constant(''), fc.constant('%PDF-1.7 cut')),
    }),
  },
  { weight: 2, arbitrary: fc.record({ uri: fc.constantFrom('w/rows.jsonl', 'w/sub/more.jsonl'), content: records }) },
  {
    weight: 3,
    arbitrary: fc.record({
      uri: fc.constantFrom('w/a.md', 'w/b.md', 'w/c.md', 'w/sub/d.md', 'w/rows.jsonl', 'w/sub/more.jsonl'),
      content: fc.constantFrom('gone', 'gone', 'touched'),
    }),
  },
);

/** Edits of one step, made between two runs. */
export const steps: fc.Arbitrary<Edit[][]> = fc.array(fc.array(edit, { minLength: 1, maxLength: 4 }), {
  minLength: 1,
  maxLength: 5,
});

/** Applies the edits of a step to a folder; what is written or touched gets the date of the step. */
export function applyEdits(folder: Map<string, HeldFile>, edits: readonly Edit[], step: number): void {
  const modified = new Date(Date.UTC(2020, 0, 1 + step));
  for (const { uri, content } of edits) {
    const held = folder.get(uri);
    if (content === 'gone') folder.delete(uri);
    else if (content !== 'touched') folder.set(uri, { content, modified });
    else if (held !== undefined) folder.set(uri, { ...held, modified });
  }
}
