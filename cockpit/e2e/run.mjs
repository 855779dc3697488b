// Runs the browser tests, two files at once, each with a daemon of its own: renders, sessions and the store of one file are
// nothing to another. `npm run test:e2e -- score` runs those whose file name begins so; CANTORA_BASE names a running daemon,
// which then serves all of them, one after the other.
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const AT_ONCE = process.env.CANTORA_BASE === undefined ? 2 : 1;

const here = path.dirname(fileURLToPath(import.meta.url));
const wanted = process.argv.slice(2);
const files = readdirSync(here).filter((name) => name.endsWith('.e2e.mjs'))
  .filter((name) => wanted.length === 0 || wanted.some((start) => name.startsWith(start))).sort();
const tests = spawn(process.execPath, ['--test', `--test-concurrency=${AT_ONCE}`, ...files.map((name) => path.join(here, name))], { stdio: 'inherit' });
process.exitCode = await new Promise((resolve) => { tests.once('exit', (code) => resolve(code ?? 1)); });
