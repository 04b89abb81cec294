import assert from 'node:assert/strict';
import { crashRun } from './crash-run.js';

describe('a process killed at random moments of ingest, edit and delete', () => {
  it('leaves a sound store, and the completed work equals the undisturbed one', async function () {
    this.timeout(120_000);
    const lines: string[] = [];
    const phases = await crashRun({ kills: 6, seed: 7, killsAPhase: 2, print: (line) => lines.push(line) });
    assert.ok(phases >= 3, 'ingest, edit and delete were all killed');
    assert.equal(lines.filter((line) => line.startsWith('kill ')).length, 6);
  });
});
