/**
 * Open information extraction over the chunks of one sentence, in one pass from left to right: a clause has subjects and
 * a predicate; each phrase that follows is an object, by itself or through its preposition. In the manner of ReVerb
 * (Fader, Soderland and Etzioni, EMNLP 2011): relation phrases from part-of-speech patterns; and of ClausIE (Del Corro
 * and Gemulla, WWW 2013): one clause, several propositions.
 */
import { Clause } from './clause.js';
import { REPORTING } from './clause-words.js';
import { bracket, ownRelations } from './nominal-relations.js';
import { readPhrase } from './read-phrase.js';
import { readPreposition } from './read-preposition.js';
import { readRelative } from './read-relative.js';
import { readVerb } from './read-verb.js';
import type { Reading } from './reading.js';

/** States the relations of one sentence. */
export function readClauses(reading: Reading): void {
  const { chunks, tokens } = reading;
  const clause = new Clause(reading);
  for (let k = 0; k < chunks.length; k++) {
    const chunk = chunks[k]!;
    switch (chunk.kind) {
      case 'phrase':
        ownRelations(reading, chunk.phrase);
        readPhrase(reading, clause, k, chunk.phrase);
        break;
      case 'verb':
        k = readVerb(reading, clause, k, chunk.verb);
        break;
      case 'preposition':
        k = readPreposition(reading, clause, k, chunk.word);
        break;
      case 'relative':
        k = readRelative(reading, clause, k, chunk.word);
        break;
      case 'subordinator': {
        const verb = clause.predicate?.verb;
        clause.start();
        clause.hedged =
          chunk.word === 'if' ||
          chunk.word === 'unless' ||
          (verb !== undefined && REPORTING.has(verb.lemma) && chunk.word === 'that');
        break;
      }
      case 'adjective': {
        const { predicate } = clause;
        if (
          predicate?.verb.copula === true &&
          predicate.text === predicate.verb.predicate &&
          clause.last === undefined
        ) {
          clause.predicate = { ...predicate, text: `${predicate.text} ${chunk.word}` };
        }
        break;
      }
      case 'open':
        k = readBracket(reading, k);
        break;
      case 'break':
        if (tokens.word[chunk.from] !== ':' || clause.predicate === undefined) clause.start();
        break;
      default:
        break;
    }
  }
}
function readBracket(reading: Reading, k: number): number {
  const { chunks } = reading;
  let depth = 1;
  let end = k + 1;
  for (; end < chunks.length && depth > 0; end++) {
    const { kind } = chunks[end]!;
    if (kind === 'open') depth++;
    else if (kind === 'close') depth--;
  }
  const before = chunks[k - 1];
  if (before?.kind === 'phrase') bracket(reading, before.phrase, chunks.slice(k + 1, depth === 0 ? end - 1 : end));
  return end - 1;
}
