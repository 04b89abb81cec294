/** A small collection whose every node and relationship is known, for what Cypher must answer. */
import type { EntityType, Relation } from '../../graph-schema/index.js';
import type { WriterLease } from '../../src/ports/index.js';
import { EMBEDDER, type Made, type MentionSpec, made, put } from './fixtures.js';

const TYPES: Readonly<Record<string, EntityType>> = {
  'ada lovelace': 'person',
  'charles babbage': 'person',
  'luigi menabrea': 'person',
  'mary somerville': 'person',
  'analytical engine': 'work',
  'difference engine': 'work',
  'royal society': 'organisation',
  london: 'place',
  turin: 'place',
  jedburgh: 'place',
  '1815': 'date',
  algebra: 'other',
};

interface Sentence {
  readonly text: string;
  /** Surfaces as in the text; lower case gives the key. */
  readonly names: readonly string[];
  /** "subject|predicate|object" by surface, confidence and flags behind. */
  readonly says?: readonly string[];
  readonly about?: readonly string[];
  readonly context?: string;
  readonly page?: number;
}

interface Source {
  readonly uri: string;
  readonly title: string;
  readonly date?: string;
  readonly tags: readonly string[];
  readonly enabled?: boolean;
  readonly metadata?: Readonly<Record<string, string | number | boolean>>;
  readonly passages: readonly Sentence[];
}

const SOURCES: readonly Source[] = [
  {
    uri: 'people/ada.txt',
    title: 'Ada Lovelace',
    date: '2020-01-05',
    tags: ['history', 'people'],
    metadata: { year: 2020, reviewed: true },
    passages: [
      {
        text: 'Ada Lovelace was born in London in 1815. Ada Lovelace knew Mary Somerville.',
        names: ['Ada Lovelace', 'London', '1815', 'Mary Somerville'],
        about: ['Ada Lovelace'],
        says: [
          'Ada Lovelace|be born in|London|0.9',
          'Ada Lovelace|be born on|1815|0.8',
          'Ada Lovelace|know|Mary Somerville|0.7',
        ],
      },
      {
        text: 'Ada Lovelace wrote notes on the Analytical Engine and corresponded with Charles Babbage.',
        names: ['Ada Lovelace', 'Analytical Engine', 'Charles Babbage'],
        says: ['Ada Lovelace|write|notes|0.6', 'Ada Lovelace|work with|Charles Babbage|0.75'],
      },
    ],
  },
  {
    uri: 'people/babbage.txt',
    title: 'Charles Babbage',
    date: '2020-03-01',
    tags: ['history', 'people'],
    passages: [
      {
        text: 'Charles Babbage was born in London. He designed the Difference Engine.',
        names: ['Charles Babbage', 'London', 'Difference Engine'],
        about: ['Charles Babbage'],
        says: ['Charles Babbage|be born in|London|0.95', 'Charles Babbage|design|Difference Engine|0.9'],
      },
      {
        text: 'Charles Babbage also designed the Analytical Engine, which was never finished.',
        names: ['Charles Babbage', 'Analytical Engine'],
        says: ['Charles Babbage|design|Analytical Engine|0.85', 'Analytical Engine|finish|machine|0.4|negated'],
      },
      {
        text: 'Babbage was a member of the Royal Society in London.',
        names: ['Charles Babbage', 'Royal Society', 'London'],
        page: 2,
        says: ['Charles Babbage|be member of|Royal Society|0.9', 'Royal Society|be located in|London|0.8'],
      },
    ],
  },
  {
    uri: 'people/menabrea.md',
    title: 'Luigi Menabrea',
    date: '2021-07-14',
    tags: ['people', 'translation'],
    passages: [
      {
        text: 'Luigi Menabrea described the Analytical Engine after lectures in Turin.',
        names: ['Luigi Menabrea', 'Analytical Engine', 'Turin'],
        about: ['Luigi Menabrea'],
        context: 'Life > Lectures',
        says: ['Luigi Menabrea|describe|Analytical Engine|0.7', 'Luigi Menabrea|live in|Turin|0.5|hedged'],
      },
      {
        text: 'Ada Lovelace translated the paper of Luigi Menabrea.',
        names: ['Ada Lovelace', 'Luigi Menabrea'],
        context: 'Life > Translation',
        says: ['Ada Lovelace|translate|paper|0.65'],
      },
    ],
  },
  {
    uri: 'people/somerville.txt',
    title: 'Mary Somerville',
    tags: ['people'],
    enabled: false,
    passages: [
      {
        text: 'Mary Somerville was born in Jedburgh and studied algebra.',
        names: ['Mary Somerville', 'Jedburgh', 'Algebra'],
        about: ['Mary Somerville'],
        says: ['Mary Somerville|be born in|Jedburgh|0.9', 'Mary Somerville|study|Algebra|0.6'],
      },
    ],
  },
  {
    uri: 'rumours.txt',
    title: 'Rumours',
    date: '2022-11-30',
    tags: [],
    passages: [
      {
        text: 'Some say that Ada Lovelace was born in Turin. Ada Lovelace was not a member of the Royal Society.',
        names: ['Ada Lovelace', 'Turin', 'Royal Society'],
        says: ['Ada Lovelace|be born in|Turin|0.2|hedged', 'Ada Lovelace|be member of|Royal Society|0.7|negated'],
      },
      { text: 'Nothing else is known: 50% of it is "hearsay", as they say in Zürich.', names: [] },
    ],
  },
  { uri: 'empty.txt', title: 'Empty', tags: [], passages: [{ text: 'A passage without names.', names: [] }] },
];

/** The documents of the collection, as the pipeline would store them. */
export function lensCorpus(collection: string): readonly Made[] {
  return SOURCES.map(({ passages, ...source }) =>
    made(collection, { ...source, passages: passages.map((sentence) => ({ ...sentence, ...said(sentence) })) }),
  );
}

/** Makes the collection in two writes: generation 1 without, generation 2 with the last two documents. */
export async function fillCorpus(lease: WriterLease, collection: string): Promise<void> {
  const documents = lensCorpus(collection);
  await lease.createCollection(collection, EMBEDDER);
  await lease.commit(collection, put(documents.slice(0, 4)));
  await lease.commit(
    collection,
    put(documents.slice(4), {
      failures: [
        {
          uri: 'broken.pdf',
          code: 'BROKEN',
          message: 'no text',
          remedy: 'none',
          contentHash: '',
          failedAt: '2026-01-01',
        },
      ],
    }),
  );
}

function said({ text, names, says = [], about = [] }: Sentence) {
  const mentions = names.map((name): MentionSpec => {
    const start = text.indexOf(name);
    return {
      key: keyOf(name),
      surface: name,
      type: TYPES[keyOf(name)] ?? 'other',
      spans: start < 0 ? [] : [[start, start + name.length]],
      about: about.includes(name),
    };
  });
  return { mentions, relations: says.map((statement) => relationOf(statement, text)) };
}

function relationOf(statement: string, text: string): Relation {
  const [subject = '', predicate = '', object = '', confidence, flag] = statement.split('|');
  const subjectType = TYPES[keyOf(subject)];
  const objectType = TYPES[keyOf(object)];
  return {
    subject: { key: keyOf(subject), surface: subject, kind: 'entity', ...(subjectType && { type: subjectType }) },
    predicate,
    object: { key: keyOf(object), surface: object, kind: 'entity', ...(objectType && { type: objectType }) },
    evidence: [0, text.length],
    confidence: Number(confidence),
    negated: flag === 'negated',
    hedged: flag === 'hedged',
  };
}

function keyOf(name: string): string {
  return name.toLowerCase();
}
