/** What a child does while it builds, message by message. */
import type { DocumentStamp } from '../../ports/index.js';
import { GraphBuild } from './build-graph.js';
import type { LensDocument } from './lens-document.js';
import type { GraphCounts, ToProcess } from './messages.js';
import { LineReader } from './read-lines.js';

type Begin = Extract<ToProcess, { kind: 'build' }>;

export class BuildSession {
  private readonly build: GraphBuild;
  private readonly reader = new LineReader();
  private readonly stamps = new Map<string, DocumentStamp>();

  constructor({ folder, collection, base }: Begin, onWritten: (rows: number) => void) {
    this.build = new GraphBuild(folder, collection, base, onWritten);
  }

  /** @returns what the graph holds, when it is finished */
  async handle(message: ToProcess): Promise<GraphCounts | undefined> {
    switch (message.kind) {
      case 'stamps':
        for (const stamp of message.stamps) this.stamps.set(stamp.id, stamp);
        return undefined;
      case 'lines':
        for (const line of message.lines) await this.put(this.reader.line(line));
        return undefined;
      case 'remove':
        for (const id of message.documents) await this.build.remove(id);
        return undefined;
      case 'documents':
        for (const document of message.documents) await this.build.put(document);
        return undefined;
      case 'mentions':
        for (const mentions of message.mentions) await this.build.mention(mentions);
        return undefined;
      case 'finish':
        await this.put(this.reader.end());
        return this.build.finish(message.properties);
      default:
        throw new Error(`${message.kind} is no part of a build`);
    }
  }

  private async put(document: LensDocument | undefined): Promise<void> {
    if (document === undefined) return;
    const { generation } = this.reader;
    // A stamp may be newer than the export; the next update then reads the document again.
    const stamp = Math.min(this.stamps.get(document.document.id)?.generation ?? generation, generation);
    await this.build.put({ ...document, generation: stamp });
  }
}
