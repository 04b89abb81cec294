/** A chat model in process that replies by script and keeps what it was asked. */
import type { ChatChunk, ChatModel, ChatRequest } from '../../../src/ports/index.js';

export interface Reply {
  readonly text: string;
  readonly finishReason?: string;
  /** The stream breaks off after the text, without its end. */
  readonly truncated?: boolean;
  /** Thrown after the text. */
  readonly error?: Error;
}

export class ScriptedChat implements ChatModel {
  readonly id = 'scripted';
  readonly requests: ChatRequest[] = [];

  /** @param pieceLength characters of one chunk; small ones cut markers in two. */
  constructor(
    private readonly reply: Reply | ((request: ChatRequest) => Reply),
    private readonly pieceLength = 5,
  ) {}

  async *stream(request: ChatRequest): AsyncGenerator<ChatChunk, void, undefined> {
    this.requests.push(request);
    const {
      text,
      finishReason = 'stop',
      truncated = false,
      error,
    } = typeof this.reply === 'function' ? this.reply(request) : this.reply;
    for (let i = 0; i < text.length; i += this.pieceLength) {
      yield { kind: 'text', text: text.slice(i, i + this.pieceLength) };
    }
    if (error !== undefined) throw error;
    if (!truncated) {
      yield { kind: 'end', usage: { promptTokens: 100, completionTokens: 20, estimated: false }, finishReason };
    }
  }
}
