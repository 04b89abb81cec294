import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import type { TaggedTokens } from '../../../ingest/extract/tagger.js';
import { loadTagger } from '../../../ingest/extract/tagger.js';

const TEXTS = [
  "He holds a bachelor's degree, and a second bachelor's, from King's College; she can't, won't and cannot study.",
  "It's a bachelor's, isn't it? McDonald's (see U.S.A. v. Smith) opened in 1912, \"the first\" of 3,000.",
  "The colour-blind poet's well-known 2012 Olympics cost $5m.\n\nDon't ask:\thttp://a.example/b?c=d or a@b.example.",
  'Zürich-based Ελένη wrote «Tide Tables»\u00a0— a 19th-century novel, unlike e.g. Vol. 2; \u201cquoted\u201d.',
];

const read = (tokens: TaggedTokens): unknown =>
  Array.from({ length: tokens.count }, (_, i) => [
    tokens.value[i],
    tokens.word[i],
    tokens.pos[i],
    tokens.lemma(i),
    tokens.start[i],
    tokens.end[i],
  ]);

describe('tagger', () => {
  it('says the same of a text whatever it read before', () => {
    const forwards = loadTagger();
    const backwards = loadTagger();
    const first = TEXTS.map((text) => read(forwards(text)));
    const again = TEXTS.map((text) => read(forwards(text)));
    const last = [...TEXTS].reverse().map((text) => read(backwards(text)));
    assert.deepEqual(again, first);
    assert.deepEqual(last.reverse(), first);
  });

  it('gives the offsets of each token in the text', () => {
    const tagger = loadTagger();
    for (const text of TEXTS) {
      const { count, value, word, start, end } = tagger(text);
      for (let i = 0; i < count; i++) {
        assert.equal(text.slice(start[i], end[i]), value[i]);
        assert.equal(word[i], value[i]!.toLowerCase());
      }
    }
  });

  it('cuts and tags as a wink-nlp that has read nothing else', () => {
    const require = createRequire(import.meta.url);
    const winkNlp = require('wink-nlp') as typeof import('wink-nlp').default;
    const model = require('wink-eng-lite-web-model') as typeof import('wink-eng-lite-web-model').default;
    const nlp = winkNlp(model, ['pos']);
    const tagger = loadTagger();
    // Words that it meets once: of those that come again it says what it says of them now.
    for (const text of ['She was born in Oslo, and left it for the U.S. in 1912.', "The cat's tail wasn't cut off!"]) {
      const tokens = nlp.readDoc(text).tokens();
      const mine = tagger(text);
      assert.deepEqual(mine.value, tokens.out(nlp.its.value));
      assert.deepEqual(mine.pos, tokens.out(nlp.its.pos));
      const lemmas = tokens.out(nlp.its.lemma as Parameters<typeof tokens.out>[0]);
      assert.deepEqual(
        mine.value.map((_, i) => mine.lemma(i)),
        lemmas,
      );
    }
  });
});
