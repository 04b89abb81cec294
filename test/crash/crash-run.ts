/**
 * Kills a process that ingests, edits and deletes, with SIGKILL at random moments, and looks at what is left after each
 * kill. Each phase is then completed and compared with a store that was never disturbed.
 */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assertSound, documentBlocks, EMPTY, readState, type State } from './inspect.js';
import { runWorker } from './run-worker.js';
import { corpusOf, ingestCorpus, openContext, storeOf } from './workshop.js';
import { editedWorld, firstWorld, seededRandom, thinnedWorld, type World, writeWorld } from './world.js';

export interface CrashRunOptions {
  /** Kills that hit a process at work. */
  readonly kills: number;
  readonly seed: number;
  /** Kills in one phase before it is allowed to end. */
  readonly killsAPhase: number;
  readonly print: (line: string) => void;
}

const PHASES = ['ingest', 'edit', 'delete'] as const;
type Phase = (typeof PHASES)[number];

/**
 * Runs phases until there were enough kills.
 * @returns number of phases that were completed
 * @throws AssertionError when a store is not sound after a kill, or not equal to the undisturbed one at the end
 */
export async function crashRun({ kills, seed, killsAPhase, print }: CrashRunOptions): Promise<number> {
  const random = seededRandom(seed);
  const folder = await mkdtemp(join(tmpdir(), 'hopwise-crash-'));
  let world: World = new Map();
  let before = EMPTY;
  let killed = 0;
  let phases = 0;
  try {
    for (; killed < kills; phases++) {
      const phase = PHASES[phases % PHASES.length]!;
      if (phase === 'ingest') {
        await rm(storeOf(folder), { recursive: true, force: true });
        before = EMPTY;
      }
      const next = nextWorld(phase, world, random);
      await writeWorld(corpusOf(folder), next);
      const work = workOf(phase, world, next);
      const goal = await undisturbed(folder);
      const possible = [before, goal].map(({ records }) => documentBlocks(records));
      const start = await keepCopy(folder);
      // The first run is a rehearsal that shows how long the work takes; what comes too late begins again, sooner.
      let milliseconds = (await runWorker(storeOf(folder), corpusOf(folder), work)).milliseconds;
      await start.restore();
      for (let inPhase = 0; inPhase < killsAPhase && killed < kills; ) {
        const delay = random() * milliseconds;
        if ((await runWorker(storeOf(folder), corpusOf(folder), work, delay)).killed) {
          inPhase++;
          killed++;
          await assertSound(storeOf(folder), possible);
          print(`kill ${killed}: ${phase}, after ${delay.toFixed(0)} ms: store sound`);
        } else {
          milliseconds *= 0.8;
          await start.restore();
        }
      }
      await runWorker(storeOf(folder), corpusOf(folder), work);
      assert.deepEqual(await readState(storeOf(folder)), goal, `the completed ${phase} equals the undisturbed one`);
      print(`${phase} completed: ${goal.records.length} records and the index equal those of an undisturbed run`);
      [world, before] = [next, goal];
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return phases;
}

function nextWorld(phase: Phase, world: World, random: () => number): World {
  if (phase === 'ingest') return firstWorld(random);
  return phase === 'edit' ? editedWorld(world, random) : thinnedWorld(world, random);
}

/** Arguments of the worker: deletion is by name, so that both ways to delete are killed. */
function workOf(phase: Phase, world: World, next: World): string[] {
  if (phase !== 'delete') return ['ingest'];
  return ['delete', ...[...world.keys()].filter((path) => !next.has(path)).map((path) => `corpus/${path}`)];
}

/** What a new store holds after one ingest of the corpus. */
async function undisturbed(folder: string): Promise<State> {
  const fresh = join(folder, 'fresh');
  const context = await openContext(fresh);
  await ingestCorpus(context, corpusOf(folder));
  await context.store.close();
  const state = await readState(fresh);
  await rm(fresh, { recursive: true, force: true });
  return state;
}

/** Copies the store as it is now, and puts the copy back when asked. */
async function keepCopy(folder: string): Promise<{ restore(): Promise<void> }> {
  const copy = join(folder, 'copy');
  const replace = async (from: string, to: string): Promise<void> => {
    await rm(to, { recursive: true, force: true });
    if (existsSync(from)) await cp(from, to, { recursive: true });
  };
  await replace(storeOf(folder), copy);
  return { restore: () => replace(copy, storeOf(folder)) };
}
