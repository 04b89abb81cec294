/** Evidence of pages written in a test, as if retrieval had ranked them in their order. */
import type { Mention } from '../../../graph-schema/index.js';
import { analyseQuestion } from '../../../queries/answer/analyse-question.js';
import { buildEvidence, type Evidence, type HitRecord, stemsOf } from '../../../queries/answer/evidence.js';
import { nameKey } from '../../../src/graph/name-key.js';
import { tokenise } from '../../../src/text/index.js';

export interface Page {
  readonly title: string;
  readonly text: string;
  /** Names in the text, with a type when they have one; the title's own entity is always mentioned. */
  readonly names?: Readonly<Record<string, Mention['type']>>;
  readonly type?: Mention['type'];
  /** Headings and table header. */
  readonly context?: string;
}

function mentionsOf({ title, text, names = {}, type = 'other' }: Page): Mention[] {
  const spans = (name: string): [number, number][] =>
    [...text.matchAll(new RegExp(name, 'g'))].map((match) => [match.index, match.index + name.length]);
  return Object.entries({ [title]: type, ...names }).map(([surface, kind]) => ({
    key: nameKey(surface),
    surface,
    type: kind,
    spans: spans(surface),
    about: surface === title,
  }));
}

/** Evidence of pages in the order of their rank. */
export async function evidenceOf(question: string, pages: readonly Page[]): Promise<Evidence> {
  const analysis = await analyseQuestion(question, []);
  const records = pages.map(
    (page, i): HitRecord => ({
      hit: { passage: i, passageId: `p${i}`, documentId: `d${i}`, score: -i, features: new Float64Array(0) },
      record: {
        id: `p${i}`,
        documentId: `d${i}`,
        ordinal: 0,
        start: 0,
        end: page.text.length,
        text: page.text,
        context: page.context ?? '',
      },
      document: {
        id: `d${i}`,
        uri: `${i}.txt`,
        title: page.title,
        mediaType: 'text/plain',
        contentHash: '',
        size: 1,
        metadata: {},
        tags: [],
        enabled: true,
        ingestedAt: '',
        warnings: [],
      },
      mentions: mentionsOf(page),
    }),
  );
  const terms = [...new Set(stemsOf(tokenise(question), 'en'))].filter((stem) => stem !== '');
  return buildEvidence(
    analysis,
    {
      question,
      hits: records.map(({ hit }) => hit),
      entities: [],
      terms: terms.map((stem) => ({ stem, idf: 1, df: 1, entity: false })),
      signals: {
        bestPassageCoverage: 0,
        bestSentenceCoverage: 0,
        titledNameShare: 0,
        margin: 0,
        linkedShare: 0,
        knownEntities: 0,
        foreign: 0,
        length: 0.5,
      },
      vector: new Float32Array(0),
      timings: {},
    },
    records,
  );
}
