/** Reads verb groups off tagged tokens: auxiliaries, adverbs, main verb; voice, form, negation and hedging. */
import type { VerbGroup } from './chunk.js';
import { infinitiveOf } from './lexicon.js';
import type { Marks } from './sentence-tokens.js';
import type { TaggedTokens } from './tagger.js';

const BE = new Set(['be', 'is', 'was', 'are', 'were', 'been', 'being', 'am', "'s", "'re", 'become']);
/** Auxiliaries that open a chain anew. */
const RESETS_BE = new Set(['have', 'has', 'had', 'having', "'ve", 'will', 'would', "'ll", "'d"]);
const NOT = new Set(['not', "n't", 'n’t', 'never', 'neither', 'hardly', 'scarcely', 'no']);
const HEDGES = new Set(
  'reportedly allegedly supposedly purportedly probably possibly perhaps apparently presumably likely ostensibly seemingly arguably'.split(
    ' ',
  ),
);
const HEDGING_AUXILIARIES = new Set(['may', 'might']);
const NAMING = new Set(
  'also formerly originally commonly sometimes often better previously officially popularly formally once simply usually generally'.split(
    ' ',
  ),
);
/** Past forms that differ from their participle, so never a reduced passive. */
const PAST_ONLY = new Set(
  'wrote began took gave went saw became came knew grew drew flew threw wore bore spoke broke chose rose drove rode fell ate sang swam ran stole froze forgot shook showed was were did had hid tore swore woke blew'.split(
    ' ',
  ),
);

/** True for a past form that can be a participle. */
function canBeParticiple(word: string): boolean {
  return (
    !PAST_ONLY.has(word) && /(?:ed|en|wn|rn|lt|nt|pt|ft|ld|nd|de|ne|ht|ut|et|it|ung|un|um|ck|id|ad|orn)$/.test(word)
  );
}

/** False where no verb group can start, told by the tag alone. */
export function startsVerbGroup(t: TaggedTokens, i: number): boolean {
  const pos = t.pos[i]!;
  return (
    pos === 'AUX' ||
    pos === 'VERB' ||
    pos === 'ADV' ||
    t.word[i] === 'to' ||
    NOT.has(t.word[i]!) ||
    HEDGES.has(t.word[i]!)
  );
}

/** The verb group that starts at token `i`, or undefined. */
export function verbGroupAt(t: TaggedTokens, marks: Marks, i: number, limit: number): VerbGroup | undefined {
  let j = i;
  let main = -1;
  let sawAux = false;
  let be = false;
  let negated = false;
  let hedged = false;
  let naming = false;
  let infinitive = false;
  if (t.word[i] === 'to') {
    if (i + 1 >= limit || !isVerbAhead(t, marks, i + 1, limit)) return undefined;
    infinitive = true;
    j++;
  }
  for (; j < limit && marks.names[j] === undefined; j++) {
    const pos = t.pos[j]!;
    const word = t.word[j]!;
    if (NOT.has(word) && (main < 0 || sawAux) && (word !== 'no' || t.word[j + 1] === 'longer')) {
      negated = true;
      continue;
    }
    if (pos === 'AUX' || (pos === 'VERB' && isAuxiliary(t, j, limit))) {
      if (main >= 0) break;
      sawAux = true;
      if (BE.has(word)) be = true;
      else be = be && !RESETS_BE.has(word);
      if (HEDGING_AUXILIARIES.has(word)) hedged = true;
      if (!isVerbAhead(t, marks, j + 1, limit)) {
        main = j;
        j++;
        break;
      }
      continue;
    }
    if (pos === 'ADV' || HEDGES.has(word)) {
      if (HEDGES.has(word)) hedged = true;
      if (NAMING.has(word)) naming = true;
      if (main < 0 && !isVerbAhead(t, marks, j + 1, limit)) return sawAux ? finish(lastAux(t, i, j)) : undefined;
      continue;
    }
    if (
      pos === 'VERB' ||
      (pos === 'ADJ' && be && /ed$/.test(word) && t.pos[j + 1] === 'ADP' && t.word[j + 1] !== 'of')
    ) {
      main = j;
      j++;
      break;
    }
    break;
  }
  return main < 0 ? undefined : finish(main);

  function finish(verb: number): VerbGroup {
    const word = t.word[verb]!;
    const isAux = t.pos[verb] === 'AUX';
    const lemma = isAux && BE.has(word) ? 'be' : t.pos[verb] === 'ADJ' ? word : lemmaOf(t, verb);
    const ing = word.endsWith('ing') && t.pos[verb] === 'VERB';
    const passive = !isAux && be && !ing && canBeParticiple(word);
    const bare = !sawAux && !infinitive && !ing && !isAux && lemma !== word && canBeParticiple(word);
    return {
      from: i,
      to: verb + 1,
      predicate: passive ? `be ${word}` : lemma,
      lemma,
      passive,
      copula: lemma === 'be' || lemma === 'become' || lemma === 'remain',
      form: infinitive ? 'infinitive' : sawAux && !(ing && !be) ? 'finite' : ing ? 'ing' : bare ? 'bare' : 'finite',
      negated,
      hedged,
      naming,
      participle: word,
    };
  }
}

/** Lemma of a verb; one that the tagger took for an adjective has none of its own. */
function lemmaOf(t: TaggedTokens, verb: number): string {
  const lemma = t.lemma(verb);
  return t.mended.has(verb) ? infinitiveOf(t.word[verb]!) : lemma;
}

function isAuxiliary(t: TaggedTokens, j: number, limit: number): boolean {
  return (
    /^(?:have|has|had|having|get|got|being|been)$/.test(t.word[j]!) &&
    j + 1 < limit &&
    (t.pos[j + 1] === 'AUX' || t.pos[j + 1] === 'VERB' || t.pos[j + 1] === 'ADV')
  );
}

/** A verb follows, adverbs and "not" skipped. */
function isVerbAhead(t: TaggedTokens, marks: Marks, j: number, limit: number): boolean {
  for (; j < limit && marks.names[j] === undefined; j++) {
    const pos = t.pos[j]!;
    if (pos === 'VERB' || pos === 'AUX') return true;
    if (pos === 'ADJ' && /ed$/.test(t.word[j]!) && t.pos[j + 1] === 'ADP') return true;
    if (pos !== 'ADV' && !NOT.has(t.word[j]!)) return false;
  }
  return false;
}

function lastAux(t: TaggedTokens, from: number, to: number): number {
  let j = to - 1;
  while (j > from && t.pos[j] !== 'AUX' && t.pos[j] !== 'VERB') j--;
  return j;
}
