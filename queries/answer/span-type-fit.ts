/** How well the type of a span agrees with the class of answer that a question asks for. */
import type { SpanType } from './find-spans.js';
import type { AnswerClass } from './question-lexicon.js';

/** 1 agrees, .5 may, 0 does not speak, -1 contradicts. */
type Fit = 1 | 0.5 | 0 | -1;

const SURE: Readonly<Record<AnswerClass, readonly SpanType[]>> = {
  person: ['person'],
  organisation: ['organisation'],
  place: ['place', 'country'],
  country: ['country'],
  nationality: ['nationality', 'country'],
  date: ['date'],
  year: ['year'],
  number: ['number'],
  duration: ['number'],
  work: ['work'],
  thing: [],
  reason: ['clause'],
  'yes-no': [],
};

const MAYBE: Readonly<Record<AnswerClass, readonly SpanType[]>> = {
  person: ['name', 'organisation'],
  organisation: ['name', 'work'],
  place: ['name', 'organisation', 'nationality'],
  country: ['place', 'nationality', 'name'],
  nationality: ['place', 'name'],
  date: ['year'],
  year: ['date', 'number'],
  number: ['chunk'],
  duration: ['chunk', 'date', 'year'],
  work: ['name'],
  thing: ['chunk', 'name', 'work', 'organisation', 'event', 'person', 'place', 'clause'],
  reason: ['chunk'],
  'yes-no': [],
};

const VALUES: ReadonlySet<SpanType> = new Set(['date', 'year', 'number']);
const TEXT: ReadonlySet<SpanType> = new Set(['chunk', 'clause']);

/** Agreement of a span's type with a class of answer. */
export function typeFit(wanted: AnswerClass, type: SpanType): Fit {
  if (SURE[wanted].includes(type)) return 1;
  if (MAYBE[wanted].includes(type)) return 0.5;
  if (wanted === 'thing' || wanted === 'reason') return 0;
  const wantsValue = wanted === 'date' || wanted === 'year' || wanted === 'number' || wanted === 'duration';
  if (wantsValue !== VALUES.has(type)) return -1;
  return TEXT.has(type) ? -1 : 0;
}
