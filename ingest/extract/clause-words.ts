/** Closed word lists of the clause reader. */

/** Verbs whose clause is somebody's word, not the text's. */
export const REPORTING = new Set(
  'say claim believe think allege report rumour rumor suppose suggest speculate argue estimate assume presume consider'.split(
    ' ',
  ),
);
/** Verbs that name their object: "called X" behind a name is a participle. */
export const NAMING_VERBS = new Set(
  'call name know title entitle term dub nickname style spell abbreviate label refer'.split(' '),
);
/** Verbs that say little without their noun: "have views on", "play a role in". */
export const LIGHT_VERBS = new Set('have play take make hold give show'.split(' '));
/** Verbs without a passive: behind "was born in A and" they are a tense of their own. */
export const INTRANSITIVE = new Set(
  (
    'die live move return serve remain become appear arrive retire emigrate immigrate attend graduate play study work ' +
    'spend continue compete win marry begin start go come stay travel migrate settle reside participate belong consist ' +
    'emerge occur happen exist escape flee fight rise fall grow last lie stand sit run debut premiere enrol enroll ' +
    'include feature star have do join leave reach receive'
  ).split(' '),
);
/** Verbs whose subject is a work, though a name stands before them: "directed by X, starring Y". */
export const CAST_VERBS = new Set(['star', 'feature', 'include', 'contain', 'comprise']);
export const TEMPORAL = new Set(
  'in on since until till during before after from by at between around throughout'.split(' '),
);
/** Participles that are never a past tense of what stands before them. */
export const PARTICIPLES_ONLY = new Set('born known based located situated given written set'.split(' '));
export const POSSESSIVE_PRONOUN = /^(?:its|his|her|their|my)$/;
export const SUBJECT_PRONOUN = /^(?:he|she|it|they|we|i)$/;
/** Between two names, the first lies in or belongs to the second. */
export const PLACING = /^(?:in|at|near|from|to|of|outside|within)$/;
/** Words of a predicate at most; longer chains fall back to the verb and the preposition. */
export const MAX_PREDICATE_WORDS = 7;
/** Nouns that stand for a part or feature of what a document is about, as "the screenplay" of a film. */
export const PARTS = new Set(
  (
    'name title population area elevation climate economy capital government mayor motto mascot campus headquarters ' +
    'screenplay script plot story soundtrack score music lyrics cast cinematography recording cover video production ' +
    'premiere founder author editor director producer owner chairman president principal leader members staff students ' +
    'studios transmitter license signal runway fleet crew design construction facade interior roof tower building ' +
    'nave altar source mouth length height depth surface summit ceremony opening final winner winners term terms'
  ).split(' '),
);
/** Verbs whose participle behind "is ... and" is passive even before a noun. */
export const JUDGING = new Set('consider regard deem know call name'.split(' '));
/** Verbs whose object does what the infinitive says: "enabled Yugoslavia to obtain aid"; true of those that cause it. */
export const CONTROL: ReadonlyMap<string, boolean> = new Map([
  ...['allow', 'enable', 'cause', 'force', 'help', 'lead', 'permit', 'persuade', 'convince', 'compel'].map(
    (verb) => [verb, true] as const,
  ),
  ...[
    'want',
    'ask',
    'tell',
    'order',
    'require',
    'expect',
    'encourage',
    'urge',
    'invite',
    'wish',
    'like',
    'advise',
    'prefer',
  ].map((verb) => [verb, false] as const),
]);
