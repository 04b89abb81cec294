/** Relations without a verb: apposition, roles before names, possession, and what brackets add to a name. */
import type { Chunk, NounPhrase } from './chunk.js';
import { POSSESSIVE_PRONOUN } from './clause-words.js';
import { typeOfNoun } from './lexicon.js';
import { describe, type Reading, wordsOf } from './reading.js';
import type { EndSource } from './relation-sink.js';
import type { TaggedTokens } from './tagger.js';

/** What a phrase says by itself: role and possession. */
export function ownRelations(reading: Reading, phrase: NounPhrase): void {
  roleOf(reading, phrase);
  possession(reading, phrase);
}

/** "psychologist Carl Rogers": the name is what the words before it say. */
function roleOf(reading: Reading, phrase: NounPhrase): void {
  if (phrase.role === undefined || phrase.name === undefined) return;
  const { tokens: t, sink } = reading;
  // "chess Grandmaster" names nobody
  if (phrase.name.to - phrase.name.from === 1 && typeOfNoun(t.word[phrase.name.from]!) === 'person') return;
  const { from, to } = phrase.role;
  let head = to - 1;
  while (head > from && t.pos[head] !== 'NOUN' && t.pos[head] !== 'PROPN') head--;
  // a capitalised word is a part of the name that the run left out ("the First Baptist Church")
  if (!/^\p{Ll}/u.test(t.value[head]!)) return;
  const role: NounPhrase = { kind: 'noun', from, to: head + 1, determiner: 'a', head };
  const told = typeOfNoun(t.word[head]!) !== undefined;
  sink.add(bare(phrase), role, { predicate: 'be', confidence: told ? 0.8 : 0.4, from, to: phrase.to });
  if (!told) return;
  describe(reading, bare(phrase), role, { confidence: 0.75, from, hedged: false });
}

/** The name of a phrase alone, without role and possessor. */
function bare(phrase: NounPhrase): NounPhrase {
  return {
    kind: phrase.kind,
    from: phrase.name!.from,
    to: phrase.to,
    determiner: '',
    head: phrase.head,
    name: phrase.name!,
  };
}

/** Whose the phrase is: "X's ..." or "his ...". */
function ownerOf({ resolver }: Reading, phrase: NounPhrase): EndSource | undefined {
  if (phrase.possessor !== undefined) return phrase.possessor;
  return POSSESSIVE_PRONOUN.test(phrase.determiner)
    ? resolver.pronoun(phrase.determiner, phrase.determinerAt!)
    : undefined;
}

/** "X's wife Y" and "his wife Y": X have wife Y. */
function possession(reading: Reading, phrase: NounPhrase): void {
  if (phrase.kind !== 'name' || phrase.name === undefined) return;
  const owner = ownerOf(reading, phrase);
  if (owner === undefined) return;
  const words = phrase.role === undefined ? '' : wordsOf(reading.tokens, phrase.role.from, phrase.role.to);
  reading.sink.add(owner, bare(phrase), {
    predicate: words === '' ? 'have' : `have ${words}`,
    confidence: words === '' ? 0.6 : 0.85,
    from: 'end' in owner ? phrase.from : owner.from,
    to: phrase.to,
  });
}

/**
 * "X, a French novelist" and "the capital, X": states it and returns true when the two phrases are one thing.
 * Two names are a list or a place within a place, not an apposition.
 */
export function apposition(reading: Reading, first: NounPhrase, second: NounPhrase): boolean {
  const { sink, tokens } = reading;
  const claim = { predicate: 'be', confidence: 0.8, from: first.from, to: second.to };
  if (
    first.kind === 'name' &&
    second.kind === 'noun' &&
    second.possessor === undefined &&
    /^(?:an?|the|another)$/.test(second.determiner)
  ) {
    sink.add(first, second, claim);
    describe(reading, first, second, { confidence: 0.75, from: first.from, hedged: false });
    return true;
  }
  if (first.kind === 'name' && second.kind === 'noun' && ownerOf(reading, second) !== undefined) {
    // "Y, his wife,"
    sink.add(ownerOf(reading, second)!, first, {
      ...claim,
      predicate: `have ${wordsOf(tokens, second.from, second.to)}`,
    });
    return true;
  }
  if (first.kind === 'noun' && second.kind === 'name' && second.possessor === undefined) {
    const owner = ownerOf(reading, first);
    if (owner !== undefined)
      sink.add(owner, second, { ...claim, predicate: `have ${wordsOf(tokens, first.from, first.to)}` });
    else if (first.determiner === 'the' || (first.determiner !== '' && second.determiner !== ''))
      sink.add(second, first, claim);
    else return false;
    return true;
  }
  return false;
}

/** What a bracket behind a phrase says of it: life dates, "born ...", another name. */
export function bracket(reading: Reading, phrase: NounPhrase, inner: readonly Chunk[]): void {
  const { sink, tokens: t } = reading;
  if (phrase.kind !== 'name' && phrase.kind !== 'noun') return;
  const dates: NounPhrase[] = [];
  let text = '';
  for (let i = 0; i < inner.length; i++) {
    const chunk = inner[i]!;
    if (chunk.kind === 'verb') {
      const { participle, lemma } = chunk.verb;
      text =
        participle === 'born'
          ? 'be born'
          : participle === 'died'
            ? 'die'
            : chunk.verb.form === 'bare'
              ? `be ${participle}`
              : lemma;
    } else if (chunk.kind === 'comma' && !/^(?:be born|die)/.test(text)) text = '';
    else if (chunk.kind === 'phrase') {
      const object = chunk.phrase;
      const before = inner[i - 1];
      const preposition =
        before?.kind === 'preposition' ? before.word : object.kind === 'date' ? dateWord(t, object) : '';
      if (text !== '') {
        const predicate = preposition === '' ? text : `${text} ${preposition}`;
        sink.add(phrase, object, { predicate, confidence: 0.85, from: phrase.from, to: object.to });
      } else if (object.kind === 'date') dates.push(object);
      else if (object.kind === 'name' && inner.length <= 3 && phrase.kind === 'name') {
        if (preposition === '') otherName(reading, phrase, object);
        else
          sink.add(phrase, object, {
            predicate: `be ${preposition}`,
            confidence: 0.5,
            from: phrase.from,
            to: object.to,
          });
      }
    }
  }
  const [first, last] = dates;
  if (first === undefined || phrase.kind !== 'name') return;
  const type = sink.resolve(phrase)?.end.type;
  if (dates.length === 2 && last !== undefined && type === 'person') {
    sink.add(phrase, first, {
      predicate: `be born ${dateWord(t, first)}`,
      confidence: 0.85,
      from: phrase.from,
      to: first.to,
    });
    sink.add(phrase, last, { predicate: `die ${dateWord(t, last)}`, confidence: 0.85, from: phrase.from, to: last.to });
  } else if (type !== 'person') {
    for (const date of dates)
      sink.add(phrase, date, { predicate: 'be dated', confidence: 0.6, from: phrase.from, to: date.to });
  }
}

/** One of the tokens is a proper noun to the tagger: "(Summer)" is no name. */
function properIn({ pos }: TaggedTokens, phrase: NounPhrase): boolean {
  for (let i = phrase.from; i < phrase.to; i++)
    if (pos[i] !== 'NOUN' && pos[i] !== 'ADJ' && pos[i] !== 'ADV') return true;
  return false;
}

/** A name in a bracket behind a name: another name, an affiliation, or the player of a part. */
function otherName({ sink, resolver, tokens }: Reading, phrase: NounPhrase, object: NounPhrase): void {
  if (!properIn(tokens, object)) return;
  const type = resolver.resolve(phrase)?.end.type;
  const other = resolver.resolve(object)?.end.type;
  const claim = { confidence: 0.6, from: phrase.from, to: object.to };
  const acronym = /^[\p{Lu}\p{N}&.-]{2,8}$/u.test(object.name === undefined ? '' : resolver.textOf(object));
  if (acronym || type === other || type === undefined || other === undefined) {
    const played =
      !acronym && resolver.tellsOfParts && (other === 'person' || other === undefined) && object.to - object.from > 1;
    sink.add(phrase, object, { ...claim, predicate: played ? 'be played by' : 'be known as' });
  } else sink.add(phrase, object, { ...claim, predicate: 'be of', confidence: 0.5 });
}

/** "on" a day, "in" a month or year. */
function dateWord(t: TaggedTokens, date: NounPhrase): string {
  for (let i = date.from; i < date.to; i++)
    if (/^\d{1,2}(?:st|nd|rd|th)?$/.test(t.word[i]!) && date.to - date.from > 1) return 'on';
  return 'in';
}
