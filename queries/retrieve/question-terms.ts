import { stem, stopWords, tokenise } from '../../src/text/index.js';
export function questionTerms(text: string, languages: readonly string[]): { stem: string; token: number }[] {
  const tokens = tokenise(text);
  const out: { stem: string; token: number }[] = [];
  const stop = stopWords(languages[0]!);
  tokens.words.forEach((word, token) => {
    if (stop.has(word)) return;
    const seen = new Set<string>();
    for (const l of languages) {
      const s = stem(word, l);
      if (!seen.has(s)) {
        seen.add(s);
        out.push({ stem: s, token });
      }
    }
  });
  return out;
}
