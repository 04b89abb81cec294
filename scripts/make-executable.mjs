// tsc writes the CLI without its executable bit; `npx hopwise` needs it.
import { chmodSync, existsSync } from 'node:fs';

const main = new URL('../dist/app/cli/main.js', import.meta.url);
if (existsSync(main)) chmodSync(main, 0o755);
