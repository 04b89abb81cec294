/** Sentence vectors of passages, int8: row 0 the title, then one row a sentence, read under the title. */
import { quantise } from '../../src/models/quantise.js';
import type { Embedder, QuantisedVectors } from '../../src/ports/index.js';

export interface PassageToEmbed {
  readonly title: string;
  readonly text: string;
  /** Flat sentence spans of the text. */
  readonly sentences: readonly number[];
}

/** Texts of one call to an embedder that has no passage method. */
const TEXTS_A_CALL = 256;

/**
 * Embeds passages, in order.
 * @throws ModelError when the embedder fails
 */
export async function embedPassages(
  passages: readonly PassageToEmbed[],
  embedder: Embedder,
  signal?: AbortSignal,
): Promise<QuantisedVectors[]> {
  const { dimensions } = embedder;
  if (embedder.embedPassage !== undefined) {
    return passages.map((passage) => {
      const rows = new Float32Array((1 + passage.sentences.length / 2) * dimensions);
      embedder.embedPassage?.(passage.title, sentencesOf(passage), rows, 0);
      return quantise(rows, dimensions);
    });
  }
  const texts = passages.flatMap(textsOf);
  const rows = new Float32Array(texts.length * dimensions);
  for (let from = 0; from < texts.length; from += TEXTS_A_CALL) {
    const slice = texts.slice(from, from + TEXTS_A_CALL);
    rows.set(await embedder.embed(slice, 'passage', signal), from * dimensions);
  }
  let at = 0;
  return passages.map((passage) => {
    const from = at;
    at += (1 + passage.sentences.length / 2) * dimensions;
    return quantise(rows.subarray(from, at), dimensions);
  });
}

function sentencesOf({ text, sentences }: PassageToEmbed): string[] {
  const found: string[] = [];
  for (let i = 0; i < sentences.length; i += 2) found.push(text.slice(sentences[i]!, sentences[i + 1]!));
  return found;
}

function textsOf(passage: PassageToEmbed): string[] {
  return [passage.title, ...sentencesOf(passage).map((sentence) => `${passage.title}\n${sentence}`)];
}
