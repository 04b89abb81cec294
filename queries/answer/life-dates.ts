/** Dates of birth and death as encyclopedias bracket them: "Ada Lark (4 March 1851 – 19 June 1922)". */

import type { Span } from './find-spans.js';
import type { RelationWord } from './relation-words.js';

const BIRTH = /^(?:born|birth|birthday|birthdate)$/;
const DEATH = /^(?:die|died|death|dead)$/;
const DASH_AND_DATE = /[–—-][^()]*\d{3,4}/;
const DATE_AND_DASH = /\d{3,4}[^()]*[–—-]\s*[^()]*$/;

/** Which of the two dates of a bracket the span is; undefined outside such a bracket. */
function lifeRole({ sentence, start, end }: Span): 'birth' | 'death' | undefined {
  const { text } = sentence;
  const open = text.lastIndexOf('(', start);
  const close = text.indexOf(')', end);
  if (open < 0 || close < 0 || text.slice(open + 1, start).includes(')')) return undefined;
  if (DATE_AND_DASH.test(text.slice(open + 1, start))) return 'death';
  return DASH_AND_DATE.test(text.slice(end, close)) ? 'birth' : undefined;
}

/** "studied from 1868 to 1872": dates that bound a stretch of time. */
const RANGE = /\d (?:to|and|until) \d|^\d{3,4}s?\s*[–-]\s*\d{2,4}$/;
const BOUNDING = /^(?:from|to|until|till|since|between)$/;

function boundsTime({ sentence, from, text }: Span): boolean {
  return BOUNDING.test(sentence.tokens.words[from - 1] ?? '') || RANGE.test(text);
}

/** False for a date of death where a birth is asked, the other way round, and for one that bounds a time; true for all else. */
export function agreesWithLife(span: Span, asked: readonly RelationWord[]): boolean {
  if (span.type !== 'date' && span.type !== 'year') return true;
  const targets = asked.filter((relation) => relation.role === 'target');
  const birth = targets.some(({ word }) => BIRTH.test(word));
  const death = targets.some(({ word }) => DEATH.test(word));
  if (birth === death) return true;
  if (boundsTime(span)) return false;
  const role = lifeRole(span);
  return role === undefined || (role === 'birth') === birth;
}
