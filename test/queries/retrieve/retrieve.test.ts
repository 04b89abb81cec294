import assert from 'node:assert/strict';
import { retrieve } from '../../../queries/retrieve/retrieve.js';
import { scratchOf } from '../../../queries/retrieve/scratch.js';
import { loadStaticEmbedder } from '../../../src/models/static-embedder.js';
import { handRanker, smallSet } from './small-set.js';

const lexical = handRanker({ own: 1 });
const hopping = handRanker({ own: 3, anc: 3, in: 3, inrel: 3, bB: 1 });

async function context(ranker = hopping) {
  const { index, lines, set } = await smallSet();
  const embedder = await loadStaticEmbedder();
  const ask = async (question: string, k = 12, allowed?: Uint8Array) => {
    const found = await retrieve({ index, embedder, ranker }, question, { k, allowed });
    return { ...found, ids: found.hits.map(({ passage }) => lines[index.documentOf[passage]!]!) };
  };
  return { index, lines, set, embedder, ask };
}

describe('retrieve', () => {
  it('follows a link to a document that shares no word with what the question asks of it', async () => {
    const question = 'Who was the husband of the founder of the Harbour Museum?';
    const { ask, lines, index } = await context();
    const { ids, hits } = await ask(question);
    assert.equal(ids[0], 'museum');
    assert.ok(ids.indexOf('dunne') <= 2, ids.join(' '));
    const dunne = hits[ids.indexOf('dunne')]!;
    assert.equal(lines[index.documentOf[dunne.via!.passage]!], 'museum');
    assert.equal(dunne.via!.kind, 'link');
    const plain = await (await context(lexical)).ask(question);
    assert.ok(plain.ids.indexOf('dunne') > ids.indexOf('dunne') || plain.ids.indexOf('dunne') === -1);
  });

  it('finds a document without text by its title', async () => {
    const { ask } = await context();
    assert.equal((await ask('colza oil lamp notes')).ids[0], 'empty');
  });

  it('names the entities of the question with their characters, and its terms with idf', async () => {
    const { ask, index } = await context();
    const question = 'Where was the designer of Grey Head Light born?';
    const { entities, terms } = await ask(question);
    assert.deepEqual(
      entities.map(({ key, start, end }) => [key, question.slice(start, end)]),
      [['grey head light', 'Grey Head Light']],
    );
    assert.deepEqual(
      terms.map(({ stem, entity }) => `${stem}${entity ? '*' : ''}`),
      ['design', 'grey*', 'head*', 'light*', 'born'],
    );
    for (const { df, idf } of terms) assert.equal(idf, Math.log(1 + (index.passageCount - df + 0.5) / (df + 0.5)));
  });

  it('sees nothing outside the passages allowed, not even on the way', async () => {
    const { ask, index, lines, set } = await context();
    const banned = ['museum', 'brandt'];
    const allowed = Uint8Array.from(index.documentOf, (d) => (banned.includes(lines[d]!) ? 0 : 1));
    for (const { question } of set.questions) {
      const { ids, hits } = await ask(question, 12, allowed);
      for (const id of banned) assert.ok(!ids.includes(id), `${question}: ${id}`);
      for (const { via } of hits) assert.ok(via === undefined || allowed[via.passage] === 1);
    }
  });

  it('ranks the same with everything allowed as without bounds, and twice in a row', async () => {
    const { ask, index, set } = await context();
    for (const { question } of set.questions) {
      const first = await ask(question);
      assert.deepEqual((await ask(question)).hits, first.hits);
      assert.deepEqual((await ask(question, 12, new Uint8Array(index.passageCount).fill(1))).hits, first.hits);
    }
  });

  it('never shows passages of a disabled document', async () => {
    const { index, lines, embedder } = await context();
    const enabled = index.enabled.slice();
    enabled[lines.indexOf('museum')] = 0;
    const without = Object.create(index, { enabled: { value: enabled } }) as typeof index;
    const { hits } = await retrieve({ index: without, embedder, ranker: hopping }, 'Who founded the Harbour Museum?', {
      k: 12,
    });
    assert.ok(hits.length > 0);
    for (const { passage } of hits) assert.notEqual(lines[index.documentOf[passage]!], 'museum');
  });

  it('gives its scratch back all zero', async () => {
    const { ask, index, set } = await context();
    for (const { question } of set.questions) await ask(question);
    const { slot, slots, termSlot, walk } = scratchOf(index);
    for (const array of [slot, slots.mark, termSlot, walk]) assert.ok(array.every((x) => x === 0));
  });

  it('answers a question without any known word from the vectors alone', async () => {
    const { ask } = await context();
    const { hits, signals } = await ask('zzyzx qwfp');
    assert.equal(signals.bestPassageCoverage, 0);
    for (const { features } of hits) assert.ok(features.every(Number.isFinite));
    assert.ok((await ask('')).hits.every(({ features }) => features.every(Number.isFinite)));
  });

  it('stops when the signal is aborted', async () => {
    const { index, embedder } = await context();
    const reason = new Error('enough');
    await assert.rejects(
      retrieve({ index, embedder, ranker: hopping }, 'eel', { k: 1, signal: AbortSignal.abort(reason) }),
      reason,
    );
  });
});
