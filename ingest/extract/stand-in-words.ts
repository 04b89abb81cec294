/** Word lists for what pronouns and common nouns stand for. */
import type { EntityType } from '../../graph-schema/index.js';

export const PERSON_PRONOUNS: Readonly<Record<string, 'he' | 'she'>> = {
  he: 'he',
  him: 'he',
  his: 'he',
  himself: 'he',
  she: 'she',
  her: 'she',
  herself: 'she',
};
/** Adjectives that leave "the church" the same church. */
export const SAME = new Set('current original present new modern entire whole'.split(' '));
/** Nouns that say nothing as an end by themselves. */
export const EMPTY = new Set(
  'north south east west northeast northwest southeast southwest name names way ways place part fact behalf thing things case time kind sort addition order example result same one ones'.split(
    ' ',
  ),
);
/** Modifiers that tell one of several. */
export const OTHER =
  /^(?:first|second|third|fourth|fifth|last|final|next|previous|following|other|only|same|latter|former|earlier|later|old|best|most|largest|oldest|.*est|such|few|many|several|various|different|similar|local|main|nearby|two|three)$/;
export const FIRST_PERSON = new Set(['i', 'me', 'my', 'myself']);
export const THING_PRONOUNS = new Set(['it', 'its', 'itself']);
export const MANY_PRONOUNS = new Set(['they', 'them', 'their', 'themselves']);
/** Nouns that may stand for a document's subject of a type though its lead uses another word. */
export const GENERIC: Readonly<Partial<Record<EntityType, ReadonlySet<string>>>> = {
  organisation: new Set([
    'company',
    'organisation',
    'organization',
    'group',
    'band',
    'club',
    'team',
    'school',
    'university',
    'college',
    'firm',
    'church',
    'party',
    'airline',
    'agency',
    'institution',
  ]),
  place: new Set([
    'city',
    'town',
    'village',
    'river',
    'island',
    'area',
    'region',
    'district',
    'community',
    'municipality',
    'building',
    'lake',
    'park',
    'mountain',
    'county',
    'commune',
    'settlement',
  ]),
  work: new Set([
    'film',
    'movie',
    'book',
    'novel',
    'album',
    'song',
    'series',
    'show',
    'game',
    'play',
    'magazine',
    'journal',
    'newspaper',
    'single',
    'opera',
    'record',
    'soundtrack',
  ]),
  event: new Set(['battle', 'war', 'event', 'tournament', 'festival', 'election', 'competition', 'championship']),
};
/** Form of an adjective of a country, not of a short form of its name ("US"). */
export const DEMONYM = /(?:an|ese|ish|sh|ch|[^a]i|ic|ek|ss|ino|ine|ot|ede|ard|tch)$/;
export const CAST = new Set(
  'film movie series play musical show sitcom opera drama miniseries comedy sequel'.split(' '),
);
export const PLURAL_NOUNS = new Set(['organisation', 'other']);
