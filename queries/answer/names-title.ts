/** Whether a sentence names what a document is titled after. */
import type { EvidencePassage, EvidenceSentence } from './evidence.js';

/** By a mention of the title's entity, or by the title's words. */
export function namesTitle(sentence: EvidenceSentence, passage: EvidencePassage): boolean {
  const { titleKey, fullTitleKey } = passage;
  if (titleKey === '') return false;
  for (const { key, spans } of sentence.passage.mentions) {
    if (key !== titleKey && key !== fullTitleKey) continue;
    if (spans.some(([start, end]) => start >= sentence.start && end <= sentence.end)) return true;
  }
  return sentence.words.includes(` ${titleKey} `);
}
