/** Names and order of the numbers that the span scorer sees. */
import type { SpanType } from './find-spans.js';
import type { AnswerClass } from './question-lexicon.js';

export const TYPES: readonly SpanType[] = [
  'person',
  'organisation',
  'place',
  'country',
  'work',
  'event',
  'name',
  'nationality',
  'date',
  'year',
  'number',
  'chunk',
  'clause',
];
export const CLASSES: readonly AnswerClass[] = [
  'person',
  'organisation',
  'place',
  'country',
  'nationality',
  'date',
  'year',
  'number',
  'duration',
  'work',
  'thing',
  'reason',
];

export const SPAN_FEATURES = [
  'fit', // agreement of type and question, -1..1
  ...TYPES.map((type) => `type:${type}`),
  ...CLASSES.map((name) => `class:${name}`),
  'words', // tokens of the span
  'asked', // share of its words that the question holds
  'titled', // share of its words that the passage's title holds
  'isTitle',
  'rank', // of the passage
  'weight', // exp(score - best)
  'named', // the question names the document
  'depth', // hops from the question, 4: no way
  'linkBridge', // bridge words in the sentence that leads here
  'linkTarget',
  'linkNear', // closeness of a bridge word to this document's name there
  'subject', // the document is what the question asks about, by its first name and bridge words
  'subjectKnown', // such a document was found
  'about', // the sentence opens with the title's name or a pronoun
  'passageCoverage',
  'sentence', // position in the passage
  'coverage',
  'titledCoverage',
  'targetCoverage',
  'bridgeCoverage',
  'sentenceScore',
  'sentenceRank',
  'near', // idf share of question words close by
  'target', // closeness of a word of the asked relation, 0..1
  'targetBefore', // tokens since the last such word, at most 20
  'targetAfter', // tokens to the next one, at most 20
  'bridge', // closeness of a bridge word
  'closest', // the closest word before that speaks of any relation is of the one asked: 1, of another: 0, none: .5
  'focusIn', // the asked noun is in the span
  'focusNear', // or within three tokens
  'nameNear', // closeness of a word of a question name
  'namesLeft', // such a word stands before
  'prevBy',
  'prevIn', // in, at, on, from, to
  'prevOf',
  'prevBe', // is, was, are, were, the, a, an after them
  'prevAnd',
  'prevOpen', // opening bracket
  'prevDash',
  'prevComma',
  'nextClose', // closing bracket
  'nextComma',
  'nextEnd', // end of the sentence or of a clause
  'inBrackets',
  'order', // which one of its type in the sentence
  'position', // token position over the sentence's tokens
  'birth', // the question asks for a birth and so on
  'death',
  'bornNear',
  'diedNear',
  'passagesWith', // share of evidence passages that hold the span's text
  'relations', // target relation words in the question
  'hasBridge',
  'alone', // share of the question's terms that sentence and title cover, words of one relation for one term
  'paired', // with the best sentence of another document that shares a name
  'pairGain',
  'beyond', // what other passages on the span's name add: much for a hop between
  'residual', // of what the leading sentence leaves open
  'form', // 1: the question word is the subject, .5: is or was follows it
  'firstBefore', // tokens since the question's first telling word after its question word, at most 20
  'firstAfter',
  'lastBefore', // the same of its last word
  'lastAfter',
  'runBefore', // words of the question in their order that end right before the span
  'runAfter', // and that begin right after it
  'focusBefore', // tokens since the noun asked for
  'focusAfter',
  'focusEnds', // the span ends with it
  'clauseCoverage', // idf share of question terms in the span's clause, outside the span
  'prevContent', // a content word stands right before, without punctuation
  'nextContent',
  'nextOf',
  'nextIn', // in, at, on, from, to, for, by
  'nextBe', // is, was, are, were, has, had
  'nextAnd',
  'kind', // a document on the span's name says in its first sentence that it is what is asked for; -1: it does not
  'capital', // the span begins with a capital
] as const;

export const SPAN_WIDTH = SPAN_FEATURES.length;
