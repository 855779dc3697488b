// The cockpit problems of the operators' page, each provoked on a daemon that really has it, and the message that helps.
import assert from 'node:assert/strict';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { launchBrowser, newPage } from './browser.mjs';
import { startDaemon } from './daemon.mjs';
import { drawNotes, render } from './stage.mjs';

const dist = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../dist');
const folder = mkdtempSync(path.join(os.tmpdir(), 'cantora-troubles-'));
const key = 'right-key';

let browser;
let page;
/** Asks for a key, has room for one live session, and lets pages of `elsewhere` in. */
let guarded;
/** Has no voices, and a cockpit whose worklet was forgotten. */
let bare;
/** Another origin that serves the cockpit with a daemon named in its page. */
let elsewhere;
let namedDaemon = '';

before(async () => {
  elsewhere = await serveDist();
  cpSync(dist, path.join(folder, 'dist'), { recursive: true });
  rmSync(path.join(folder, 'dist/pcm-worklet.js'));
  mkdirSync(path.join(folder, 'no-voices'));
  [browser, guarded, bare] = await Promise.all([
    launchBrowser(),
    startDaemon({ AUTH_TOKEN: key, MAX_LIVE_SESSIONS: '1', ALLOWED_ORIGIN: elsewhere.base }),
    startDaemon({ PRESET_DIR: path.join(folder, 'no-voices'), CANTORA_COCKPIT_DIR: path.join(folder, 'dist') }),
  ]);
});
after(async () => {
  await browser?.close();
  await Promise.all([guarded?.stop(), bare?.stop(), elsewhere?.stop()]);
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(async () => { page = await newPage(browser); });
afterEach(async () => { await page.context().close(); });

const saveKey = async (value) => {
  await page.fill('#api-key', value);
  await page.keyboard.press('Enter');
};

test('the first 401 opens the key panel; a right key lasts, a cleared one is asked for again', async () => {
  await page.goto(`${guarded.base}/bank`);
  await page.getByText('This daemon asks for a key.').waitFor();
  await page.locator('#error-panel', { hasText: /UNAUTHORIZED.*Request req_/s }).waitFor();
  await saveKey('wrong-key');
  await page.getByText('The daemon rejected the saved key.').waitFor();
  await saveKey(key);
  await page.locator('#api-key').waitFor({ state: 'detached' });
  await page.locator('.empty, #render-list').waitFor();
  assert.equal(await page.evaluate(() => localStorage.getItem('vocalsynth.authToken')), key);

  await page.reload();
  await page.locator('.empty, #render-list').waitFor();
  await page.click('#tab-score');
  await drawNotes(page, 1);
  await render(page);
  await page.getByRole('button', { name: 'Play (Space)' }).click();
  await page.locator('#play-cursor:not([hidden])').waitFor();
  assert.equal((await page.locator('#error-panel').textContent()).trim(), '', 'rendered audio plays with the key');

  await page.click('#api-key-button');
  await page.locator('dialog').getByRole('button', { name: 'Clear' }).click();
  await page.keyboard.press('Escape');
  await page.reload();
  await page.click('#tab-bank');
  await page.getByText('This daemon asks for a key.').waitFor();
  assert.equal(await page.evaluate(() => localStorage.getItem('vocalsynth.authToken')), null);
});

test('a rejection that comes while the panel still closes opens it again', async () => {
  await page.goto(`${guarded.base}/bank`);
  await page.getByText('This daemon asks for a key.').waitFor();
  await page.evaluate(() => {
    const error = { error: { code: 'UNAUTHORIZED', message: 'Unauthorized', hint: 'Save a valid key.' }, requestId: 'req_0' };
    window.fetch = async () => Response.json(error, { status: 401 });
  });
  await saveKey('wrong-key');
  await page.getByText('The daemon rejected the saved key.').waitFor();
  await page.evaluate(() => new Promise((resolve) => { requestAnimationFrame(() => setTimeout(resolve)); }));
  assert.ok(await page.locator('#api-key').isVisible(), 'the close that came late is not taken for the wish to close');
});

test('a socket that is refused (4001) leads to the key panel; with the key it opens', async () => {
  await page.goto(`${guarded.base}/live`);
  await page.click('#live-connect');
  await page.locator('#error-panel', { hasText: /UNAUTHORIZED.*rejected your key \(close 4001\)/ }).waitFor();
  await saveKey(key);
  await page.locator('#api-key').waitFor({ state: 'detached' });
  await page.click('#live-connect');
  await page.locator('#live-badge').getByText('Connected', { exact: true }).waitFor();

  const second = await newPage(browser);
  await second.addInitScript((token) => localStorage.setItem('vocalsynth.authToken', token), key);
  await second.goto(`${guarded.base}/live`);
  await second.click('#live-connect');
  await second.locator('#error-panel', { hasText: 'Server full (1/1) (close 4002)' }).waitFor();
  assert.match(await second.locator('#error-panel').textContent(), /Wait for another session to end, or raise MAX_LIVE_SESSIONS/);
  await second.context().close();
});

test('a daemon without voices says so', async () => {
  await page.goto(bare.base);
  await page.getByText('No voices on server').waitFor();
  assert.match(await page.locator('#no-voices').textContent(), /PRESET_DIR is wrong or empty.*build-preset/);
  cpSync(path.resolve(dist, '../../presets/default-voice'), path.join(folder, 'no-voices/default-voice'), { recursive: true });
  await page.getByRole('button', { name: 'Look again' }).click();
  await page.locator('#no-voices').waitFor({ state: 'detached' });
});

test('a missing worklet is named', async () => {
  await page.goto(`${bare.base}/live`);
  await page.click('#live-connect');
  await page.locator('#error-panel', { hasText: 'pcm-worklet.js could not be loaded from /pcm-worklet.js' }).waitFor();
  assert.match(await page.locator('#error-panel').textContent(), /dist\/pcm-worklet\.js/);
  await page.locator('#live-badge', { hasText: 'Not connected' }).waitFor();
});

test('a cockpit of another origin works where it is allowed, and says what to set where it is not', async () => {
  namedDaemon = guarded.base;
  await page.goto(elsewhere.base);
  await page.getByText(/^Daemon \d/).waitFor();
  namedDaemon = bare.base;
  await page.reload();
  await page.getByText('Daemon Offline').waitFor();
  assert.match(await page.locator('#offline').textContent(), new RegExp(`set ALLOWED_ORIGIN on the daemon to ${elsewhere.base}`));
});

test('a daemon that dies is offline; its live session ends with a reason', async () => {
  const mortal = await startDaemon({ LOG_LEVEL: 'warn' });
  await page.goto(`${mortal.base}/live`);
  await page.click('#live-connect');
  await page.locator('#live-badge').getByText('Connected', { exact: true }).waitFor();
  await mortal.stop();
  await page.locator('#error-panel', { hasText: 'The daemon is shutting down (close 1001)' }).waitFor();
  await page.getByText('Daemon Offline').waitFor();
  await page.locator('#live-badge', { hasText: 'Not connected' }).waitFor();
});

function serveDist() {
  const types = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.woff2': 'font/woff2' };
  const server = createServer((request, response) => {
    const name = request.url === '/' ? '/index.html' : request.url.split('?')[0];
    try {
      const bytes = readFileSync(path.join(dist, path.normalize(name)));
      const page_ = name === '/index.html' ? bytes.toString().replace('<head>', `<head><meta name="cantora-daemon" content="${namedDaemon}">`) : bytes;
      response.writeHead(200, { 'Content-Type': types[path.extname(name)] ?? 'application/octet-stream' }).end(page_);
    } catch {
      response.writeHead(404).end();
    }
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve({
      base: `http://127.0.0.1:${server.address().port}`, stop: () => new Promise((done) => { server.close(done); server.closeAllConnections(); }),
    }));
  });
}
