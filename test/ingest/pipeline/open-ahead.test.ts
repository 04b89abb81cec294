import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { SourceRef } from '../../../ingest/index.js';
import { openAhead } from '../../../ingest/pipeline/open-ahead.js';

const MEGABYTE = 2 ** 20;

describe('openAhead', () => {
  it('yields every source in order, errors included, and never holds more than four or 32 MB ahead', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ megabytes: fc.nat(40), fails: fc.boolean() }), { maxLength: 12 }),
        async (files) => {
          let held = 0;
          let heldBytes = 0;
          const refs = files.map(({ megabytes, fails }, i): SourceRef => {
            const size = megabytes * MEGABYTE;
            return {
              uri: String(i),
              size,
              extension: '',
              open: async () => {
                held++;
                heldBytes += size;
                assert.ok(held <= 5, 'four ahead and the one worked on');
                assert.ok(heldBytes <= 32 * MEGABYTE || held <= 2, `${held} sources of ${heldBytes / MEGABYTE} MB`);
                if (fails) throw new Error(`source ${i}`);
                return { uri: String(i), bytes: new Uint8Array(), extension: '' };
              },
            };
          });
          const seen: string[] = [];
          for await (const opened of openAhead(refs)) {
            seen.push('error' in opened ? `${opened.ref.uri} failed` : opened.ref.uri);
            await new Promise(setImmediate);
            held--;
            heldBytes -= opened.ref.size;
          }
          assert.deepEqual(
            seen,
            files.map(({ fails }, i) => (fails ? `${i} failed` : String(i))),
          );
        },
      ),
      { numRuns: 50 },
    );
  });

  it('hands the signal to what it opens', async () => {
    const controller = new AbortController();
    let given: AbortSignal | undefined;
    const ref: SourceRef = {
      uri: 'a',
      size: 1,
      extension: '',
      open: async (signal) => {
        given = signal;
        return { uri: 'a', bytes: new Uint8Array(), extension: '' };
      },
    };
    for await (const _ of openAhead([ref], controller.signal)) assert.equal(given, controller.signal);
  });
});
