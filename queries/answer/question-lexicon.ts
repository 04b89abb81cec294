/**
 * What English question words ask for, and which words of a text speak of the same relation ("director" - "directed").
 * General English, not fitted to any set; other languages have no entry and are answered by whole sentences.
 */
import { stem } from '../../src/text/index.js';

/** What kind of span answers. */
export type AnswerClass =
  | 'person'
  | 'organisation'
  | 'place'
  | 'country'
  | 'nationality'
  | 'date'
  | 'year'
  | 'number'
  | 'duration'
  | 'work'
  | 'thing'
  | 'reason'
  | 'yes-no';

const FOCUS: Readonly<Partial<Record<AnswerClass, string>>> = {
  person:
    'person people man woman actor actress director singer author writer poet president king queen emperor leader father mother parent son daughter child wife husband spouse sibling brother sister grandfather grandmother grandson stepmother aunt uncle player coach manager composer artist painter architect founder inventor scientist character performer musician rapper producer designer politician minister chancellor governor mayor senator general commander owner host presenter journalist professor teacher student member winner champion driver boxer wrestler astronaut explorer bishop pope saint monarch prince princess duke earl figure hero god goddess guitarist drummer vocalist editor critic philosopher physicist chemist mathematician economist surgeon doctor lawyer judge captain quarterback footballer linebacker',
  organisation:
    'company organisation organization institution university college school team club party band group label network studio agency corporation firm brand publisher newspaper employer church army association league union bank airline manufacturer channel station museum hospital government ministry department alumnus order dynasty orchestra',
  place:
    'place city town village county state province region district area continent island river lake mountain ocean sea location birthplace country nation street building stadium arena airport neighborhood neighbourhood borough suburb capital hometown territory kingdom empire planet desert bay valley park settlement municipality community site venue waterfall cemetery castle palace prison',
  country: 'country nation',
  nationality: 'nationality citizenship ethnicity',
  date: 'date day month birthday anniversary',
  year: 'year decade century era period age',
  number:
    'number population percentage percent amount height length size weight distance temperature speed area depth width total price cost salary revenue count rate score altitude elevation capacity budget percentile proportion ratio fraction frequency circumference radius diameter',
  duration: 'duration lifespan',
  work: 'film movie song album book novel magazine series show game opera play poem painting single musical documentary sitcom story comic work anime manga journal episode soundtrack symphony',
};

/** Groups of words that speak of one relation. */
const FAMILIES: readonly string[] = [
  'born birth birthplace birthday native birthdate',
  'die died death dead deceased killed dying murdered executed',
  'direct directed director directing filmmaker',
  'write written wrote writer author authored penned lyrics screenwriter writing writes',
  'perform performer performed performing singer sung sang sings recorded recording artist band vocals released',
  'compose composer composed music score soundtrack',
  'produce produced producer production',
  'found founded founder established formed created creator started founding establish inception',
  'father mother parent son daughter child children sons daughters born parents',
  'wife husband married spouse marry marriage wed',
  'brother sister sibling siblings',
  'grandfather grandmother grandparent grandson granddaughter father mother son daughter grandchild',
  'father-in-law mother-in-law son-in-law daughter-in-law father mother wife husband married daughter son',
  'located situated location lies district province county region capital city village',
  'country nation nationality citizenship citizen national',
  'study studied educated graduated alumnus attended university college education degree alma studies school',
  'work worked works employer employed professor joined company',
  'award awarded won prize medal recipient received winner winning win honoured',
  'bury buried burial interred cemetery grave',
  'publish published publisher publication publishes',
  'play played portray portrayed portrays stars starring cast actor role character plays',
  'own owned owner subsidiary owns acquired bought',
  'rule ruled ruler king president leader head charge reign monarch governor',
  'release released premiered published debut came',
  'cause caused because due reason led result',
  'population inhabitants people residents census',
  'member joined part belongs membership',
  'language speak spoken speaks',
  'border borders bordered adjacent neighbouring neighboring',
  'begin began beginning start started first inaugural opened',
  'end ended final last dissolved closed finished',
  'occupation profession job career',
  'invent invented inventor discovered discoverer discover discovery developed',
  'build built construct constructed construction completed',
  'win won defeated beat victory champion',
  'name named called known title',
  'live lived resides residence reside home',
  'situated headquartered headquarters based',
  'country containing contain contains including includes comprising',
  'capital seat',
  'stepfather stepmother stepson stepdaughter father mother married remarried widow',
  'uncle aunt nephew niece brother sister',
  'profession occupation career worked actor writer engineer politician',
  'age aged old years',
  'cost price paid worth costs',
  'long length duration lasted',
  'high height tall elevation altitude',
  'war battle fought conflict',
  'conquer conquered captured invaded occupied',
  'colour color coloured colored',
  'religion faith church religious',
  'keep kept keeper keeps keeping',
  'lead led leader leads leading',
  'teach taught teacher teaches teaching professor',
  'sell sold sells selling sale',
  'buy bought buys purchase purchased acquired',
  'speak spoke spoken speaker speech',
  'run ran runs running operated',
  'make made makes making maker',
  'give gave given gives giving',
  'take took taken takes taking',
  'hold held holds holder holding',
  'leave left leaves leaving departed',
  'draw drew drawn drawing',
  'grow grew grown growth',
  'steal stole stolen theft',
  'wear wore worn',
  'drive drove driven driver',
  'fly flew flown flight',
  'sink sank sunk sinking wrecked',
  'light lit lighting',
  'fall fell fallen falls',
  'happen happened happens fate outcome',
  'become became becomes',
  'lose lost loses loss defeat',
  'find found finds discovered',
  'send sent sends',
  'spend spent spends',
  'pay paid pays payment',
  'meet met meets meeting',
  'choose chose chosen choice elected selected',
  'rise rose risen',
  'design designed designer architect designs',
  'say said says stated',
  'think thought believe believed',
  'eat ate eaten food feed',
  'see saw seen sight',
  'show showed shown shows',
  'sit sat seat',
  'swim swam swimming',
  'break broke broken',
  'bring brought brings',
  'catch caught',
  'shoot shot filmed shooting',
  'strike struck',
  'tell told tells story',
  'win wins',
];

function stems(words: string): string[] {
  return words.split(' ').map((word) => stem(word, 'en'));
}

const classes = new Map<string, AnswerClass>();
for (const [name, words] of Object.entries(FOCUS))
  for (const word of stems(words)) classes.set(word, name as AnswerClass);

const relatives = new Map<string, Set<string>>();
for (const words of FAMILIES) {
  const family = stems(words);
  for (const word of family) {
    const known = relatives.get(word) ?? new Set<string>();
    for (const other of family) known.add(other);
    relatives.set(word, known);
  }
}

/** Class of an answer that is a kind of this noun ("city" - place), by the noun's stem. */
export function classOfNoun(nounStem: string): AnswerClass | undefined {
  return classes.get(nounStem);
}

const NONE: ReadonlySet<string> = new Set();

/** True when the lexicon knows relations that the word speaks of. */
export function speaksOfRelation(wordStem: string): boolean {
  return relatives.has(wordStem);
}

/** Stems of other words that speak of the same relation, the word's own included when it has any. */
export function relatedStems(wordStem: string): ReadonlySet<string> {
  return relatives.get(wordStem) ?? NONE;
}
