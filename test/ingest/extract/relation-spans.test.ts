import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { RelationEnd } from '../../../graph-schema/index.js';
import { createExtractor } from '../../../ingest/extract/extractor.js';
import { describePassage } from '../../../src/graph/describe-passage.js';
import { nameKey } from '../../../src/graph/name-key.js';

const extractor = createExtractor();
const TITLE = 'Harald Østby (painter)';

const NAMES = [
  'Harald Østby',
  'Østby',
  'Bergen',
  'University of Oslo',
  'Æsir-Verein',
  'the U.S.',
  'Ἀθῆναι',
  'Édith Piaf',
  'O’Brien',
  '北京',
  'محمد',
];
const WORDS =
  'painter museum in of by the a an his which who that was is be born founded directed not never may reportedly on from married wife daughter and or but not to'.split(
    ' ',
  );
const OTHER = [
  '5 May 1821',
  '1984',
  '19th century',
  '$3.5 million',
  '12%',
  '3,000 people',
  '(',
  ')',
  ',',
  ';',
  '—',
  '"',
  '“',
  '”',
  "'s",
  '’s',
  ' - ',
  '\uFEFF',
  '\u200f',
  '\u0000',
  '\uFFFD',
  '😀',
  'e\u0301',
  '. The',
  '. It',
  '.\n\n',
];

/** Texts near enough to prose that clauses, brackets and names come together in every order. */
const prose = fc
  .array(
    fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom(...NAMES) },
      { weight: 5, arbitrary: fc.constantFrom(...WORDS) },
      { weight: 3, arbitrary: fc.constantFrom(...OTHER) },
    ),
    { maxLength: 60 },
  )
  .map((parts) => parts.join(' '));

function check(text: string): void {
  const passage = { title: TITLE, context: '', text, ordinal: 0, language: 'en' };
  const described = describePassage(passage);
  const { relations, runs } = extractor.extract({ ...passage, ...described });
  assert.deepEqual(
    runs.map(({ span }) => span),
    described.runs.map(({ span }) => span),
  );
  const surfaces = new Set(relations.flatMap(({ subject, object }) => [subject, object]).map(({ surface }) => surface));
  for (const { subject, object, evidence, confidence, predicate } of relations) {
    assert.ok(confidence > 0 && confidence <= 1);
    assert.equal(predicate, predicate.trim().toLowerCase());
    assert.notEqual(predicate, '');
    assert.ok(0 <= evidence[0] && evidence[0] < evidence[1] && evidence[1] <= text.length);
    for (const end of [subject, object]) checkEnd(end);
    assert.notEqual(subject.key, object.key);

    function checkEnd({ span, surface, key }: RelationEnd): void {
      assert.notEqual(key, '');
      if (span === undefined) {
        assert.equal(surface, 'Harald Østby');
        return;
      }
      assert.ok(evidence[0] <= span[0] && span[0] < span[1] && span[1] <= evidence[1]);
      const written = text.slice(span[0], span[1]);
      if (written === surface) return;
      // a pronoun or "the painter" in place of the document's subject or of a name that the text states elsewhere
      assert.ok(
        surface === 'Harald Østby' || (surfaces.has(surface) && text.includes(surface)),
        `${written} for ${surface}`,
      );
      assert.match(written, /^(?:he|him|his|she|her|it|its|they|them|their|(?:the )?painter)$/i);
    }
  }
  for (const { subject } of relations)
    if (subject.surface === 'Harald Østby') assert.equal(subject.key, nameKey('Harald Østby'));
}

describe('spans of relations', () => {
  it('lie in the text, slice to the surface, and stand in the evidence', () => {
    fc.assert(fc.property(prose, check), { numRuns: 400, seed: 11 });
  });

  it('hold for any string', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), check), { numRuns: 200, seed: 12 });
  });

  it('do not depend on what was extracted before', () => {
    const passage = {
      title: TITLE,
      context: '',
      text: 'Harald Østby was born in Bergen. He married Édith Piaf.',
      ordinal: 0,
      language: 'en',
    };
    const input = { ...passage, ...describePassage(passage) };
    const first = extractor.extract(input);
    extractor.extract({ ...input, text: 'Édith Piaf left. She sang.', runs: [], sentences: [0, 16, 17, 26] });
    assert.deepEqual(extractor.extract(input), first);
    assert.deepEqual(createExtractor().extract(input), first);
  });
});
