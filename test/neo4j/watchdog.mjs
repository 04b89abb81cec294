// Ends a test server whose owner is gone, however it went: SIGKILL closes the pipe on standard input like any other end.
//   node watchdog.mjs PID FOLDER   FOLDER is removed too unless it is empty text; "done" on standard input means: leave.
import { rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const [pid, folder] = process.argv.slice(2);
let text = '';
process.stdin.setEncoding('utf8');
process.stdin.on('data', (part) => {
  text += part;
});
process.stdin.on('close', async () => {
  if (text.includes('done')) return;
  try {
    process.kill(Number(pid), 'SIGKILL');
  } catch {
    // It ended first.
  }
  if (!folder) return;
  await sleep(500);
  rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
});
process.stdin.resume();
