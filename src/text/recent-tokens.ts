/** Tokens of the texts seen last: a passage is described, then folded, and need not be cut into words twice. */
import { type Tokens, tokenise } from './tokenise.js';

/** Texts kept: more than a batch of an ingest holds; about 5 KB each. */
const CAPACITY = 640;

const recent = new Map<string, Tokens>();

/** What `tokenise` gives, kept until so many other texts were asked for. */
export function tokeniseRecent(text: string): Tokens {
  let tokens = recent.get(text);
  if (tokens !== undefined) return tokens;
  tokens = tokenise(text);
  if (recent.size === CAPACITY)
    for (const oldest of recent.keys()) {
      recent.delete(oldest);
      break;
    }
  recent.set(text, tokens);
  return tokens;
}
