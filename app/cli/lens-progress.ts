/** Progress of bringing the graph up to date before a statement runs. */
import type { LensProgress } from '../../src/index.js';
import type { CommandContext } from './context.js';
import { type Progress, progress } from './terminal.js';

/** A bar that appears only when there is something to wait for. */
export function lensProgress({ terminal, now }: CommandContext) {
  let bar: Progress | undefined;
  let read = 0;
  let documents: number | undefined;
  return {
    update: ({ stage, done, total }: LensProgress): void => {
      bar ??= progress(terminal, 'documents', now);
      if (stage === 'read') [read, documents] = [done, total];
      bar.update(read, documents, stage === 'read' ? 'reading for the graph' : 'writing the graph');
    },
    stop: (): void => bar?.stop(),
  };
}
