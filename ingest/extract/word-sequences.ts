/** Word sequences that the chunker takes as one: complex prepositions, "such as", "more than". */
import type { TaggedTokens } from './tagger.js';

export type SequenceKind = 'preposition' | 'example' | 'about';

const LISTS: Readonly<Record<SequenceKind, string>> = {
  preposition:
    'according to|as part of|as a result of|as a member of|as one of|at the end of|at the beginning of|at the age of|at the time of|' +
    'because of|by means of|by way of|due to|ahead of|in front of|in association with|in addition to|in charge of|' +
    'in terms of|in honor of|in honour of|in collaboration with|in cooperation with|in favor of|in favour of|' +
    'in memory of|in support of|in response to|in spite of|in contrast to|in conjunction with|in place of|' +
    'in partnership with|in opposition to|in the middle of|in the center of|in the centre of|in accordance with|' +
    'instead of|on behalf of|on the basis of|on top of|on account of|out of|prior to|with respect to|with regard to|' +
    'north of|south of|east of|west of|northeast of|northwest of|southeast of|southwest of',
  // what follows is one more of what stands before
  example: 'as well as|such as|including|like',
  // what follows is a number, less exactly
  about:
    'more than|less than|fewer than|as many as|as much as|as few as|up to|at least|at most|over|about|around|' +
    'approximately|nearly|almost',
};

interface Sequence {
  readonly kind: SequenceKind;
  readonly words: readonly string[];
}

const SEQUENCES = new Map<string, Sequence[]>();
for (const kind of ['example', 'about', 'preposition'] as const) {
  for (const phrase of LISTS[kind].split('|')) {
    const words = phrase.split(' ');
    SEQUENCES.set(words[0]!, [...(SEQUENCES.get(words[0]!) ?? []), { kind, words }]);
  }
}

/** The sequences that stand at token `i`, examples first. */
export function sequencesAt(t: TaggedTokens, i: number, limit: number): readonly Sequence[] {
  const candidates = SEQUENCES.get(t.word[i]!);
  if (candidates === undefined) return NONE;
  return candidates.filter(
    ({ words }) => i + words.length <= limit && words.every((word, n) => t.word[i + n] === word),
  );
}

const NONE: readonly Sequence[] = [];
