// Writes a brotli and a gzip version beside every text file of a built folder; the daemon sends them to who takes them.
// `node precompress.mjs dist`; the portal uses it too.
import { readdirSync, readFileSync, utimesSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

/** Smaller ones fit into the packet that their head travels in. */
const LEAST_BYTES = 1024;
const folder = process.argv[2];

for (const name of readdirSync(folder, { recursive: true })) {
  if (!/\.(html|js|mjs|css|json|svg|xml|txt|yaml)$/.test(name)) continue;
  const file = path.join(folder, name);
  const { size, atime, mtime } = statSync(file);
  if (size < LEAST_BYTES) continue;
  const bytes = readFileSync(file);
  const versions = {
    br: brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: size } }),
    gz: gzipSync(bytes, { level: 9 }),
  };
  for (const [extension, packed] of Object.entries(versions)) {
    writeFileSync(`${file}.${extension}`, packed);
    // Of the same moment, so that a version of an older file is told from a fresh one.
    utimesSync(`${file}.${extension}`, atime, mtime);
  }
}
