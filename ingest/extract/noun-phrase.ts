/** Reads noun phrases off tagged tokens: determiner, modifiers, head; names, dates and possessors told apart. */
import type { NounPhrase } from './chunk.js';
import type { Marks, NameRun } from './sentence-tokens.js';
import type { TaggedTokens } from './tagger.js';

const DETERMINERS = new Set(
  'the a an this that these those its his her their our my your some any no each every all both another such'.split(
    ' ',
  ),
);
const PRONOUNS = new Set(
  'he she it they him them himself herself itself themselves i we you me us who whom one ones others something someone anyone everyone nothing none everything anything'.split(
    ' ',
  ),
);
const QUOTE = /^["“”`'‘’«»]+$/;
const COUNTS = new Set('number variety lot couple range majority handful host wealth total'.split(' '));
const CURRENCY = /^[$€£¥₹]|^(?:us|a|c|nz|hk)\$$/;
/** Behind these a date stands for itself: "In 1903 Marie Curie". */
const AT_A_DATE = /^(?:in|on|since|until|by|during|before|after|from|to|around|circa)$/;
const MULTIPLE = /^(?:million|billion|trillion|thousand|hundred|dozen|percent|%)$/;

export function isQuote(value: string): boolean {
  return QUOTE.test(value);
}

function adjacent(t: TaggedTokens, i: number): boolean {
  return t.end[i]! === t.start[i + 1];
}

/** A hyphen between two parts of one word: no blanks around it, or blanks on both sides between lower-case words. */
function isHyphen(t: TaggedTokens, i: number, limit: number): boolean {
  if ((t.value[i] !== '-' && t.value[i] !== '–') || i === 0 || i + 1 >= limit) return false;
  const left = adjacent(t, i - 1);
  if (left !== adjacent(t, i)) return false;
  return (
    left ||
    (t.value[i] === '-' && /^[a-z]/.test(t.value[i - 1]!) && /^[a-z]/.test(t.value[i + 1]!) && t.pos[i + 1] !== 'DET')
  );
}

const isNounLike = (pos: string | undefined): boolean =>
  pos === 'NOUN' || pos === 'PROPN' || pos === 'ADJ' || pos === 'NUM';

/**
 * The noun phrase that starts at token `i`, and where it ends.
 * @param participleFirst a participle may open the phrase: "of exposed ridges"
 * @returns undefined when none starts there
 */
export function nounPhraseAt(
  t: TaggedTokens,
  marks: Marks,
  i: number,
  limit: number,
  possessor?: NounPhrase,
  participleFirst = false,
): NounPhrase | undefined {
  let j = i;
  let determiner = '';
  if (possessor === undefined && marks.names[j] === undefined) {
    const word = t.word[j]!;
    if (PRONOUNS.has(word) && !(word === 'one' && isNounLike(t.pos[j + 1]))) {
      return { kind: 'pronoun', from: j, to: j + 1, determiner: '', head: j };
    }
    const determines = DETERMINERS.has(word) && t.pos[j] !== 'SCONJ';
    if (determines) {
      // "her" and "that" alone are pronouns
      const next = j + 1 < limit ? t.pos[j + 1]! : 'PUNCT';
      if (
        !/^(?:NOUN|PROPN|ADJ|NUM|ADV|VERB|SYM|DET)$/.test(next) &&
        marks.names[j + 1] === undefined &&
        !isQuote(t.value[j + 1] ?? '')
      ) {
        return { kind: 'pronoun', from: j, to: j + 1, determiner: '', head: j };
      }
      determiner = word;
      j++;
      if (j < limit && t.pos[j] === 'DET') j++;
    }
  }
  if (possessor === undefined && j + 2 < limit && t.word[j + 1] === 'of') {
    // "a number of hotels" is hotels, "one of the oldest clubs" is a club
    const counted = determiner !== '' && COUNTS.has(t.word[j]!);
    const one = determiner === '' && t.word[j] === 'one' && DETERMINERS.has(t.word[j + 2]!);
    if (counted || one) {
      j += one ? 3 : 2;
      determiner = one ? 'a' : '';
    }
  }
  while (j < limit && isQuote(t.value[j]!) && determiner !== '') j++;
  const from = j;
  let head = -1;
  let name: NameRun | undefined;
  let dateTo = 0;
  let numbers = 0;
  let noun = -1;
  let role: { from: number; to: number } | undefined;
  while (j < limit) {
    const pos = t.pos[j]!;
    const run = marks.names[j];
    const date = marks.dates[j]!;
    if (date > 0) {
      if (head >= 0) break;
      const after = date < limit ? t.pos[date] : undefined;
      const attributive = determiner !== '' || possessor !== undefined;
      const modifies =
        t.word[date] !== 'ago' &&
        (date === j + 1 || t.word[date - 1] === 'century') &&
        (marks.names[date] !== undefined
          ? attributive
          : (after === 'NOUN' || after === 'ADJ') && (attributive || j === 0 || !AT_A_DATE.test(t.word[j - 1]!)));
      if (!modifies) {
        if (j > from && head < 0 && j - from > 1) break;
        return { kind: 'date', from: j, to: date, determiner: '', head: date - 1 };
      }
      dateTo = date;
      j = date;
      continue;
    }
    if (run !== undefined) {
      if (name !== undefined && noun < 0) break;
      role = noun >= 0 ? { from, to: j } : undefined;
      name = run;
      head = run.to - 1;
      noun = -1;
      j = run.to;
    } else if (pos === 'NUM' || (pos === 'SYM' && (CURRENCY.test(t.word[j]!) || t.word[j] === '%'))) {
      if (
        head >= 0 &&
        t.pos[j - 1] !== 'NUM' &&
        pos === 'NUM' &&
        name === undefined &&
        noun >= 0 &&
        !/^no\.?$/.test(t.word[j - 1]!)
      )
        break;
      numbers++;
      head = j;
      j++;
    } else if (pos === 'NOUN' || pos === 'PROPN') {
      if (numbers === 0 || !MULTIPLE.test(t.word[j]!)) noun = j;
      head = j;
      j++;
    } else if (pos === 'ADJ') {
      if (
        head >= 0 &&
        name !== undefined &&
        noun < 0 &&
        !isNounLike(t.pos[j + 1]) &&
        !isHyphen(t, j + 1, limit) &&
        marks.names[j + 1] === undefined
      )
        break;
      j++;
    } else if (
      pos === 'ADV' &&
      j + 1 < limit &&
      (t.pos[j + 1] === 'ADJ' || /(?:ed|en)$/.test(t.word[j + 1]!)) &&
      (determiner !== '' || possessor !== undefined) &&
      head < 0
    ) {
      j++;
    } else if (
      pos === 'VERB' &&
      j + 1 < limit &&
      (determiner !== '' || possessor !== undefined || j > from || participleFirst) &&
      head < 0 &&
      isModifier(t, marks, j)
    ) {
      j++;
    } else if (
      isHyphen(t, j, limit) &&
      j > from &&
      (isNounLike(t.pos[j + 1]) || t.pos[j + 1] === 'VERB' || t.pos[j + 1] === 'ADP' || t.pos[j + 1] === 'ADV')
    ) {
      // the part after a hyphen belongs to the same word, whatever its tag
      head = t.pos[j + 1] === 'NOUN' || t.pos[j + 1] === 'PROPN' ? j + 1 : -1;
      if (head >= 0) noun = head;
      j += 2;
    } else if (isQuote(t.value[j]!) && j > from && noun >= 0 && j + 1 < limit && opensName(t, marks, j, limit)) {
      j++;
    } else if (head < 0 && j > from && t.pos[j - 1] === 'ADJ' && joinsAdjectives(t, j, limit)) {
      j += t.value[j] === ',' && t.pos[j + 1] === 'CCONJ' ? 2 : 1;
    } else break;
  }
  if (head < 0 && dateTo > 0) return { kind: 'date', from, to: dateTo, determiner: '', head: dateTo - 1 };
  if (head < 0) return undefined;
  const to = head + 1;
  const kind =
    name !== undefined && name.to === to ? 'name' : numbers > 0 && startsWithNumber(t, from) ? 'quantity' : 'noun';
  const phrase: NounPhrase = {
    kind,
    from: kind === 'name' && role === undefined ? Math.min(from, name!.from) : from,
    to,
    determiner,
    ...(determiner !== '' ? { determinerAt: i } : {}),
    head,
    ...(kind === 'name' ? { name: name! } : {}),
    ...(kind === 'name' && role !== undefined ? { role } : {}),
    ...(possessor !== undefined ? { possessor } : {}),
  };
  if (j === to && to < limit && isPossessive(t, to) && to + 1 < limit) {
    const owned = nounPhraseAt(t, marks, to + 1, limit, phrase);
    if (owned !== undefined) return owned;
  }
  return phrase;
}

function isPossessive(t: TaggedTokens, i: number): boolean {
  if (!adjacent(t, i - 1)) return false;
  const value = t.value[i]!;
  return (
    value === "'s" ||
    value === '’s' ||
    ((value === "'" || value === '’') && /s$/.test(t.word[i - 1]!) && !adjacent(t, i))
  );
}

/** "23-story, 1001-room hotel": the comma stands between two hyphened modifiers. */
function isCompound(t: TaggedTokens, j: number): boolean {
  return (
    t.value[j] === ',' &&
    t.value[j - 2] === '-' &&
    t.value[j + 2] === '-' &&
    t.pos[j - 3] === 'NUM' &&
    t.pos[j + 1] === 'NUM'
  );
}

/** "municipal, administrative, and commercial centre": a comma or "and" between two adjectives. */
function joinsAdjectives(t: TaggedTokens, j: number, limit: number): boolean {
  let next = j + 1;
  if (t.value[j] === ',') {
    if (t.pos[next] === 'CCONJ') next++;
  } else if (t.pos[j] !== 'CCONJ') return false;
  return next < limit && (t.pos[next] === 'ADJ' || isCompound(t, j));
}

function isModifier(t: TaggedTokens, marks: Marks, j: number): boolean {
  return (
    /(?:ed|ing|en|wn|lt|rn|ck)$/.test(t.word[j]!) && (isNounLike(t.pos[j + 1]) || marks.names[j + 1] !== undefined)
  );
}

function startsWithNumber(t: TaggedTokens, from: number): boolean {
  return t.pos[from] === 'NUM' || t.pos[from] === 'SYM' || (t.pos[from] === 'ADV' && t.pos[from + 1] === 'NUM');
}

/** The quotes at `j` open a name: what follows them is capitalised. */
function opensName(t: TaggedTokens, marks: Marks, j: number, limit: number): boolean {
  let k = j;
  while (k < limit && isQuote(t.value[k]!)) k++;
  return k < limit && marks.names[k] !== undefined;
}
