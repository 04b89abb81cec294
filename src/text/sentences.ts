/** Sentence boundaries: after .!? and a blank before a capital or digit, joined again after an abbreviation or a very short piece. */
const BOUNDARY = /[.!?]["')\]]*\s+(?=["'([]?[\p{Lu}\p{Nd}])|[。！？]["'」』）)]*|[।؟۔]\s*|\n\s*\n/gu;
const ABBREVIATION =
  /(?:^|\s)(?:\p{Lu}|Mr|Mrs|Dr|St|Jr|Sr|vs|No|Gen|Col|Lt|Sgt|Prof|Rev|Inc|Ltd|Co|c|ca|b|d|lit|translit)\.$/u;
const SHORT = 15;

/** Spans of sentences, flat [start0, end0, start1, ...], without surrounding white space, in order, covering all tokens. */
export function splitSentences(text: string, _language: string): number[] {
  const spans: number[] = [];
  const add = (from: number, to: number): void => {
    while (from < to && /\s/.test(text[from]!)) from++;
    while (to > from && /\s/.test(text[to - 1]!)) to--;
    if (to <= from) return;
    const n = spans.length;
    if (n > 0) {
      const last = text.slice(spans[n - 2]!, spans[n - 1]!);
      if (last.length < SHORT || ABBREVIATION.test(last)) {
        spans[n - 1] = to;
        return;
      }
    }
    spans.push(from, to);
  };
  let at = 0;
  for (const match of text.matchAll(BOUNDARY)) {
    add(at, match.index + match[0].length);
    at = match.index + match[0].length;
  }
  add(at, text.length);
  return spans;
}
