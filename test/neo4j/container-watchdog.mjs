// Removes a test container and its volume when its owner is gone.
//   node container-watchdog.mjs NAME
import { spawnSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { whenOwnerIsGone } from './when-owner-is-gone.mjs';

const [name] = process.argv.slice(2);
const ATTEMPTS = 30;

whenOwnerIsGone(async () => {
  // A `docker run` that was under way goes on without its owner and may make the container a little later.
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const there = docker('inspect', name).status === 0;
    docker('rm', '--force', '--volumes', name);
    docker('volume', 'rm', '--force', name);
    if (there) return;
    await sleep(1_000);
  }
});

function docker(...args) {
  return spawnSync('docker', args, { stdio: 'ignore' });
}
