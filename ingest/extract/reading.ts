/** What one sentence is read with, and what several of its readers do. */
import type { Chunk, NounPhrase } from './chunk.js';
import type { EndSource, RelationSink } from './relation-sink.js';
import type { EndResolver } from './resolve-end.js';
import type { Marks } from './sentence-tokens.js';
import type { TaggedTokens } from './tagger.js';

export interface Reading {
  readonly tokens: TaggedTokens;
  readonly marks: Marks;
  readonly chunks: readonly Chunk[];
  readonly sink: RelationSink;
  readonly resolver: EndResolver;
}

/** Lower-case words of tokens without punctuation. */
export function wordsOf(t: TaggedTokens, from: number, to: number): string {
  const words: string[] = [];
  for (let i = from; i < to; i++) if (/[\p{L}\p{N}]/u.test(t.word[i]!)) words.push(t.word[i]!);
  return words.join(' ');
}

/** States head noun, demonyms and year of a predicate noun phrase. */
export function describe(
  { marks, sink, resolver }: Reading,
  source: EndSource,
  object: NounPhrase,
  claim: { readonly confidence: number; readonly from: number; readonly hedged: boolean },
): void {
  const said = { ...claim, from: Math.min(claim.from, object.from), to: object.to };
  if (object.to - object.from > 1 && object.kind === 'noun') {
    sink.add(
      source,
      { kind: 'noun', from: object.head, to: object.to, determiner: object.determiner, head: object.head },
      { ...said, predicate: 'be' },
    );
  }
  for (let i = object.from; i < object.head; i++) {
    const name = marks.names[i];
    const date = marks.dates[i]!;
    if (date > 0 && date <= object.head) {
      sink.add(
        source,
        { kind: 'date', from: i, to: date, determiner: '', head: date - 1 },
        { ...said, predicate: 'be from', confidence: claim.confidence * 0.8 },
      );
    } else if (name !== undefined && name.from === i) {
      const phrase: NounPhrase = {
        kind: 'name',
        from: name.from,
        to: name.to,
        determiner: '',
        head: name.to - 1,
        name,
      };
      if (resolver.isDemonym(phrase))
        sink.add(source, phrase, { ...said, predicate: 'be from', confidence: claim.confidence * 0.9 });
      i = name.to - 1;
    }
  }
}
