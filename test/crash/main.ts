/** `npm run test:crash -- [KILLS] [SEED]`: one line a kill, then a summary; exit code 1 when a store was not sound. */
import { crashRun } from './crash-run.js';

const [, , kills = '50', seed = '1'] = process.argv;
const began = performance.now();
const print = (line: string): void => {
  process.stdout.write(`${line}\n`);
};
const phases = await crashRun({ kills: Number(kills), seed: Number(seed), killsAPhase: 6, print });
const seconds = ((performance.now() - began) / 1000).toFixed(0);
print(
  `${kills} kills in ${phases} phases, every store sound, every completed phase equal to an undisturbed one (${seconds} s)`,
);
