/** Types of the names of a passage, by their own form and close context. Precision first: undefined when nothing speaks. */
import type { EntityType, Run } from '../../graph-schema/index.js';
import { demonym } from '../../src/graph/demonyms.js';
import { lexicon, typeOfNoun } from './lexicon.js';
import type { DocumentSubject } from './subject.js';

const words = (list: string): ReadonlySet<string> => new Set(list.split(/\s+/));

const CALENDAR = words(
  `january february march april may june july august september october november december
   monday tuesday wednesday thursday friday saturday sunday`,
);
/** Before a name they make it a person's; followed by "of" a noble's, or an office. */
const TITLES = words(
  `mr mrs ms miss dr prof professor sir dame lord lady king queen prince princess pope president general captain colonel
   lieutenant sergeant senator rev reverend emperor empress duke duchess count countess baron earl admiral governor
   chancellor judge sultan tsar bishop archbishop cardinal rabbi sheikh congressman`,
);
const NOBLE = words(
  'king queen prince princess duke duchess earl count countess baron emperor empress lord lady sultan tsar',
);
const ORGANISATION_LAST = words(
  `inc ltd llc plc gmbh ag corp corporation company co fc afc sc university college institute party club association
   committee records airlines airways group bank church orchestra band agency ministry department council foundation
   federation union league society academy school army navy press studios entertainment pictures network court parliament
   congress senate police hospital museum commission bureau brigade regiment division corps choir ensemble quartet trust
   alliance authority assembly industries motors systems technologies books publishers publishing productions media
   broadcasting radio television laboratory laboratories office service services patrol administration conference
   diocese archdiocese seminary polytechnic consortium guild fraternity`,
);
const PLACE_LAST = words(
  `city river county island islands lake mountain mountains valley bay street road avenue square park bridge castle palace
   airport station province state republic kingdom ocean sea desert peninsula district village town hills hill creek beach
   cathedral stadium tower house hall canal forest gulf coast strait falls township parish borough canton prefecture
   governorate region territory basin plateau crater lane way boulevard highway route observatory arena center centre
   waterfall glacier ridge peak mount range abbey priory monastery chapel temple mosque synagogue cemetery building theatre
   theater hotel garden gardens zoo reserve refuge archipelago peninsula cape harbor harbour port reservoir dam spring
   springs rapids swamp marsh plain plains steppe canyon gorge pass cave reef atoll estate farm manor mill courthouse
   lighthouse fort fortress empire sound inlet point cove plaza mall railroad railway line division neighborhood campus`,
);
/** Words that end no person's name though a given name may stand before them: "Roman Catholic". */
const NO_SURNAME = words(
  'catholic catholics orthodox christian empire jew muslim english american literary trophy prize medal award act rule law syndrome disease theorem effect',
);
/** Places that the lists lack, as they are also given names, adjectives or larger than a country. */
const MORE_PLACES = words(
  `africa europe asia oceania eurasia scandinavia polynesia micronesia melanesia mesopotamia siberia crimea caucasus balkans
   caribbean mediterranean atlantic pacific arctic virginia georgia carolina dakota washington york jersey hampshire
   england scotland wales britain holland bohemia prussia catalonia sicily brittany normandy tuscany lombardy
   manhattan brooklyn hollywood`,
);
const PLACE_FIRST = words('mount lake cape fort port isle rio villa');
const PLACE_OR_SAINT = words(
  'mount lake cape fort port isle saint san santa st north south east west new great rio villa',
);
const EVENT_LAST = words(
  `war wars battle olympics festival championship championships cup revolution treaty massacre crisis conference games
   rebellion uprising siege earthquake hurricane awards expedition crusade election elections tournament open marathon
   campaign offensive riots protests summit pandemic genocide holocaust bowl prix rally`,
);
const WORK_LAST = words(
  'magazine journal symphony newspaper gospel suite concerto sonata bible overture quarterly gazette herald',
);
/** Heads of "X of Y" that the noun lists leave open. */
const OF_HEADS: ReadonlyMap<string, EntityType> = new Map([
  ['battle', 'event'],
  ['treaty', 'event'],
  ['church', 'organisation'],
  ['house', 'organisation'],
  ['board', 'organisation'],
  ['order', 'organisation'],
  ['federation', 'organisation'],
  ['act', 'other'],
]);
const TITLES_BEFORE = words('Mr Mrs Ms Dr Prof Sir Lord Lady Gen Col Capt Lt Sgt Rev Sen Gov');
const PLACING_WORDS = words('in at near from of the');
const NICKNAME = /\p{Lu}\p{L}*\s+["“]$/u;
const NOUN_AFTER = /^["”'’]*,\s+(?:an?|the)\s+([^,.;()]{3,60})/u;
const AFTER_HEAD = /\s+(?:of|in|from|who|which|that|for|at|by|on|to|and|located|founded|published)\b/;
const PLACE_BEFORE =
  /\b(?:born|died|lived?|lives|based|located|situated|raised|headquartered|settled|buried|held)\s+(?:in|at|near)\s+(?:the\s+)?$|\b(?:city|town|village|state|province|county|district|island|municipality|capital)\s+of\s+$|\b(?:north|south|east|west|northeast|northwest|southeast|southwest)\s+of\s+(?:the\s+)?$/;
const IN_BEFORE = /\b(?:in|near|at|from)\s+(?:the\s+)?$/;
const PLACE_BEHIND = /^,\s+(\p{Lu}[\p{L}.]+(?:\s\p{Lu}[\p{L}.]+){0,2})/u;
const OPEN_QUOTE = /["“]$/;
const CLOSE_QUOTE = /^[,.]?["”]/;

/** Forms kept at most; all are forgotten when it is full. */
const CAPACITY = 20_000;

/** Types runs; keeps what a name's form tells, as most names come again. */
export class RunTyper {
  readonly #forms = new Map<string, EntityType | undefined>();

  /** The same runs in the same order with types; a spelling typed once in the passage is typed everywhere in it. */
  type(text: string, runs: readonly Run[], subject: DocumentSubject, language: string): Run[] {
    const told = new Map<string, EntityType>();
    const typed = runs.map((run) => {
      const [from, to] = run.span;
      const surface = text.slice(from, to);
      const own = surface === subject.surface ? subject.type : this.#form(surface);
      const type = run.type ?? own ?? (language === 'en' ? typeOfContext(text, from, to, surface) : undefined);
      if (type !== undefined && !told.has(surface)) told.set(surface, type);
      return { run, surface, type };
    });
    return typed.map(({ run, surface, type }) => {
      const known = type ?? told.get(surface);
      return known === undefined ? run : { span: run.span, type: known };
    });
  }

  #form(surface: string): EntityType | undefined {
    let type = this.#forms.get(surface);
    if (type === undefined && !this.#forms.has(surface)) {
      if (this.#forms.size >= CAPACITY) this.#forms.clear();
      type = typeOfForm(surface);
      this.#forms.set(surface, type);
    }
    return type;
  }
}

/** Type by the name's own words. */
function typeOfForm(surface: string): EntityType | undefined {
  const lower = surface.toLowerCase().replaceAll('’', "'");
  const { places, organisations, given } = lexicon();
  const parts = lower.split(/\s+/);
  const first = parts[0]!.replace(/\.$/, '');
  if (CALENDAR.has(first) && parts.every((part) => CALENDAR.has(part) || /^\d+$/.test(part))) return 'date';
  if (places.has(lower) || MORE_PLACES.has(lower) || demonym(lower.replaceAll('.', '')) !== undefined) return 'place';
  if (
    parts.length === 2 &&
    /^(?:north|south|east|west|central|new|eastern|western|northern|southern|great)$/.test(first) &&
    (MORE_PLACES.has(parts[1]!) || places.has(parts[1]!) || parts[1] === 'america')
  )
    return 'place';
  if (organisations.has(lower)) return 'organisation';
  if (parts.length === 1) return undefined;
  if (parts[1] === 'of' || parts[2] === 'of') {
    const head = parts[1] === 'of' ? first : parts[1]!;
    if (NOBLE.has(head)) return 'person';
    const type = OF_HEADS.get(head) ?? typeOfNoun(head);
    return type === 'person' ? undefined : type;
  }
  const last = parts[parts.length - 1]!.replace(/[.,]$/, '');
  if (EVENT_LAST.has(last) || /\bwar (?:i{1,3}|one|two)$/.test(lower)) return 'event';
  if (ORGANISATION_LAST.has(last)) return 'organisation';
  if (PLACE_LAST.has(last) || PLACE_FIRST.has(first)) return 'place';
  if (WORK_LAST.has(last)) return 'work';
  if (typeOfNoun(last) === 'person') return undefined;
  if (TITLES.has(first) || parts.slice(1, -1).some((part) => TITLES.has(part))) return 'person';
  const person = given.has(first) && parts.length < 5 && demonym(first) === undefined;
  return person && !PLACE_OR_SAINT.has(first) && !places.has(last) && !NO_SURNAME.has(last) ? 'person' : undefined;
}

function typeOfContext(text: string, from: number, to: number, surface: string): EntityType | undefined {
  const before = text.slice(Math.max(0, from - 40), from);
  const word = wordBefore(text, from);
  if (word !== '') {
    // "the river Kizir", but no plural: "the cities Rome" is a list of which the first need not be all
    const type = word.endsWith('s') ? undefined : typeOfNoun(word);
    if (type !== undefined) return type;
    if (TITLES_BEFORE.has(word)) return 'person';
    if (PLACING_WORDS.has(word)) {
      if (PLACE_BEFORE.test(before)) return 'place';
      if (IN_BEFORE.test(before)) {
        const behind = PLACE_BEHIND.exec(text.slice(to, to + 60));
        if (behind !== null && lexicon().places.has(behind[1]!.toLowerCase())) return 'place';
      }
    }
  }
  const after = text.charCodeAt(to);
  if (after === COMMA || isQuote(after)) {
    const appositive = NOUN_AFTER.exec(text.slice(to, to + 80));
    if (appositive !== null) {
      const phrase = appositive[1]!.split(AFTER_HEAD)[0]!.split(/\s+/);
      const type = typeOfNoun(phrase[phrase.length - 1]!.toLowerCase());
      if (type !== undefined) return type;
    }
  }
  if (!isQuote(text.charCodeAt(from - 1))) return undefined;
  const quoted = OPEN_QUOTE.test(before) && CLOSE_QUOTE.test(text.slice(to, to + 3));
  // a nickname stands between the parts of a name
  return quoted && !NICKNAME.test(before) && surface.length > 3 ? 'work' : undefined;
}

const COMMA = 0x2c;
const QUOTES = new Set([0x22, 0x27, 0x2018, 0x2019, 0x201c, 0x201d]);

function isQuote(unit: number): boolean {
  return QUOTES.has(unit);
}

/** The word before a name, blanks, quotes and an abbreviation's dot between them skipped; empty when there is none. */
function wordBefore(text: string, at: number): string {
  let end = at;
  while (end > 0 && (isQuote(text.charCodeAt(end - 1)) || text[end - 1] === '`')) end--;
  const blanks = end;
  while (end > 0 && text[end - 1] === ' ') end--;
  if (end === blanks) return '';
  if (text[end - 1] === '.') end--;
  let start = end;
  while (start > 0 && isLetter(text.charCodeAt(start - 1))) start--;
  return text.slice(start, end);
}

/** Latin letters and hyphens, all that English words before a name are made of. */
function isLetter(unit: number): boolean {
  return (
    (unit >= 0x61 && unit <= 0x7a) || (unit >= 0x41 && unit <= 0x5a) || unit === 0x2d || (unit >= 0xc0 && unit < 0x250)
  );
}
