// Removes a test container and its volume when its owner is gone, however it went: SIGKILL closes the pipe on standard
// input like any other end.
//   node container-watchdog.mjs NAME   "done" on standard input means: leave.
import { spawnSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';

const [name] = process.argv.slice(2);
const ATTEMPTS = 30;
let text = '';
process.stdin.setEncoding('utf8');
process.stdin.on('data', (part) => {
  text += part;
});
process.stdin.on('close', async () => {
  if (text.includes('done')) return;
  // A `docker run` that was under way goes on without its owner and may make the container a little later.
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const there = docker('inspect', name).status === 0;
    docker('rm', '--force', '--volumes', name);
    docker('volume', 'rm', '--force', name);
    if (there) return;
    await sleep(1_000);
  }
});
process.stdin.resume();

function docker(...args) {
  return spawnSync('docker', args, { stdio: 'ignore' });
}
