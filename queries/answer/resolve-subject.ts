/** Whom a sentence speaks of when it opens with a pronoun: "He was born in ..." in an article on Victor Hugo. */
import type { EntityType } from '../../graph-schema/index.js';
import { bareTitle, type EvidenceSentence } from './evidence.js';

export interface ResolvedSubject {
  /** Characters of the sentence that the name stands for. */
  readonly start: number;
  readonly end: number;
  readonly name: string;
}

const PERSONAL = /^(?:He|She)\b/;
const POSSESSIVE = /^(?:His|Her)\b(?=\s+\p{L})/u;
const THING =
  /^(?:It|This|They)\b(?=\s+(?:is|was|were|are|has|had|have|became|also|lies|stands|holds|contains|covers|runs|flows|belongs|serves|borders|[a-z]+ed)\b)/;
const THING_POSSESSIVE = /^(?:Its|Their)\b/;
const NOUN =
  /^The (?:film|movie|song|album|book|novel|series|band|company|village|town|city|river|school|university|club|team|journal|magazine|game|organi[sz]ation|museum|church|episode|single|show)\b(?=\s+(?:is|was|were|are|has|had|have|[a-z]+ed)\b)/;

/** Last name of the wanted kind that the passage mentions before the sentence. */
function lastMention(sentence: EvidenceSentence, types: ReadonlySet<EntityType>): string | undefined {
  let at = -1;
  let name: string | undefined;
  for (const mention of sentence.passage.mentions) {
    if (!types.has(mention.type)) continue;
    for (const [start, end] of mention.spans) {
      if (end <= sentence.start && start > at) {
        at = start;
        name = sentence.passage.record.text.slice(start, end);
      }
    }
  }
  return name;
}

const PERSONS: ReadonlySet<EntityType> = new Set(['person']);

/** The name to show in brackets in place of the sentence's opening pronoun, or undefined when there is none to resolve. */
export function resolveSubject(sentence: EvidenceSentence): ResolvedSubject | undefined {
  const { passage, text } = sentence;
  const about = passage.mentions.find((mention) => mention.about && mention.key === passage.titleKey);
  const title = bareTitle(passage.document.title);
  const titleType = about?.type ?? 'other';
  const titled = title !== '' && /^[\p{Lu}\p{Lt}\p{Lo}\p{N}]/u.test(title);
  const personal = PERSONAL.exec(text) ?? POSSESSIVE.exec(text);
  if (personal !== null) {
    const owner = /^(?:His|Her)/.test(personal[0]) ? "'s" : '';
    const name =
      titled && (titleType === 'person' || (titleType === 'other' && about !== undefined))
        ? title
        : lastMention(sentence, PERSONS);
    return name === undefined ? undefined : { start: 0, end: personal[0].length, name: name + owner };
  }
  const thing = THING.exec(text) ?? THING_POSSESSIVE.exec(text) ?? NOUN.exec(text);
  if (thing === null || !titled || titleType === 'person' || about === undefined || sentence.index === 0)
    return undefined;
  const owner = /^(?:Its|Their)/.test(thing[0]) ? "'s" : '';
  return { start: 0, end: thing[0].length, name: title + owner };
}
