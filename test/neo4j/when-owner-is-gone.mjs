/**
 * Calls `work` when whoever started this process is gone, however it went: SIGKILL closes the pipe on standard input like
 * any other end. "done" on standard input means: leave.
 */
export function whenOwnerIsGone(work) {
  let text = '';
  process.stdin.setEncoding('utf8');
  process.stdin.on('data', (part) => {
    text += part;
  });
  process.stdin.on('close', async () => {
    if (!text.includes('done')) await work();
  });
  process.stdin.resume();
}
