// Ends a test server whose owner is gone.
//   node watchdog.mjs PID FOLDER   FOLDER is removed too unless it is empty text
import { rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { whenOwnerIsGone } from './when-owner-is-gone.mjs';

const [pid, folder] = process.argv.slice(2);

whenOwnerIsGone(async () => {
  try {
    process.kill(Number(pid), 'SIGKILL');
  } catch {
    // It ended first.
  }
  if (!folder) return;
  await sleep(500);
  rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
});
