// Fails the build when the application grows past its budget or the worklet is missing.
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { fileURLToPath } from 'node:url';

const BUDGET_BYTES = 300_000;
const dist = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../dist');

let total = 0;
const files = (await readdir(dist, { recursive: true })).filter((name) => /\.(js|css|html)$/.test(name)).sort();
for (const name of files) {
  const size = gzipSync(await readFile(path.join(dist, name))).length;
  total += size;
  console.log(`${String(size).padStart(8)} ${name}`);
}
console.log(`${String(total).padStart(8)} bytes gzip of ${BUDGET_BYTES}`);
if (!files.includes('pcm-worklet.js')) throw new Error('dist/pcm-worklet.js is missing');
if (total > BUDGET_BYTES) throw new Error('The bundle is over its budget.');
