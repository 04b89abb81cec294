/** Characters that some store, terminal or browser would trip over; every replacement keeps the length of the text. */

const LONE_SURROGATE = /\p{Cs}/gu;
const NUL = /\0/g;
const DIRECTION_MARK = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
const SUSPECT = /[\0\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]|\p{Cs}/u;

/** A text whose code units can be stored anywhere, and what had to be tolerated. */
export interface Sanitised {
  readonly text: string;
  readonly warnings: readonly string[];
}

/**
 * Lone surrogates and NUL become U+FFFD, marks of writing direction are kept; each kind gives one warning with the
 * number of them and the offset of the first. Offsets stay as they were.
 */
export function sanitise(text: string): Sanitised {
  if (!SUSPECT.test(text)) return { text, warnings: [] };
  const warnings: string[] = [];
  const note = (pattern: RegExp, one: string, many: string, done: string): number => {
    const found = [...text.matchAll(pattern)];
    const first = found[0];
    if (first !== undefined) {
      warnings.push(
        `${found.length} ${found.length === 1 ? one : many} ${done}, the first at character ${first.index}`,
      );
    }
    return found.length;
  };
  const replaced =
    note(LONE_SURROGATE, 'lone surrogate', 'lone surrogates', 'replaced by U+FFFD') +
    note(NUL, 'NUL character', 'NUL characters', 'replaced by U+FFFD');
  note(DIRECTION_MARK, 'mark of writing direction', 'marks of writing direction', 'kept');
  return { text: replaced === 0 ? text : text.replace(LONE_SURROGATE, '\ufffd').replace(NUL, '\ufffd'), warnings };
}
