/** Types of the names of a passage, by their own form and close context. */
import type { EntityType, Run } from '../../graph-schema/index.js';
import { lexicon, typeOfNoun } from './lexicon.js';
import type { DocumentSubject } from './subject.js';

const TITLES =
  /^(?:mr|mrs|ms|miss|dr|prof|professor|sir|dame|lord|lady|king|queen|prince|princess|pope|saint|st|president|general|captain|colonel|lieutenant|sergeant|senator|rev|reverend|emperor|empress|duke|count|baron)\.?$/;
const ORGANISATION_LAST =
  /^(?:inc|ltd|llc|plc|gmbh|corp|corporation|company|co|fc|afc|university|college|institute|party|club|association|committee|records|airlines|airways|group|bank|church|orchestra|band|agency|ministry|department|council|foundation|federation|union|league|society|academy|school|army|navy|press|studios|entertainment|pictures|network|court|parliament|congress|senate|police|hospital|museum)$/;
const PLACE_LAST =
  /^(?:city|river|county|island|islands|lake|mountain|mountains|valley|bay|street|road|avenue|square|park|bridge|castle|palace|airport|station|province|state|republic|kingdom|ocean|sea|desert|peninsula|district|village|town|hills|hill|creek|beach|cathedral|stadium|tower|house|hall|canal|forest|gulf|coast|strait|falls)$/;
const PLACE_FIRST = /^(?:mount|lake|cape|fort|port|river|saint|san|santa|north|south|east|west|new|isle)$/;
const EVENT_LAST =
  /^(?:war|wars|battle|olympics|festival|championship|championships|cup|revolution|treaty|massacre|crisis|conference|games|rebellion|uprising|siege|earthquake|hurricane|awards|expedition|crusade)$/;
const PLACE_BEFORE = /(?:^|\s)(?:in|near|at|from|towards|outside|across|through)\s+(?:the\s+)?$/i;
const NOUN_BEFORE = /(\p{Ll}[\p{Ll}-]+)\s+["“'‘`]*$/u;
const NOUN_AFTER = /^["”'’]*,\s+(?:an?|the)\s+([^,.;()]{3,60})/u;

/** The same runs in the same order with types. */
export function typeRuns(text: string, runs: readonly Run[], subject: DocumentSubject, language: string): Run[] {
  const told = new Map<string, EntityType>();
  const types = runs.map((run) => {
    const surface = text.slice(run.span[0], run.span[1]);
    const type =
      run.type ??
      typeOfForm(surface, subject) ??
      (language === 'en' ? typeOfContext(text, run.span[0], run.span[1], surface) : undefined);
    if (type !== undefined && !told.has(surface)) told.set(surface, type);
    return { run, surface, type };
  });
  return types.map(({ run, surface, type }) => {
    const final = type ?? told.get(surface);
    return final === undefined ? run : { span: run.span, type: final };
  });
}

/** Type by the name's own words. */
export function typeOfForm(surface: string, subject: DocumentSubject): EntityType | undefined {
  const { places, organisations, given } = lexicon();
  const lower = surface.toLowerCase().replace(/[’]/g, "'");
  if (lower === subject.surface.toLowerCase()) return subject.type;
  const words = lower.split(/[\s]+/);
  const first = words[0]!.replace(/\.$/, '');
  const last = words[words.length - 1]!.replace(/\.$/, '');
  if (places.has(lower)) return 'place';
  if (organisations.has(lower)) return 'organisation';
  if (words.length > 1) {
    if (EVENT_LAST.test(last) || /^(?:battle|siege|treaty|war) of\b/.test(lower)) return 'event';
    if (
      ORGANISATION_LAST.test(last) ||
      /^(?:university|college|institute|ministry|department|bank|church) of\b/.test(lower)
    )
      return 'organisation';
    if (PLACE_LAST.test(last)) return 'place';
    if (TITLES.test(first) && first !== 'saint' && first !== 'st') return 'person';
    if (given.has(first) && words.length < 5 && !PLACE_FIRST.test(first) && !places.has(last)) return 'person';
    if (PLACE_FIRST.test(first) && /^(?:mount|lake|cape|fort|port)$/.test(first)) return 'place';
  }
  return undefined;
}

function typeOfContext(text: string, from: number, to: number, surface: string): EntityType | undefined {
  const before = text.slice(Math.max(0, from - 40), from);
  const after = text.slice(to, to + 80);
  const noun = NOUN_BEFORE.exec(before);
  if (noun !== null) {
    const type = typeOfNoun(noun[1]!);
    if (type !== undefined) return type;
  }
  const appositive = NOUN_AFTER.exec(after);
  if (appositive !== null) {
    const words = appositive[1]!.split(/\s+(?:of|in|from|who|which|that|for|at|by|on|to|and)\b/)[0]!.split(/\s+/);
    const type = typeOfNoun(words[words.length - 1]!.toLowerCase());
    if (type !== undefined) return type;
  }
  if (/\b(?:Mr|Mrs|Ms|Dr|Prof|Sir|Lord|Lady|Gen|Col|Capt)\.?\s$/.test(before)) return 'person';
  if (PLACE_BEFORE.test(before) && surface.split(' ').length <= 2 && /^,\s+\p{Lu}/u.test(after)) return 'place';
  return undefined;
}
