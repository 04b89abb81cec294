/** Rows of a statement as one JSON document or, streamed, as lines. */
import { once } from 'node:events';
import type { Response } from 'express';
import { CypherLimitError, type CypherRows } from '../../src/index.js';
import { problemOf } from './problem.js';
import { RequestAborted } from './request-errors.js';

const NDJSON = 'application/x-ndjson';

export class CypherAnswer {
  /** Rows so far. */
  rows = 0;

  /**
   * @param lines NDJSON: a head, a line a row, a tail; else one document
   * @param maxBytes of the document
   */
  constructor(
    private readonly response: Response,
    private readonly lines: boolean,
    private readonly maxBytes: number,
  ) {}

  /** @throws CypherLimitError `CYPHER_ANSWER` for a document that is too large; what the statement fails with */
  async send(result: CypherRows, signal: AbortSignal): Promise<void> {
    if (this.lines) await this.sendLines(result, signal);
    else await this.sendDocument(result);
  }

  /** Tells of the error: in the stream when it has begun. What cannot be told any more is thrown. */
  fail(error: unknown): void {
    if (!this.response.headersSent) throw error;
    if (error instanceof RequestAborted && error.why === 'client-gone') return;
    this.response.end(`${JSON.stringify({ problem: problemOf(error) })}\n`);
  }

  private async sendLines({ columns, generation, rows, warnings }: CypherRows, signal: AbortSignal): Promise<void> {
    const { response } = this;
    response.status(200).set({ 'Content-Type': NDJSON, 'Cache-Control': 'no-store', 'X-Accel-Buffering': 'no' });
    const write = async (line: unknown): Promise<void> => {
      if (!response.write(`${JSON.stringify(line)}\n`)) await once(response, 'drain', { signal });
    };
    await write({ columns, generation });
    for await (const row of rows) {
      signal.throwIfAborted();
      this.rows++;
      await write(row);
    }
    response.end(`${JSON.stringify({ rows: this.rows, warnings })}\n`);
  }

  private async sendDocument({ columns, generation, rows, warnings }: CypherRows): Promise<void> {
    const texts: string[] = [];
    let bytes = 0;
    for await (const row of rows) {
      const text = JSON.stringify(row);
      bytes += Buffer.byteLength(text) + 1;
      if (bytes > this.maxBytes) throw tooLarge(this.maxBytes);
      texts.push(text);
      this.rows++;
    }
    const head = JSON.stringify({ columns, generation, warnings });
    this.response.type('application/json').send(`${head.slice(0, -1)},"rows":[${texts.join(',')}]}`);
  }
}

function tooLarge(maxBytes: number): CypherLimitError {
  return new CypherLimitError('CYPHER_ANSWER', `The answer has more than ${maxBytes} bytes`, {
    remedy: `Ask for fewer or smaller rows, or for a stream by Accept: ${NDJSON}.`,
  });
}
