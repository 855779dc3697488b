// Starts the built daemon on a free port with a store of its own. CANTORA_BASE names a running one, which serves every test
// that asks for no settings of its own.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const START_MS = 90_000;

/** @param {Record<string, string>} settings environment of the daemon, beside what every test daemon has */
export async function startDaemon(settings = {}) {
  const given = process.env.CANTORA_BASE;
  if (given !== undefined && Object.keys(settings).length === 0) return { base: given, stop: async () => undefined };
  const target = path.join(root, 'server/daemon/target');
  const jar = path.join(target, 'cantora-daemon-2.0.0.jar');
  if (!existsSync(jar)) throw new Error('The daemon is not built; run ./cantora build first, or set CANTORA_BASE.');
  const folder = mkdtempSync(path.join(os.tmpdir(), 'cantora-e2e-'));
  const port = await freePort();
  const child = spawn(path.join(jdk(), 'bin/java'), [
    '--add-modules', 'jdk.incubator.vector', '--enable-native-access=ALL-UNNAMED', '--sun-misc-unsafe-memory-access=allow',
    '-cp', `${jar}:${path.join(target, 'lib')}/*`, 'dev.cantora.daemon.Main',
  ], {
    cwd: folder,
    stdio: 'ignore',
    env: {
      PATH: process.env.PATH, PORT: String(port), PRESET_DIR: path.join(root, 'presets'), RENDER_STORE_DIR: path.join(folder, 'renders'),
      CANTORA_COCKPIT_DIR: path.join(root, 'cockpit/dist'), RATE_LIMIT_RPM: '10000', ...settings,
    },
  });
  const ended = new Promise((resolve) => { child.once('exit', resolve); });
  const base = `http://127.0.0.1:${port}`;
  await ready(base, child);
  return {
    base,
    async stop() {
      child.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function ready(base, child) {
  const deadline = Date.now() + START_MS;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`The daemon ended with ${child.exitCode}.`);
    const answer = await fetch(`${base}/readyz`).catch(() => undefined);
    if (answer?.ok === true) return;
    await new Promise((resolve) => { setTimeout(resolve, 200); });
  }
  child.kill('SIGKILL');
  throw new Error('The daemon did not become ready.');
}

function freePort() {
  return new Promise((resolve) => {
    const server = net.createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** JAVA_HOME, or the first JDK 25 or newer where Debian keeps them. */
function jdk() {
  const folders = existsSync('/usr/lib/jvm') ? readdirSync('/usr/lib/jvm').map((name) => path.join('/usr/lib/jvm', name)) : [];
  const found = [process.env.JAVA_HOME, ...folders].find((home) => home !== undefined && major(home) >= 25);
  if (found === undefined) throw new Error('No JDK 25 found; set JAVA_HOME.');
  return found;
}

function major(home) {
  const release = path.join(home, 'release');
  return existsSync(release) ? Number(/JAVA_VERSION="(\d+)/.exec(readFileSync(release, 'utf8'))?.[1] ?? 0) : 0;
}
