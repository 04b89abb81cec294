/** Speakers of a dialogue written as lines "Name: what is said", for whom "I" and "my" stand. */
import type { RelationEnd } from '../../graph-schema/index.js';
import { nameKey } from '../../src/graph/name-key.js';

export interface Speaker {
  /** First character of what is said. */
  readonly from: number;
  readonly end: RelationEnd;
}

const LINE = /(?:^|\n)\s*(\p{Lu}[\p{L}\p{N}_.-]{1,30}(?: \p{Lu}[\p{L}\p{N}_.-]{0,30}){0,2}):\s/gu;
/** Labels that open a line without speaking. */
const LABELS = new Set(
  'time date note notes summary subject from to re cc example title question answer abstract keywords source warning tip'.split(
    ' ',
  ),
);

/** Speakers of a text in order; none for prose. */
export function speakersOf(text: string): Speaker[] {
  if (!text.includes(': ')) return [];
  const speakers: Speaker[] = [];
  for (const match of text.matchAll(LINE)) {
    const surface = match[1]!;
    const key = nameKey(surface);
    if (key === '' || LABELS.has(key)) continue;
    speakers.push({ from: match.index + match[0].length, end: { key, surface, kind: 'entity', type: 'person' } });
  }
  return speakers;
}
