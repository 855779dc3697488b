// Runs every browser test against one daemon. `npm run test:e2e -- score` runs those whose file name begins so.
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { startDaemon } from './daemon.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const wanted = process.argv.slice(2);
const files = readdirSync(here).filter((name) => name.endsWith('.e2e.mjs'))
  .filter((name) => wanted.length === 0 || wanted.some((start) => name.startsWith(start))).sort();
const daemon = await startDaemon();
const tests = spawn(process.execPath, ['--test', '--test-concurrency=1', ...files.map((name) => path.join(here, name))], {
  stdio: 'inherit', env: { ...process.env, CANTORA_BASE: daemon.base },
});
process.exitCode = await new Promise((resolve) => { tests.once('exit', (code) => resolve(code ?? 1)); });
await daemon.stop();
