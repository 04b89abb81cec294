import assert from 'node:assert/strict';
import { chooseSentences } from '../../../queries/answer/choose-sentences.js';
import { evidencePath } from '../../../queries/answer/evidence-path.js';
import { findSpans } from '../../../queries/answer/find-spans.js';
import { findSubject } from '../../../queries/answer/find-subject.js';
import { resolveSubject } from '../../../queries/answer/resolve-subject.js';
import { evidenceOf, type Page } from './pages.js';

const LIGHT: Page = {
  title: 'Skerrow Light',
  text: 'Skerrow Light stands on the Halvard Coast. It was designed by Tobias Renn and painted by Bo Lund.',
  names: { 'Halvard Coast': 'place', 'Tobias Renn': 'person', 'Bo Lund': 'person' },
};
const RENN: Page = {
  title: 'Tobias Renn',
  type: 'person',
  text: 'Tobias Renn was an engineer of the Halvard Coast. He was born in Port Ellery.',
  names: { 'Halvard Coast': 'place', 'Port Ellery': 'place' },
};
const LUND: Page = {
  title: 'Bo Lund',
  type: 'person',
  text: 'Bo Lund was born in Tolland.',
  names: { Tolland: 'place' },
};

describe('findSubject', () => {
  it('crosses the bridge that the question names, not the other one', async () => {
    const evidence = await evidenceOf('Where was the designer of Skerrow Light born?', [LUND, LIGHT, RENN]);
    const bridges = evidence.question.relations.filter((relation) => relation.role === 'bridge');
    const subject = findSubject(evidence, 'Skerrow Light', bridges);
    assert.equal(subject.complete, true);
    assert.deepEqual(
      subject.passages.map((passage) => passage.document.title),
      ['Tobias Renn'],
    );
    assert.deepEqual(
      subject.links.map((link) => link.index),
      [1],
    );
  });

  it('says when no sentence leads on', async () => {
    const stranger: Page = { title: 'Edda Kovic', type: 'person', text: 'Edda Kovic was born in Tolland.' };
    const evidence = await evidenceOf('Where was the designer of Skerrow Light born?', [stranger, LIGHT]);
    const bridges = evidence.question.relations.filter((relation) => relation.role === 'bridge');
    assert.equal(findSubject(evidence, 'Skerrow Light', bridges).complete, false);
  });
});

describe('chooseSentences', () => {
  it('takes the sentence that leads to the next document before the one that answers, whatever their ranks', async () => {
    const evidence = await evidenceOf('Where was the designer of Skerrow Light born?', [RENN, LUND, LIGHT]);
    const chosen = chooseSentences(evidence).map((sentence) => sentence.text);
    assert.deepEqual(chosen.slice(0, 2), [
      'It was designed by Tobias Renn and painted by Bo Lund.',
      'He was born in Port Ellery.',
    ]);
  });
});

describe('evidencePath', () => {
  it('goes by the named entity rather than by one that merely stands in both, and is the same every time', async () => {
    const evidence = await evidenceOf('Where was the designer of Skerrow Light born?', [LIGHT, RENN]);
    const chosen = chooseSentences(evidence);
    const path = evidencePath(evidence, chosen);
    assert.deepEqual(
      path.map((step) => step.id),
      ['question', 'e:skerrow light', 'p0', 'e:tobias renn', 'p1'],
    );
    assert.deepEqual(evidencePath(evidence, chosen), path);
  });

  it('reaches a passage by words alone when nothing is named', async () => {
    const evidence = await evidenceOf('what holds boats', [
      { title: 'Harbours', text: 'a harbour holds boats in storms.' },
    ]);
    const path = evidencePath(evidence, chooseSentences(evidence));
    assert.deepEqual(
      path.map((step) => step.kind),
      ['question', 'passage'],
    );
    assert.equal(path[1]?.why, 'shares "holds", "boats" with the question');
  });
});

describe('resolveSubject', () => {
  const resolved = async (page: Page, index: number): Promise<string | undefined> => {
    const evidence = await evidenceOf('who', [page]);
    return resolveSubject(evidence.passages[0]!.sentences[index]!)?.name;
  };

  it('reads a person’s pronoun as the person the document is about', async () => {
    assert.equal(await resolved(RENN, 1), 'Tobias Renn');
    assert.equal(
      await resolved({ ...RENN, text: 'Tobias Renn was an engineer of note. His mother was a nurse.' }, 1),
      "Tobias Renn's",
    );
  });

  it('reads it as the last person named when the document is about something else', async () => {
    const page: Page = {
      title: 'Tolland Pier',
      type: 'place',
      text: 'The pier was drawn by Bo Lund. He was born at sea.',
      names: { 'Bo Lund': 'person' },
    };
    assert.equal(await resolved(page, 1), 'Bo Lund');
  });

  it('does not guess when no person was named', async () => {
    const page: Page = {
      title: 'Tolland Pier',
      type: 'place',
      text: 'The pier is of wood and stone. He was born at sea.',
    };
    assert.equal(await resolved(page, 1), undefined);
  });

  it('reads "it" as a thing, never as a person', async () => {
    assert.equal(await resolved(LIGHT, 1), 'Skerrow Light');
    assert.equal(await resolved({ ...RENN, text: 'Tobias Renn drew a plan of it. It was lost at sea.' }, 1), undefined);
  });
});

describe('findSpans', () => {
  const typed = async (text: string, names: Page['names'] = {}): Promise<string[]> => {
    const evidence = await evidenceOf('what', [{ title: 'T', text, names }]);
    return evidence.passages[0]!.sentences.flatMap((sentence) =>
      findSpans(sentence, () => false, 'none').map((span) => `${span.type}:${span.text}`),
    );
  };

  it('finds dates, years and numbers as whole values', async () => {
    const spans = await typed(
      'On 12 March 1990 and in June 1871 some 1,204 people and 3.5 million fish left; 45% returned in 1999.',
    );
    for (const span of [
      'date:12 March 1990',
      'date:June 1871',
      'number:1,204',
      'number:3.5 million',
      'number:45%',
      'year:1999',
    ]) {
      assert.ok(spans.includes(span), `${span} in ${spans.join(' | ')}`);
    }
  });

  it('takes the types of mentions, and knows countries and nationalities', async () => {
    const spans = await typed('Bo Lund was a Norwegian painter who died in Sweden.', { 'Bo Lund': 'person' });
    for (const span of ['person:Bo Lund', 'nationality:Norwegian', 'country:Sweden'])
      assert.ok(spans.includes(span), span);
  });

  it('joins a place with the one that holds it', async () => {
    assert.ok((await typed('He died in Hollywood, California.')).includes('place:Hollywood, California'));
  });

  it('gives spans that are exactly the characters of the sentence', async () => {
    const evidence = await evidenceOf('what', [
      { title: 'T', text: 'Élise Żak (born 1 May 1900, in “São Tomé”) was a naïve painter – 林书豪 said.' },
    ]);
    for (const sentence of evidence.passages[0]!.sentences) {
      for (const span of findSpans(sentence, () => true, 'all'))
        assert.equal(sentence.text.slice(span.start, span.end), span.text);
    }
  });
});
