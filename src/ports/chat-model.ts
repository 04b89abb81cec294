/** A chat model behind a port; the adapter is `openai`, for any OpenAI-compatible endpoint. */
export interface ChatMessage {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
}

export interface ChatUsage {
  readonly promptTokens: number;
  readonly completionTokens: number;
  /** Counted here because the endpoint did not say. */
  readonly estimated: boolean;
}

export interface ChatRequest {
  readonly messages: readonly ChatMessage[];
  /** Default 512. */
  readonly maxTokens?: number;
  /** Default 0. */
  readonly temperature?: number;
  readonly seed?: number;
  readonly signal?: AbortSignal;
}

export type ChatChunk =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'end'; readonly usage: ChatUsage; readonly finishReason: string };

export interface ChatModel {
  readonly id: string;
  /** The reply in pieces as it comes; the last chunk is `end`. @throws ModelError */
  stream(request: ChatRequest): AsyncIterable<ChatChunk>;
}
