import assert from 'node:assert/strict';
import fc from 'fast-check';
import { embedPassages, type PassageToEmbed } from '../../../ingest/pipeline/embed-passages.js';
import { loadStaticEmbedder } from '../../../src/models/static-embedder.js';

const passage: fc.Arbitrary<PassageToEmbed> = fc
  .tuple(fc.lorem({ maxCount: 3 }), fc.array(fc.lorem({ maxCount: 8 }), { maxLength: 4 }))
  .map(([title, parts]) => {
    const sentences: number[] = [];
    let text = '';
    for (const part of parts) {
      sentences.push(text.length, text.length + part.length);
      text += `${part} `;
    }
    return { title, text: text.trimEnd(), sentences };
  });

describe('embedPassages', () => {
  it('gives the same rows through the passage method and through batches of texts', async () => {
    const embedder = await loadStaticEmbedder();
    const batched = {
      id: embedder.id,
      dimensions: embedder.dimensions,
      embed: (texts: readonly string[]) => embedder.embed(texts),
    };
    await fc.assert(
      fc.asyncProperty(fc.array(passage, { maxLength: 90 }), async (passages) => {
        const rows = await embedPassages(passages, embedder);
        assert.deepEqual(rows, await embedPassages(passages, batched));
        assert.deepEqual(
          rows.map(({ scale }) => scale.length),
          passages.map(({ sentences }) => 1 + sentences.length / 2),
        );
      }),
      { numRuns: 20 },
    );
  });
});
