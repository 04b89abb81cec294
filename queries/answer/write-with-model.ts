/** The answer by a chat model from numbered evidence, each sentence checked before it is passed on. */
import { ModelError } from '../../src/errors.js';
import type { ChatModel, ChatUsage } from '../../src/ports/index.js';
import { tokenise } from '../../src/text/index.js';
import { checkClaim, citedNumbers, describeFault, withoutMarkers } from './check-claim.js';
import type { Draft } from './draft.js';
import { type Evidence, type EvidencePassage, type EvidenceSentence, stemsOf } from './evidence.js';
import { answerPrompt, NOT_ANSWERED } from './prompts/answer-from-evidence.js';
import { SentenceStream } from './split-stream.js';

/** Passages given to the model. */
const MOST_EVIDENCE = 8;
const MAX_TOKENS = 400;

export interface ModelDraft extends Draft {
  readonly usage: ChatUsage;
  /** The model said that the evidence does not answer. */
  readonly declined: boolean;
}

/** The sentence of a passage that supports a claim best: most of its words in common, the earlier on a tie. */
function supporting(passage: EvidencePassage, claim: string): EvidenceSentence | undefined {
  const wanted = new Set(stemsOf(tokenise(claim), 'en'));
  wanted.delete('');
  let best: EvidenceSentence | undefined;
  let most = -1;
  for (const sentence of passage.sentences) {
    const shared = new Set(sentence.stems.filter((stem) => wanted.has(stem))).size;
    if (shared > most) {
      best = sentence;
      most = shared;
    }
  }
  return best;
}

/** Numbers citations in the order of their first use. */
class CitationBook {
  readonly sentences: EvidenceSentence[] = [];

  constructor(private readonly passages: readonly EvidencePassage[]) {}

  /** The claim with markers that count from 1 over the sentences cited. */
  enter(sentence: string): string {
    const claim = withoutMarkers(sentence);
    const marks: string[] = [];
    for (const n of citedNumbers(sentence)) {
      const cited = supporting(this.passages[n - 1]!, claim);
      if (cited === undefined) continue;
      if (!this.sentences.includes(cited)) this.sentences.push(cited);
      marks.push(`[${this.sentences.indexOf(cited) + 1}]`);
    }
    const [, body = claim, stop = '.'] = /^(.*?)([.!?。！？।؟]?)$/su.exec(claim) ?? [];
    return `${body} ${[...new Set(marks)].join('')}${stop === '' ? '.' : stop}`;
  }
}

function isDeclined(text: string): boolean {
  return text
    .replace(/[^\p{L} ]/gu, '')
    .trim()
    .toUpperCase()
    .startsWith(NOT_ANSWERED);
}

/**
 * Streams checked sentences; returns the draft. A draft without sentences and not declined means that nothing the
 * model wrote could be kept.
 * @throws ModelError when the endpoint fails, or its stream ends without an end
 */
export async function* writeWithModel(
  chat: ChatModel,
  evidence: Evidence,
  signal: AbortSignal | undefined,
): AsyncGenerator<string, ModelDraft> {
  const passages = evidence.passages.slice(0, MOST_EVIDENCE);
  const numbered = passages.map(({ record, document }, i) => ({
    n: i + 1,
    title: document.title,
    context: record.context,
    text: record.text,
  }));
  const byNumber = new Map(numbered.map((item) => [item.n, item]));
  const { question } = evidence.question;
  const book = new CitationBook(passages);
  const kept: string[] = [];
  const warnings: string[] = [];
  let declined = false;

  const accept = (sentence: string): string | undefined => {
    if (isDeclined(withoutMarkers(sentence))) {
      declined = true;
      return undefined;
    }
    const fault = checkClaim(sentence, byNumber, question);
    if (fault !== undefined) {
      warnings.push(describeFault(sentence, fault));
      return undefined;
    }
    const worded = book.enter(sentence);
    kept.push(worded);
    return worded;
  };

  const stream = new SentenceStream();
  let usage: ChatUsage | undefined;
  const request = { messages: answerPrompt(question, numbered), maxTokens: MAX_TOKENS, temperature: 0, seed: 1 };
  for await (const chunk of chat.stream({ ...request, ...(signal === undefined ? {} : { signal }) })) {
    if (chunk.kind === 'end') {
      usage = chunk.usage;
      if (chunk.finishReason === 'length') warnings.push('The model reached its token limit; its answer may be cut.');
      continue;
    }
    for (const sentence of stream.push(chunk.text)) {
      const worded = accept(sentence);
      if (worded !== undefined) yield kept.length === 1 ? worded : ` ${worded}`;
    }
  }
  if (usage === undefined) {
    throw new ModelError('MODEL_STREAM_TRUNCATED', `The stream of model ${chat.id} ended before its end`, {
      remedy: 'Check the endpoint and ask again, or ask without a model (llm: "off").',
    });
  }
  for (const sentence of stream.end()) {
    const worded = accept(sentence);
    if (worded !== undefined) yield kept.length === 1 ? worded : ` ${worded}`;
  }
  return {
    text: kept.join(' '),
    sentences: book.sentences,
    abstained: declined && kept.length === 0,
    declined: declined && kept.length === 0,
    warnings,
    usage,
  };
}
